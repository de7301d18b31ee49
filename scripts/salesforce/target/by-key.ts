import type { Channel } from '../connection/index.ts';
import type { OrgObject } from '../describe.ts';
import { queryPages, type QueryRow } from '../query.ts';
import { canRetrieve, maxRetrieved, retrieve } from '../retrieve.ts';
import { isRecordId, literal, maxPageRows, maxUriBytes, select } from '../soql.ts';
import type { Key } from './key.ts';

const idBytes = 18;
const numeric = new Set(['int', 'double', 'currency', 'percent']);

/** How many keys of so many bytes each one call finds. `byId`: they are record IDs, and no field of a parent is read. */
export function keysPerCall(byId: boolean, keyBytes: number): number {
  // Quotes and comma; the frame of a query is about as long as its few columns.
  return byId ? maxRetrieved : Math.min(maxPageRows, Math.floor((maxUriBytes - 256) / (keyBytes + 5)));
}

/**
 * Rows of the records with these keys, each query as long as a request may be. `told` gets each row with its folded key;
 * several records may have one key.
 */
export async function queryByKey(
  channel: Channel,
  object: OrgObject,
  key: Key,
  columns: readonly string[],
  keys: readonly string[],
  told: (folded: string, row: QueryRow) => void,
): Promise<void> {
  const { name } = key.field;
  if (key.isId && keys.length > keysPerCall(false, idBytes) && canRetrieve(columns))
    return await retrieveById(channel, object, key, columns, keys, told);
  const number = numeric.has(key.field.type);
  const fields = [...new Set(['Id', name, ...columns])];
  const literals = [...new Set(keys)].flatMap((value) => {
    if (!number) return [literal(value)];
    return Number.isFinite(Number(value)) ? [literal(Number(value))] : [];
  });
  const frame = select({ fields, from: object.name, where: [`${name} IN ()`] });
  for (const cut of cutsOf(literals, maxUriBytes - encodeURIComponent(frame).length)) {
    const soql = select({ fields, from: object.name, where: [`${name} IN (${cut.join(',')})`] });
    for await (const { rows } of queryPages(channel, soql, `the ${object.name} records of a batch`)) {
      for (const row of rows) told(key.fold(String(row[name])), row);
    }
  }
}

async function retrieveById(
  channel: Channel,
  object: OrgObject,
  key: Key,
  columns: readonly string[],
  keys: readonly string[],
  told: (folded: string, row: QueryRow) => void,
): Promise<void> {
  const fields = [...new Set(['Id', ...columns])];
  const ids = [...new Set(keys)].filter(isRecordId);
  for (let start = 0; start < ids.length; start += maxRetrieved) {
    const cut = ids.slice(start, start + maxRetrieved);
    const { rows } = await retrieve(channel, object.name, fields, cut, `the ${object.name} records of a batch`);
    for (const row of rows) told(key.fold(String(row['Id'])), row);
  }
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
