import assert from 'node:assert/strict';
import { test } from 'node:test';
import { healthLines, readHealth } from './health.ts';

const at = Date.UTC(2026, 10, 21, 10, 30);

const body = {
  version: 'v',
  store: 's',
  syncs: [
    {
      sync: 'leads',
      connection: 'iterable',
      paused: false,
      backlog: 1_200,
      drainsInSeconds: 3,
      oldestWaitsMilliseconds: 1_400,
      runs: [],
    },
    {
      sync: 'contacts',
      backlog: 0,
      reconciled: { run: 'r', at, sampled: 20, compared: 19, drifted: 0, reconciled: true },
    },
    {
      sync: 'accounts',
      backlog: 0,
      reconciled: { run: 'r', at, sampled: 20, compared: 20, drifted: 2, gap: 5, reconciled: false },
    },
  ],
  waits: [{ what: 'a full read of leads', message: 'Few calls are left.', actions: ['Nothing.'], until: at }],
};

test('N-16, K-15: what waits, how long it takes and whether both sides agree is told in lines', () => {
  assert.deepEqual(healthLines(readHealth(body), undefined), [
    'leads: 1,200 wait, the oldest for 2 s, done in about 3 s; both sides were not compared yet',
    'contacts: nothing waits; reconciled at 2026-11-21 10:30 UTC by 19 records',
    'accounts: nothing waits; NOT reconciled at 2026-11-21 10:30 UTC: 2 of 20 compared records differ and 5 records more than were read',
    'Waiting: a full read of leads. Few calls are left.',
    '  → Nothing.',
  ]);
});

test('one sync alone is told when it is asked for', () => {
  assert.equal(healthLines(readHealth({ ...body, waits: [] }), 'contacts').length, 1);
});
