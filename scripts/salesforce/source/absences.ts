import type { Absence } from '../../engine/index.ts';
import type { Channel } from '../connection/index.ts';
import type { Describer } from '../describe.ts';
import { queryPages, type QueryRow } from '../query.ts';
import { idsPerQuery, literal, select } from '../soql.ts';
import { inCuts } from './cuts.ts';

const telling = ['IsDeleted', 'MasterRecordId', 'IsConverted', 'ConvertedContactId'];

/**
 * Why records did not come back from a filtered query: deleted, merged into another (K-26), converted (K-24), left out
 * by the filter, or `unreadable`: gone for good or not shared with us, which an org does not tell apart.
 */
export async function findAbsences(
  channel: Channel,
  describer: Describer,
  object: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Absence>> {
  const absences = new Map<string, Absence>(ids.map((id) => [id, 'unreadable']));
  if (ids.length === 0) return absences;
  const { fields } = await describer.object(object);
  const columns = ['Id', ...telling.filter((name) => fields.has(name.toLowerCase()))];
  const query = (cut: readonly string[]): string =>
    select({ fields: columns, from: object, where: [`Id IN ${literal(cut)}`] });
  const asked = new Map(ids.map((id) => [id.slice(0, 15), id]));
  await inCuts(ids, idsPerQuery(query([])), async (cut) => {
    for await (const { rows } of queryPages(channel, query(cut), `what became of ${object} records`, 'queryAll')) {
      for (const row of rows) {
        const id = typeof row['Id'] === 'string' ? asked.get(row['Id'].slice(0, 15)) : undefined;
        if (id !== undefined) absences.set(id, absenceOf(row));
      }
    }
  });
  return absences;
}

function absenceOf(row: QueryRow): Absence {
  const { IsDeleted, MasterRecordId, IsConverted, ConvertedContactId } = row;
  if (IsDeleted === true && typeof MasterRecordId === 'string') return { mergedInto: MasterRecordId };
  if (IsDeleted === true) return 'deleted';
  if (IsConverted === true && typeof ConvertedContactId === 'string') return { convertedTo: ConvertedContactId };
  return 'excluded';
}
