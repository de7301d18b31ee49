import type { ActiveVersion, Clock, ControlPlane, Pauses, ReasonCode, RecordClient } from '../engine/index.ts';
import { createCommandDesk } from './commands.ts';
import { readActiveId, readActiveVersion, readDraftSync } from './configuration/index.ts';
import { reportIssueChanges } from './issues.ts';
import { giveBackLease, renewLease } from './lease.ts';
import { readSyncStates } from './pauses.ts';
import { createRunReporter } from './runs.ts';
import { requireWritten } from './writes.ts';

export interface ControlOptions {
  readonly records: RecordClient;
  readonly clock: Clock;
  /** How many records of a sync the store holds with this reason. */
  readonly countRecords: (sync: string, reason: ReasonCode) => Promise<number>;
}

/** The org as control plane, over its records. In quiet times each of its calls costs one or two calls of the org. */
export function createControlPlane({ records, clock, countRecords }: ControlOptions): ControlPlane {
  const desk = createCommandDesk(records);
  const runs = createRunReporter(records);
  let active: ActiveVersion | undefined;
  let syncIds: ReadonlyMap<string, string> = new Map();

  async function pauses(): Promise<Pauses> {
    const states = await readSyncStates(records);
    syncIds = states.syncIds;
    return states.paused;
  }

  /** IDs as they were last read: a sync keeps its ID, and one that is not known yet is worth a call. */
  async function idsOf(syncs: Iterable<string>): Promise<ReadonlyMap<string, string>> {
    if ([...syncs].some((sync) => !syncIds.has(sync))) await pauses();
    return syncIds;
  }

  async function activeVersion(): Promise<ActiveVersion | undefined> {
    const id = await readActiveId(records);
    if (id === undefined) active = undefined;
    else if (active?.id !== id) active = await readActiveVersion(records);
    return active;
  }

  function sourceObjects(): ReadonlyMap<string, string> {
    const syncs = active?.configuration.syncs ?? [];
    return new Map(
      syncs.map((sync) => [
        sync.name,
        sync.direction === 'salesforceToSystem' ? sync.salesforceObject : sync.systemObject,
      ]),
    );
  }

  return {
    activeVersion,
    draft: (id) => readDraftSync(records, id),
    pauses,
    async exclusions() {
      const found: { sync: string; source: string }[] = [];
      const query = 'SELECT Record_Id__c, Sync__r.Unique_Name__c FROM Plumbline_Exclusion__c';
      for await (const row of records.query<{ Record_Id__c: string; Sync__r: { Unique_Name__c: string } }>(query)) {
        found.push({ sync: row.Sync__r.Unique_Name__c, source: row.Record_Id__c });
      }
      return found;
    },
    beat: (presence) => renewLease(records, presence),
    leave: (storeId) => giveBackLease(records, storeId),
    claim: (storeId, now) => desk.claim(storeId, now),
    answer: (command, answer) => desk.answer(command.id, answer, clock.now()),
    async reportRuns(rows) {
      if (rows.length > 0) await runs.report(rows, await idsOf(rows.map((run) => run.sync)));
    },
    async reportIssues(changes) {
      if (changes.length === 0) return;
      await reportIssueChanges(records, changes, {
        syncIds: await idsOf(changes.map((change) => change.sync)),
        objects: sourceObjects(),
        countRecords,
      });
    },
    progress: (run) => runs.progress(run, clock.now()),
    async announce(system, ids) {
      const events = ids.map((id) => ({ System__c: system, Record_Id__c: id }));
      requireWritten(await records.create('Plumbline_Values_Changed__e', events), 'which records have new values');
    },
  };
}
