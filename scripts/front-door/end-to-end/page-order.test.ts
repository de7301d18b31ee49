import assert from 'node:assert/strict';
import { test } from 'node:test';
import { balances, type RunRow } from '../../engine/index.ts';
import { backfilled, emptyIterable, iterableStats, startWorker, startWorld } from '../../../bench/harness/world.ts';
import { differences } from '../../../bench/harness/expected.ts';
import { stopping } from './chain.ts';

const records = 6_000;

const figures = (runs: readonly RunRow[]) =>
  Object.fromEntries(runs.map(({ sync, counts, reasons }) => [sync, { counts, reasons }]));

test('N-05, I-X4: each run balances, and counts the same in one page as in sixty that are read side by side', async () => {
  await using world = stopping(await startWorld(records));
  const fill = async (store: string, pageRecords: number): Promise<readonly RunRow[]> => {
    await using worker = stopping(await startWorker(world, store, ['--page-records', String(pageRecords)]));
    const runs = await backfilled(worker);
    assert.deepEqual(await differences(world.org.answer, world.iterable.answer), []);
    return runs;
  };
  const inOne = await fill('one.sqlite', records);
  await emptyIterable(world);
  const inSixty = await fill('sixty.sqlite', records / 60);
  assert.deepEqual(figures(inSixty), figures(inOne));
  for (const run of [...inOne, ...inSixty]) assert.ok(balances(run.counts), JSON.stringify(run.counts));
  const { counts } = inOne.find((run) => run.sync === 'leads') as RunRow;
  const { users, throttled } = await iterableStats(world);
  assert.equal(counts.read, records);
  assert.equal(counts.created, users);
  assert.equal(throttled, 0);
});
