import assert from 'node:assert/strict';
import { test } from 'node:test';
import { noCounts } from '../outcomes.ts';
import type { RunRow } from '../ports/index.ts';
import { Reports } from './reports.ts';

const runsMilliseconds = 30_000;
const noCalls = { sourceCalls: 0, targetCalls: 0, lookUpCalls: 0, tellCalls: 0, reportCalls: 0 };

test('N-05, N-10: while a full read goes on its progress is told at every look, its record at the start, each half minute and at the end', async () => {
  let now = 0;
  let run: RunRow = {
    ...{ id: 'r1', sync: 'leads', kind: 'backfill', state: 'running', startedAt: 0 },
    ...{ counts: noCounts, reasons: {}, pagesDone: false, ...noCalls },
  };
  const told: string[] = [];
  const counted: unknown[] = [];
  const say = (what: string, { counts, state }: RunRow): void => void told.push(`${what} ${counts.read} ${state}`);
  const reports = new Reports(
    {
      control: {
        reportRuns: async (runs) => runs.forEach((each) => say('record', each)),
        reportIssues: async () => undefined,
        progress: async (each) => {
          say('progress', each);
          return true;
        },
      },
      store: {
        run: async () => run,
        runs: async () => [run],
        untold: async () => [],
        told: async () => undefined,
        commit: async ({ runDeltas = [] }) => void counted.push(...runDeltas.map(({ reportCalls }) => reportCalls)),
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
  assert.deepEqual(counted, [told.length], 'N-10: the end tells every call that showed the run');
});

test('N-06: what changes while another run is told is told again (seed 5177 of the fault schedules)', async () => {
  const row = (id: string, state: RunRow['state'], read: number): RunRow => ({
    ...{ id, sync: 'leads', kind: 'backfill', state, startedAt: 0 },
    ...{ counts: { ...noCounts, read }, reasons: {}, pagesDone: true, ...noCalls },
  });
  const runs = new Map([row('moving', 'running', 1), row('ended', 'running', 7)].map((run) => [run.id, run]));
  const told: string[] = [];
  let meanwhile = (): void => undefined;
  const reports = new Reports(
    {
      control: {
        reportRuns: async (rows) => rows.forEach(({ id, counts }) => void told.push(`${id} ${counts.read}`)),
        reportIssues: async () => undefined,
        progress: async () => {
          meanwhile();
          return true;
        },
      },
      store: {
        run: async (id) => runs.get(id),
        runs: async () => [],
        untold: async () => [],
        told: async () => undefined,
        commit: async () => undefined,
      },
      clock: { now: () => 0 },
    },
    runsMilliseconds,
  );
  reports.changed(['moving', 'ended']);
  await reports.tell();
  runs.set('ended', row('ended', 'finished', 7));
  reports.changed(['moving', 'ended']);
  meanwhile = () => {
    runs.set('ended', row('ended', 'finished', 9));
    reports.changed(['ended']);
    meanwhile = () => undefined;
  };
  await reports.tell();
  await reports.tell();
  assert.deepEqual(told, ['moving 1', 'ended 7', 'ended 7', 'ended 9']);
});
