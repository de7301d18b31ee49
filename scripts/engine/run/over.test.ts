import assert from 'node:assert/strict';
import { test } from 'node:test';
import { World } from '../testing/index.ts';

test('N-05: work of a run that is over counts for the hour, where a later run has counted the record meanwhile', async () => {
  const world = new World();
  world.source.save('Person', 'p', { Mail: 'p@x.com', Name: 'A' });
  const engine = await world.engine();
  const first = await world.run(engine.backfill('people'));
  const second = await world.run(engine.backfill('people', 'manual'));
  world.source.save('Person', 'p', { Name: 'B' });
  const dueAt = world.clock.now();
  const work = { sync: 'people', source: 'p', urgency: 1, dueAt, cause: 'elected', run: first.id } as const;
  await engine.store.commit({ enqueue: [work] });
  engine.lives.get('people')?.wake();
  await world.run(engine.settled());
  const counted = [...world.disk.runs.values()].map(
    ({ kind, counts }) => `${kind} ${counts.created} ${counts.updated} of ${counts.read}`,
  );
  assert.deepEqual(counted, ['backfill 1 0 of 1', 'manual 0 0 of 1', 'live 0 1 of 1']);
  assert.equal(second.counts.unchanged, 1);
});
