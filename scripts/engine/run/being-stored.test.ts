import assert from 'node:assert/strict';
import { test } from 'node:test';
import { World } from '../testing/index.ts';

test('of records that send nothing, only so many wait for the store as two requests would hold, and a chunk', async () => {
  const maxRecords = 5;
  const world = new World(1, { maxRecords });
  for (let index = 0; index < 100; index++) world.source.save('Person', `p${index}`, { Mail: `p${index}@x.com` });
  const engine = await world.engine();
  await world.run(engine.backfill('people'));
  const commit = engine.store.commit.bind(engine.store);
  let waiting = 0;
  let most = 0;
  let largest = 0;
  engine.store.commit = async (change) => {
    const rows = change.rows?.length ?? 0;
    waiting += rows;
    most = Math.max(most, waiting);
    largest = Math.max(largest, rows);
    await world.clock.sleep(1_000);
    await commit(change);
    waiting -= rows;
  };
  const again = await world.run(engine.backfill('people'));
  assert.equal(again.counts.unchanged, 100);
  assert.ok(largest > 0 && most >= 2 * maxRecords, `${most} waited at most`);
  assert.ok(most < 2 * maxRecords + largest, `${most} waited at most`);
});
