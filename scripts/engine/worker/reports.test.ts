import assert from 'node:assert/strict';
import { test } from 'node:test';
import { noCounts } from '../outcomes.ts';
import type { RunRow } from '../ports/index.ts';
import { Reports } from './reports.ts';

const runsMilliseconds = 30_000;

test('N-05: while a full read goes on its progress is told at every look, its record at the start, each half minute and at the end', async () => {
  let now = 0;
  let run: RunRow = {
    ...{ id: 'r1', sync: 'leads', kind: 'backfill', state: 'running', startedAt: 0 },
    ...{ counts: noCounts, reasons: {}, pagesDone: false, sourceCalls: 0, targetCalls: 0 },
  };
  const told: string[] = [];
  const say = (what: string, { counts, state }: RunRow): void => void told.push(`${what} ${counts.read} ${state}`);
  const reports = new Reports(
    {
      control: {
        reportRuns: async (runs) => runs.forEach((each) => say('record', each)),
        reportIssues: async () => undefined,
        progress: async (each) => say('progress', each),
      },
      store: {
        run: async () => run,
        runs: async () => [run],
        untold: async () => [],
        told: async () => undefined,
      },
      clock: { now: () => now },
    },
    runsMilliseconds,
  );
  const look = async (at: number, read: number, state: RunRow['state'] = 'running'): Promise<void> => {
    now = at;
    run = { ...run, state, counts: { ...noCounts, read } };
    reports.changed([run.id]);
    await reports.tell();
  };
  await look(0, 100);
  await look(2_000, 200);
  await look(runsMilliseconds, 300);
  await look(runsMilliseconds + 2_000, 400);
  await look(runsMilliseconds + 4_000, 500, 'finished');
  assert.deepEqual(told, [
    ...['record 100 running', 'progress 100 running', 'progress 200 running'],
    ...['record 300 running', 'progress 300 running', 'progress 400 running', 'record 500 finished'],
  ]);
});
