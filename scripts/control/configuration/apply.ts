import { SettingsError, type RecordClient, type RecordFields } from '../../engine/index.ts';
import { requireWritten } from '../writes.ts';
import {
  connectionObject,
  mappingObject,
  readDraftRows,
  syncObject,
  type DraftRows,
  type MappingRow,
} from './records.ts';
import type { Draft } from './schema.ts';

export interface Applied {
  readonly created: number;
  readonly updated: number;
  readonly deleted: number;
  /** Names of the syncs that were not there before: they start paused. */
  readonly newSyncs: readonly string[];
  /** Syncs of the same connections that the draft in the org has and the file has not; deleted only when asked. */
  readonly onlyInOrg: readonly string[];
}

/**
 * Makes the org's draft equal to `wanted`, for the connections that `wanted` names; writes only what differs. Nothing of
 * it runs before it is activated. It can be cut anywhere and done again. `prune` deletes the syncs that are only in the org.
 */
export async function applyDraft(
  records: RecordClient,
  wanted: Draft,
  options: { readonly prune: boolean },
): Promise<Applied> {
  const rows = await readDraftRows(records);
  const tally = { created: 0, updated: 0, deleted: 0 };
  const write = async (object: string, changes: Changes): Promise<readonly string[]> => {
    tally.updated += changes.update.length;
    tally.created += changes.create.length;
    if (changes.update.length > 0) requireWritten(await records.update(object, changes.update), object);
    return changes.create.length > 0 ? requireWritten(await records.create(object, changes.create), object) : [];
  };

  const connectionIds = new Map(rows.connections.map((row) => [row.Unique_Name__c, row.Id]));
  const connections = changesOf(wanted.connections.map(connectionRecord), rows.connections);
  const newConnections = await write(connectionObject, connections);
  connections.create.forEach((record, index) =>
    connectionIds.set(String(record['Unique_Name__c']), newConnections[index] ?? ''),
  );

  const syncIds = new Map(rows.syncs.map((row) => [row.Unique_Name__c, row.Id]));
  refuseReparenting(rows, wanted, connectionIds);
  const syncs = changesOf(
    wanted.syncs.map((sync) => syncRecord(sync, connectionIds.get(sync.connection) ?? '')),
    rows.syncs,
  );
  const newSyncs = syncs.create.map((record) => String(record['Unique_Name__c']));
  (await write(syncObject, syncs)).forEach((id, index) => syncIds.set(newSyncs[index] ?? '', id));

  const mappings = mappingChanges(wanted, rows.mappings, syncIds);
  if (mappings.obsolete.length > 0) {
    tally.deleted += mappings.obsolete.length;
    requireWritten(await records.delete(mappingObject, mappings.obsolete), mappingObject);
  }
  await write(mappingObject, mappings);

  const ours = new Set(wanted.connections.map((connection) => connectionIds.get(connection.name)));
  const kept = new Set(wanted.syncs.map((sync) => sync.name));
  const onlyInOrg = rows.syncs.filter((row) => ours.has(row.Connection__c) && !kept.has(row.Unique_Name__c));
  if (options.prune && onlyInOrg.length > 0) {
    tally.deleted += onlyInOrg.length;
    requireWritten(
      await records.delete(
        syncObject,
        onlyInOrg.map((row) => row.Id),
      ),
      syncObject,
    );
  }
  return { ...tally, newSyncs, onlyInOrg: options.prune ? [] : onlyInOrg.map((row) => row.Unique_Name__c) };
}

interface Changes {
  readonly create: readonly RecordFields[];
  readonly update: readonly RecordFields[];
}

function connectionRecord(connection: Draft['connections'][number]): RecordFields {
  return {
    Unique_Name__c: connection.name,
    System__c: connection.system,
    Settings__c: JSON.stringify(connection.settings),
  };
}

function syncRecord(sync: Draft['syncs'][number], connectionId: string): RecordFields {
  return {
    Unique_Name__c: sync.name,
    Connection__c: connectionId,
    Direction__c: sync.direction,
    Salesforce_Object__c: sync.salesforceObject,
    System_Object__c: sync.systemObject,
    Key_Source__c: sync.key.source,
    Key_Target__c: sync.key.target,
    Include__c: sync.include,
    Precedence__c: sync.precedence,
    Create_Records__c: sync.rules.create,
    Update_Records__c: sync.rules.update,
    On_Delete__c: sync.rules.delete,
    On_Duplicate__c: sync.rules.duplicates ?? null,
    Poll_Seconds__c: sync.schedule.pollSeconds,
    Sweep_At__c: sync.schedule.sweepAt ?? null,
  };
}

/** What to create and update, matched by unique name. A new record's name is its unique name, for people to change. */
function changesOf(
  wanted: readonly RecordFields[],
  present: readonly { readonly Id: string; readonly Unique_Name__c: string }[],
): Changes {
  const byName = new Map(present.map((row) => [row.Unique_Name__c, row]));
  const create: RecordFields[] = [];
  const update: RecordFields[] = [];
  for (const record of wanted) {
    const row = byName.get(String(record['Unique_Name__c']));
    if (row === undefined) create.push({ Name: record['Unique_Name__c'], ...record });
    else push(update, row, record);
  }
  return { create, update };
}

function mappingChanges(
  wanted: Draft,
  present: readonly MappingRow[],
  syncIds: ReadonlyMap<string, string>,
): Changes & { readonly obsolete: readonly string[] } {
  const bySync = Map.groupBy(present, (row) => row.Sync__c);
  const create: RecordFields[] = [];
  const update: RecordFields[] = [];
  const obsolete: string[] = [];
  for (const sync of wanted.syncs) {
    const syncId = syncIds.get(sync.name) ?? '';
    const rows = bySync.get(syncId) ?? [];
    const byTarget = new Map(rows.map((row) => [row.Target__c, row]));
    sync.mappings.forEach((mapping, index) => {
      const record = {
        Source__c: mapping.source,
        Target__c: mapping.target,
        Transform__c: mapping.transform ?? null,
        Blank__c: mapping.blank,
        Position__c: index + 1,
      };
      const row = byTarget.get(mapping.target);
      if (row === undefined) create.push({ Sync__c: syncId, ...record });
      else push(update, row, record);
    });
    const kept = new Set(sync.mappings.map((mapping) => byTarget.get(mapping.target)?.Id));
    obsolete.push(...rows.filter((row) => !kept.has(row.Id)).map((row) => row.Id));
  }
  return { create, update, obsolete };
}

/** Adds the fields of a record that differ from its row, if any does. */
function push(update: RecordFields[], row: { readonly Id: string }, record: RecordFields): void {
  const differing = Object.entries(record).filter(([field, value]) => (Reflect.get(row, field) ?? null) !== value);
  if (differing.length > 0) update.push({ Id: row.Id, ...Object.fromEntries(differing) });
}

/** A sync belongs to its connection for good: the org's master-detail field says so. */
function refuseReparenting(rows: DraftRows, wanted: Draft, connectionIds: ReadonlyMap<string, string>): void {
  for (const sync of wanted.syncs) {
    const row = rows.syncs.find((each) => each.Unique_Name__c === sync.name);
    if (row !== undefined && row.Connection__c !== connectionIds.get(sync.connection)) {
      throw new SettingsError(
        `Sync "${sync.name}" belongs to another connection in the org than "${sync.connection}".`,
        ['Give the sync another name: one that moves to another connection starts from nothing.'],
      );
    }
  }
}
