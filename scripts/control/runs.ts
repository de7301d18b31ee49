import type { RecordClient, RecordFields, RunRow } from '../engine/index.ts';
import { dateTime } from './rows.ts';
import { requireWritten } from './writes.ts';

const runObject = 'Plumbline_Run__c';
const progressEvent = 'Plumbline_Progress__e';
const progressEveryMilliseconds = 5_000;

/** Reports runs into the org; what did not change since it was last reported is not written again. */
export interface RunReporter {
  report(runs: readonly RunRow[], syncIds: ReadonlyMap<string, string>): Promise<void>;
  /** Publishes the counts of a run, at most one event in five seconds for each run; false when it did not. */
  progress(run: RunRow, now: number): Promise<boolean>;
}

export function createRunReporter(records: RecordClient): RunReporter {
  const reported = new Map<string, string>();
  const published = new Map<string, number>();
  return {
    async report(runs, syncIds) {
      const changed: {
        readonly id: string;
        readonly text: string;
        readonly record: RecordFields;
        readonly ended: boolean;
      }[] = [];
      for (const run of runs) {
        if (run.kind === 'live' && run.counts.read === 0) continue;
        const record = runRecord(run, syncIds.get(run.sync));
        const text = JSON.stringify(record);
        if (reported.get(run.id) !== text) changed.push({ id: run.id, text, record, ended: run.state !== 'running' });
      }
      if (changed.length === 0) return;
      requireWritten(
        await records.upsert(
          runObject,
          'Run_Id__c',
          changed.map((each) => each.record),
        ),
        'the runs',
      );
      for (const each of changed) {
        reported.set(each.id, each.text);
        if (each.ended) published.delete(each.id);
      }
      while (reported.size > 1_000) {
        const oldest = reported.keys().next();
        if (!oldest.done) reported.delete(oldest.value);
      }
    },
    async progress(run, now) {
      const last = published.get(run.id);
      if (last !== undefined && now - last < progressEveryMilliseconds) return false;
      published.set(run.id, now);
      const { id, sync, expected, counts } = run;
      requireWritten(
        await records.create(progressEvent, [
          { Run_Id__c: id, Sync_Name__c: sync, Expected__c: expected ?? null, ...countFields(counts) },
        ]),
        'the progress of a run',
      );
      return true;
    },
  };
}

function runRecord(run: RunRow, syncId: string | undefined): RecordFields {
  return {
    Run_Id__c: run.id,
    ...(syncId === undefined ? {} : { Sync__c: syncId }),
    Sync_Name__c: run.sync,
    Kind__c: run.kind,
    State__c: run.state,
    Started_At__c: dateTime(run.startedAt),
    Finished_At__c: run.finishedAt === undefined ? null : dateTime(run.finishedAt),
    Expected__c: run.expected ?? null,
    ...countFields(run.counts),
    Reasons__c: JSON.stringify(run.reasons),
    Source_Calls__c: run.sourceCalls,
    Target_Calls__c: run.targetCalls,
    Look_Up_Calls__c: run.lookUpCalls,
    Tell_Calls__c: run.tellCalls,
    Report_Calls__c: run.reportCalls,
  };
}

function countFields(counts: RunRow['counts']): RecordFields {
  return {
    Read__c: counts.read,
    Created__c: counts.created,
    Updated__c: counts.updated,
    Unchanged__c: counts.unchanged,
    Skipped__c: counts.skipped,
    Held__c: counts.held,
    Failed__c: counts.failed,
  };
}
