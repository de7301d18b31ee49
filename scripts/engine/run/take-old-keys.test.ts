import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Candidate } from '../plan/index.ts';
import type { RecordRow } from '../ports/index.ts';
import { blankRow } from '../testing/index.ts';
import { Busy } from './busy.ts';
import { takeOldKeys } from './old-key.ts';

const policy: Candidate['policy'] = {
  name: 'people',
  keySpace: 'main/user',
  precedence: 0,
  election: 'latest',
  rules: { create: true, update: true, delete: 'ignore' },
  door: { leaving: () => undefined },
  announcedAs: undefined,
};

function candidate(source: string, key: string): Candidate {
  return {
    policy,
    source,
    version: { own: 1, parents: 0 },
    entrance: 'bulk',
    run: 'run',
    liveRun: 'live',
    claimedAt: 0,
    key,
    json: '{}',
    hash: 'hash',
    reason: undefined,
    detail: undefined,
    forget: false,
    work: undefined,
    ticket: undefined,
  };
}

function row(source: string, key: string, more: Partial<RecordRow> = {}): RecordRow {
  return {
    ...blankRow,
    sync: 'people',
    source,
    version: { own: 1, parents: 0 },
    keySpace: 'main/user',
    precedence: 0,
    outcome: 'updated',
    run: 'earlier',
    bulkRun: 'earlier',
    entrance: 'bulk',
    settledAt: 0,
    key,
    hash: 'earlier hash',
    ...more,
  };
}

/** Takes a record that moves from `old@x.com` to `new@x.com`, while the store holds `now` of it. */
async function take(busy: Busy, now: RecordRow): ReturnType<typeof takeOldKeys> {
  const moving = candidate('p1', 'new@x.com');
  const group = busy.group();
  assert(busy.take(moving, group));
  const store = { rows: async () => new Map([['p1', now]]) };
  return takeOldKeys({ taken: [moving], group }, new Map([['p1', row('p1', 'old@x.com')]]), busy, store);
}

test('N-04: a row that changed before its old key was busy is planned as it is now', async () => {
  const busy = new Busy();
  const more = { hash: undefined, outcome: 'skipped', reason: 'another-record-owns-key' } as const;
  const { rows, waiting } = await take(busy, row('p1', 'old@x.com', more));
  assert.deepEqual([rows.get('p1')?.outcome, rows.get('p1')?.hash], ['skipped', undefined]);
  assert.deepEqual(waiting, []);
  assert.equal(
    busy.take(candidate('p2', 'old@x.com'), busy.group()),
    false,
    'the old key is busy with the record that leaves it',
  );
});

test('N-04: a record whose old key another group holds waits, and nothing of it is busy', async () => {
  const busy = new Busy();
  const taker = candidate('p2', 'old@x.com');
  assert(busy.take(taker, busy.group()));
  const { taken, waiting } = await take(busy, row('p1', 'old@x.com'));
  assert.deepEqual([taken, waiting.map(({ source }) => source)], [[], ['p1']]);
  assert(busy.take(candidate('p1', 'new@x.com'), busy.group()), 'the record and the key that it claims are free');
  busy.release(taker);
  assert(busy.take(candidate('p3', 'old@x.com'), busy.group()), 'what was not taken is not held either');
});
