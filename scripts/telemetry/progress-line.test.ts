import assert from 'node:assert/strict';
import { test } from 'node:test';
import { noCounts, type RunRow } from '../engine/index.ts';
import { duration, progressLine } from './index.ts';

const run: RunRow = {
  id: 'a',
  sync: 'leads',
  kind: 'backfill',
  state: 'running',
  startedAt: 1_000,
  expected: 40_000,
  counts: { ...noCounts, read: 12_000, created: 11_900, skipped: 100 },
  reasons: {},
  pagesDone: false,
  sourceCalls: 0,
  targetCalls: 0,
};

test('a run in one line tells how far it is, how fast, and how long it still takes', () => {
  assert.equal(
    progressLine(run, 3_500),
    'leads  12,000 of 40,000 (30%)  created 11,900  skipped 100  4,800/s  5.8 s left',
  );
});

test('a run that is over tells how it ended; one of unknown size tells no share', () => {
  assert.equal(
    progressLine({ ...run, state: 'finished', finishedAt: 13_000 }, 99_000),
    'leads  12,000 of 40,000 (30%)  created 11,900  skipped 100  1,000/s  finished in 12 s',
  );
  const { expected: _, ...live } = run;
  assert.equal(progressLine(live, 1_000), 'leads  12,000 read  created 11,900  skipped 100  0/s');
  assert.equal(progressLine({ ...run, counts: noCounts, expected: 0 }, 2_000), 'leads  0 of 0 (100%)  0/s');
});

test('durations are told as a person would', () => {
  const told = [0, 0.04, 8.44, 9.96, 59.4, 59.6, 185, 7_800].map(duration);
  assert.deepEqual(told, ['0 s', '0 s', '8.4 s', '10 s', '59 s', '1 min 0 s', '3 min 5 s', '2 h 10 min']);
});
