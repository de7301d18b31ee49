import assert from 'node:assert/strict';
import { test } from 'node:test';
import { balances } from '../../engine/index.ts';
import { differences } from '../../../bench/harness/expected.ts';
import { backfilled, emptyIterable, iterableStats, startWorker, startWorld } from '../../../bench/harness/world.ts';
import { eventually, stopping } from './chain.ts';

const records = 6_000;

test('N-05, I-X4: each run balances, and as many are created and skipped, for the same reasons, from one page as from sixty', async () => {
  await using world = stopping(await startWorld(records));
  const fill = async (store: string, pageRecords: number): Promise<unknown> => {
    await using worker = stopping(await startWorker(world, store, ['--page-records', String(pageRecords)]));
    const backfill = (await backfilled(worker)).find((run) => run.sync === 'leads');
    assert.equal(backfill?.counts.read, records);
    await eventually(60, async () => {
      assert.deepEqual(await worker.store.backlog(), []);
      assert.deepEqual(await differences(world.org.answer, world.iterable.answer), []);
    });
    const runs = await worker.store.runs({ sync: 'leads', limit: 10 });
    for (const run of runs) assert.ok(balances(run.counts), JSON.stringify(run));
    const { users, throttled } = await iterableStats(world);
    assert.equal(throttled, 0);
    return { users, counts: backfill.counts, reasons: backfill.reasons };
  };
  const inOne = await fill('one.sqlite', records);
  assert.deepEqual(inOne, {
    users: 5_881,
    counts: { read: records, created: 5_881, updated: 0, unchanged: 0, skipped: 119, held: 0, failed: 0 },
    reasons: { 'no-key': 60, 'another-record-owns-key': 59 },
  });
  await emptyIterable(world);
  assert.deepEqual(await fill('sixty.sqlite', records / 60), inOne);
});
