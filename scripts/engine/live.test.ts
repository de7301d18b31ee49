import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ReadShape } from './ports/index.ts';
import { World } from './testing/index.ts';

/** What the source is asked to hydrate, call by call. */
function watchHydration(world: World): { readonly object: string; readonly ids: readonly unknown[] }[] {
  const asked: { object: string; ids: readonly unknown[] }[] = [];
  const hydrate = world.source.hydrate.bind(world.source);
  world.source.hydrate = (shape: ReadShape, ids: readonly string[]) => {
    asked.push({ object: shape.object, ids: [...ids] });
    return hydrate(shape, ids);
  };
  return asked;
}

test('I-06, I-10: people and prospects wait in one queue, told apart by their sync, and each type has its own query', async () => {
  const world = new World();
  for (const id of ['a', 'b', 'c']) {
    world.source.save('Person', id, { Mail: `${id}@people.com` });
    world.source.save('Prospect', id, { Mail: `${id}@prospects.com` });
  }
  const asked = watchHydration(world);
  const engine = await world.engine();
  world.pauses = new Set(['*']);
  // The same IDs on purpose: only the type tells them apart.
  for (const id of ['a', 'b', 'c']) for (const sync of ['people', 'prospects']) await engine.changed(sync, id);
  assert.deepEqual(
    (await engine.store.backlog()).map(({ sync, count }) => [sync, count]),
    [
      ['people', 3],
      ['prospects', 3],
    ],
  );
  world.pauses = new Set();
  await world.run(engine.settled());
  asked.sort((left, right) => (left.object < right.object ? -1 : 1));
  assert.deepEqual(asked, [
    { object: 'Person', ids: ['a', 'b', 'c'] },
    { object: 'Prospect', ids: ['a', 'b', 'c'] },
  ]);
  assert.equal(world.target.records.size, 6);
});

test('I-08: the source is asked for IDs alone, and the target is sent mapped fields alone: nothing of the queue', async () => {
  const world = new World();
  world.source.save('Person', 'p', { Mail: 'p@x.com', Name: 'A' });
  const asked = watchHydration(world);
  const engine = await world.engine();
  const dueAt = world.clock.now();
  await engine.store.commit({
    enqueue: [{ sync: 'people', source: 'p', urgency: 1, dueAt, cause: 'retry' }],
  });
  engine.lives.get('people')?.wake();
  await world.run(engine.settled());
  assert.deepEqual(asked, [{ object: 'Person', ids: ['p'] }]);
  assert.deepEqual(
    world.target.requests.flatMap((request) => request.records),
    [{ key: 'p@x.com', action: 'upsert', json: '{"mail":"p@x.com","id":"p","data":{"name":"A"}}' }],
  );
});

test('I-X8: more changes than one lease takes are drained in one go, and the backlog is shown meanwhile', async () => {
  const world = new World(1, { maxRecords: 100 });
  const ids = Array.from({ length: 1_050 }, (_, index) => `p${index}`);
  for (const id of ids) world.source.save('Person', id, { Mail: `${id}@x.com` });
  const engine = await world.engine();
  world.pauses = new Set(['people']);
  await engine.changed('people', ...ids);
  assert.deepEqual(
    (await engine.store.backlog()).map(({ count }) => count),
    [1_050],
  );
  world.pauses = new Set();
  const began = world.clock.now();
  engine.lives.get('people')?.wake();
  await world.run(engine.settled());
  assert.equal(world.target.records.size, 1_050);
  // No wait for a poll or for the next look between one lease and the next.
  assert(world.clock.now() - began < 2_000, `${world.clock.now() - began} ms`);
});
