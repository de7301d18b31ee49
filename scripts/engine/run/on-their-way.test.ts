import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LeasedWork } from '../ports/index.ts';
import { OnTheirWay, type Traveller } from './on-their-way.ts';

const policy = { name: 'people' };
const bulk: Traveller = { policy, source: 'b', work: undefined };
const waits = { urgency: 0, dueAt: 0, cause: 'changed' } as const;
const work: LeasedWork = { ...waits, sync: 'people', source: 'l', sequence: 1, attempts: 0 };
const live: Traveller = { policy, source: 'l', work };

test('each entrance has room of its own, and gets it back when a record is settled', async () => {
  const onTheirWay = new OnTheirWay(2);
  onTheirWay.add([bulk, bulk]);
  assert.deepEqual([onTheirWay.hasBulkRoom, onTheirWay.hasLiveRoom, onTheirWay.hasLive], [false, true, false]);
  onTheirWay.add([live]);
  assert.equal(onTheirWay.hasLive, true);
  assert.equal(onTheirWay.isLive('people', 'l'), true);
  assert.equal(onTheirWay.isLive('others', 'l'), false);
  const fewer = onTheirWay.fewer();
  onTheirWay.remove([bulk, live]);
  await fewer;
  assert.deepEqual([onTheirWay.hasBulkRoom, onTheirWay.hasLiveRoom, onTheirWay.hasLive], [true, true, false]);
  assert.equal(onTheirWay.isLive('people', 'l'), false);
});
