import type { Absence, Hydrated, ReadShape, SourceRow } from '../../engine/index.ts';
import type { Channel } from '../connection/index.ts';
import type { Describer } from '../describe.ts';
import { queryPages, type QueryRow } from '../query.ts';
import { canRetrieve, maxRetrieved, retrieve } from '../retrieve.ts';
import { idsPerQuery, isRecordId, literal, select } from '../soql.ts';
import { findAbsences } from './absences.ts';
import { inCuts } from './cuts.ts';
import { prepareShape, type PreparedShape } from './shape.ts';

/**
 * Current values of these records: by one relationship query per cut of IDs (I-12), or, where many are asked for, no
 * parent is read and nothing is filtered, by their IDs alone, which takes fewer calls.
 */
export async function hydrate(
  channel: Channel,
  describer: Describer,
  shape: ReadShape,
  ids: readonly string[],
): Promise<Hydrated> {
  const prepared = await prepareShape(describer, shape);
  const rows: SourceRow[] = [];
  let readAt = Number.POSITIVE_INFINITY;
  const asked = [...new Set(ids)];
  const valid = asked.filter(isRecordId);
  const take = (row: QueryRow): void => void rows.push(prepared.fromJson(row));
  const { object, columns, include } = prepared;
  const size = idsPerQuery(hydrateQuery(prepared, []));
  if (valid.length > size && include === undefined && canRetrieve(columns)) {
    await inCuts(valid, maxRetrieved, async (cut) => {
      const page = await retrieve(channel, object, columns, cut, `the ${object} records that changed`);
      readAt = Math.min(readAt, page.readAt);
      page.rows.forEach(take);
    });
  } else
    await inCuts(valid, size, async (cut) => {
      for await (const page of queryPages(channel, hydrateQuery(prepared, cut), `the query of ${prepared.object}`)) {
        readAt = Math.min(readAt, page.readAt);
        page.rows.forEach(take);
      }
    });
  const present = new Set(rows.map(({ id }) => id));
  // The engine may know a record by the 15 characters of its ID; the org answers with 18.
  const short = new Set(rows.map(({ id }) => id.slice(0, 15)));
  const missing = valid.filter((id) => !present.has(id) && !(id.length === 15 && short.has(id)));
  const absent = new Map<string, Absence>();
  for (const id of asked) if (!isRecordId(id)) absent.set(id, 'unreadable');
  for (const [id, absence] of await findAbsences(channel, describer, prepared.object, missing)) absent.set(id, absence);
  return { rows, absent, readAt: Number.isFinite(readAt) ? readAt : channel.clock.now() };
}

/** The query that hydrates these IDs; with none it is what every cut has in common. */
export function hydrateQuery(
  prepared: Pick<PreparedShape, 'object' | 'columns' | 'include'>,
  ids: readonly string[],
): string {
  const among = `Id IN ${literal(ids)}`;
  return select({
    fields: prepared.columns,
    from: prepared.object,
    where: prepared.include === undefined ? [among] : [among, prepared.include],
  });
}
