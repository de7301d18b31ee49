import assert from 'node:assert/strict';
import { test } from 'node:test';
import { World } from '../testing/index.ts';

test('K-20: of a batch that is answered in part, only the records without an answer wait until they cannot be applied late', async () => {
  const world = new World();
  for (const name of ['p1', 'p2', 'p3']) world.source.save('Person', name, { Mail: `${name}@x.com`, Name: 'A' });
  let lost = true;
  world.target.answer = ({ key }) =>
    lost && key === 'p2@x.com' ? { kind: 'unanswered', detail: 'cut off' } : { kind: 'delivered' };
  const engine = await world.engine();
  const backfill = engine.backfill('people');
  await world.clock.pass(1_000);
  const { rows } = world.disk;
  assert.deepEqual(
    ['p1', 'p2', 'p3'].map((name) => rows.get('people')?.get(name)?.outcome),
    ['created', 'held', 'created'],
  );
  assert.equal(rows.get('people')?.get('p2')?.reason, 'unanswered-request');
  lost = false;
  world.source.save('Person', 'p2', { Name: 'B' });
  await engine.changed('people', 'p2');
  await world.clock.pass(5_000);
  assert.equal(world.target.requests.length, 1, 'its key waits');
  const run = await world.run(backfill);
  assert.equal(run.counts.created, 3);
  assert.match(world.target.records.get('p2@x.com') ?? '', /"B"/);
  assert.deepEqual(world.died, []);
});
