import { SettingsError, type Pauses, type RecordClient } from '../engine/index.ts';
import { collect } from './rows.ts';
import { requireWritten } from './writes.ts';

const syncObject = 'Plumbline_Sync__c';
const connectionObject = 'Plumbline_Connection__c';

interface Row {
  readonly Id: string;
  readonly Unique_Name__c: string;
  readonly Paused__c: boolean;
  readonly Connection__r: { readonly Unique_Name__c: string; readonly Paused__c: boolean };
}

export interface SyncStates {
  readonly paused: Pauses;
  /** The ID of each sync's record, by its unique name. */
  readonly syncIds: ReadonlyMap<string, string>;
}

/** Reads which syncs and connections are paused, in one query. */
export async function readSyncStates(records: RecordClient): Promise<SyncStates> {
  const paused = new Set<string>();
  const syncIds = new Map<string, string>();
  const query = `SELECT Id, Unique_Name__c, Paused__c, Connection__r.Unique_Name__c, Connection__r.Paused__c FROM ${syncObject}`;
  for await (const row of records.query<Row>(query)) {
    syncIds.set(row.Unique_Name__c, row.Id);
    if (row.Paused__c) paused.add(row.Unique_Name__c);
    if (row.Connection__r.Paused__c) paused.add(row.Connection__r.Unique_Name__c);
  }
  return { paused, syncIds };
}

/**
 * Pauses or resumes a sync or a connection by its unique name, or every connection by `*`. Throws `SettingsError` for a
 * name that the org does not know. Returns how many records were changed.
 */
export async function setPaused(records: RecordClient, name: string, paused: boolean): Promise<number> {
  let changed = 0;
  let found = 0;
  for (const object of name === '*' ? [connectionObject] : [syncObject, connectionObject]) {
    const condition = name === '*' ? '' : ` WHERE Unique_Name__c = ${records.literal(name)}`;
    const rows = await collect(
      records.query<{ readonly Id: string; readonly Paused__c: boolean }>(
        `SELECT Id, Paused__c FROM ${object}${condition}`,
      ),
    );
    found += rows.length;
    const changes = rows.filter((row) => row.Paused__c !== paused).map((row) => ({ Id: row.Id, Paused__c: paused }));
    if (changes.length > 0) requireWritten(await records.update(object, changes), object);
    changed += changes.length;
  }
  if (found === 0) {
    throw new SettingsError(`The org has no sync and no connection named "${name}".`, [
      'See the names with: plumbline sync list',
    ]);
  }
  return changed;
}
