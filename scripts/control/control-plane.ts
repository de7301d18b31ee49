import type { ActiveVersion, Clock, ControlPlane, ReasonCode, RecordClient } from '../engine/index.ts';
import { createCommandDesk } from './commands.ts';
import { readActiveId, readActiveVersion } from './configuration/index.ts';
import { reportIssueChanges } from './issues.ts';
import { giveBackLease, renewLease } from './lease.ts';
import { cachedSyncStates } from './pauses.ts';
import { createRunReporter } from './runs.ts';

/** A pause acts within this time; asking before every batch would otherwise cost a call of the org for each. */
const pausesAgeMilliseconds = 10_000;

export interface ControlOptions {
  readonly records: RecordClient;
  readonly clock: Clock;
  /** How many records of a sync the store holds with this reason. */
  readonly countRecords: (sync: string, reason: ReasonCode) => Promise<number>;
}

/** The org as control plane, over its records. In quiet times each of its calls costs one or two calls of the org. */
export function createControlPlane({ records, clock, countRecords }: ControlOptions): ControlPlane {
  const states = cachedSyncStates(records, clock, pausesAgeMilliseconds);
  const desk = createCommandDesk(records);
  const runs = createRunReporter(records);
  let active: ActiveVersion | undefined;

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
    pauses: async () => (await states()).paused,
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
      if (rows.length > 0) await runs.report(rows, (await states()).syncIds);
    },
    async reportIssues(changes) {
      if (changes.length === 0) return;
      await reportIssueChanges(records, changes, {
        syncIds: (await states()).syncIds,
        objects: sourceObjects(),
        countRecords,
      });
    },
    progress: (run) => runs.progress(run, clock.now()),
  };
}
