import { RetryError } from '../../engine/index.ts';
import type { Channel } from '../connection/index.ts';
import type { Describer } from '../describe.ts';
import { queryPages } from '../query.ts';
import { idsPerQuery, isRecordId, literal, maxPageRows, select } from '../soql.ts';

/** IDs of the records whose `reference` names one of `parents`, in ID order, page by page (I-X2). */
export async function* readChildren(
  channel: Channel,
  describer: Describer,
  object: string,
  reference: string,
  parents: readonly string[],
  afterId: string | undefined,
): AsyncGenerator<readonly string[], void, undefined> {
  const { fields } = await describer.paths(object, [reference]);
  const path = fields[0]?.path ?? reference;
  const query = (cut: readonly string[], after: string): string =>
    select({
      fields: ['Id'],
      from: object,
      where: [`${path} IN ${literal(cut)}`, ...(after === '' ? [] : [`Id > ${literal(after)}`])],
      orderBy: ['Id'],
      limit: maxPageRows,
    });
  const valid = [...new Set(parents)].filter(isRecordId);
  const size = idsPerQuery(query([], '000000000000000000'));
  let after = afterId ?? '';
  for (;;) {
    // With more parents than fit one query, the lowest IDs of all the cuts together are the next page.
    const found = new Set<string>();
    for (let start = 0; start < valid.length; start += size) {
      const soql = query(valid.slice(start, start + size), after);
      for await (const { rows } of queryPages(channel, soql, `the ${object} records of a parent`)) {
        for (const { Id } of rows) {
          if (typeof Id !== 'string') throw new RetryError(`A row of ${object} came without its ID.`, []);
          found.add(Id);
        }
      }
    }
    const page = [...found].sort().slice(0, maxPageRows);
    if (page.length > 0) yield page;
    if (page.length < maxPageRows) return;
    after = page.at(-1) ?? after;
  }
}
