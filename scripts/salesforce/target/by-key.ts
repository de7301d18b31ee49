import type { Channel } from '../connection/index.ts';
import type { OrgObject } from '../describe.ts';
import { queryPages, type QueryRow } from '../query.ts';
import { literal, maxPageRows, maxUriBytes, select } from '../soql.ts';
import type { Key } from './key.ts';

const numeric = new Set(['int', 'double', 'currency', 'percent']);

/**
 * Rows of the records with these keys, each query as long as a request may be. `told` gets each row with its folded key;
 * several records may have one key.
 * @returns How many calls it took.
 */
export async function queryByKey(
  channel: Channel,
  object: OrgObject,
  key: Key,
  columns: readonly string[],
  keys: readonly string[],
  told: (folded: string, row: QueryRow) => void,
): Promise<number> {
  const { name } = key.field;
  const number = numeric.has(key.field.type);
  const fields = [...new Set(['Id', name, ...columns])];
  const literals = [...new Set(keys)].flatMap((value) => {
    if (!number) return [literal(value)];
    return Number.isFinite(Number(value)) ? [literal(Number(value))] : [];
  });
  const frame = select({ fields, from: object.name, where: [`${name} IN ()`] });
  let calls = 0;
  for (const cut of cutsOf(literals, maxUriBytes - encodeURIComponent(frame).length)) {
    const soql = select({ fields, from: object.name, where: [`${name} IN (${cut.join(',')})`] });
    for await (const { rows } of queryPages(channel, soql, `the ${object.name} records of a batch`)) {
      calls += 1;
      for (const row of rows) told(key.fold(String(row[name])), row);
    }
  }
  return calls;
}

/** Few enough for the URI, and for one page of rows. */
function* cutsOf(literals: readonly string[], room: number): Generator<readonly string[]> {
  let cut: string[] = [];
  let bytes = 0;
  for (const text of literals) {
    const more = encodeURIComponent(text).length + 3;
    if (cut.length > 0 && (bytes + more > room || cut.length >= maxPageRows)) {
      yield cut;
      cut = [];
      bytes = 0;
    }
    cut.push(text);
    bytes += more;
  }
  if (cut.length > 0) yield cut;
}
