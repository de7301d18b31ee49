import { SettingsError, type DraftSync, type RecordClient } from '../../engine/index.ts';
import { collect } from '../rows.ts';
import {
  connectionFields,
  connectionObject,
  mappingFields,
  mappingObject,
  syncFields,
  syncObject,
  valueOf,
  type ConnectionRow,
  type MappingRow,
  type SyncRow,
} from './records.ts';
import { requireUnfinished } from './schema.ts';

/**
 * Reads one sync as it is being set up, with its connection and mappings, by the ID of its record. Throws
 * `SettingsError` when there is none of that ID, or for what is wrong in it.
 */
export async function readDraftSync(records: RecordClient, id: string): Promise<DraftSync> {
  const literal = records.literal(id);
  const row = await records.queryOne<SyncRow>(`SELECT ${syncFields} FROM ${syncObject} WHERE Id = ${literal}`);
  if (!row) {
    throw new SettingsError(`There is no sync with the ID ${id} in this org.`, ['Save the sync, and ask again.']);
  }
  const connectionRow = await records.queryOne<ConnectionRow>(
    `SELECT ${connectionFields} FROM ${connectionObject} WHERE Id = ${records.literal(row.Connection__c)}`,
  );
  const mappings = await collect(
    records.query<MappingRow>(
      `SELECT ${mappingFields} FROM ${mappingObject} WHERE Sync__c = ${literal} ORDER BY Position__c, Id`,
    ),
  );
  const value = valueOf({ connections: connectionRow ? [connectionRow] : [], syncs: [row], mappings });
  const { connections, syncs } = requireUnfinished(
    value,
    `The draft of ${row.Unique_Name__c}`,
    'Complete the sync in its setup.',
  );
  const [connection] = connections;
  const [sync] = syncs;
  if (!connection || !sync) throw new Error(`The draft ${id} was read without its sync or its connection`);
  return { connection, sync };
}
