import assert from 'node:assert/strict';
import { test } from 'node:test';
import { WaitError } from '../errors.ts';
import { World, type Engine } from '../testing/index.ts';
import { InFlight } from './in-flight.ts';

function people(count: number): World {
  const world = new World(1, { maxInFlight: 1, maxRecords: 5 });
  for (let index = 0; index < count; index++) world.source.save('Person', `p${index}`, { Mail: `p${index}@x.com` });
  return world;
}

/** Answers take a minute to be stored; nothing else does. */
function storeSlowly({ store }: Engine, world: World): void {
  const commit = store.commit.bind(store);
  store.commit = async (change) => {
    if ((change.answered ?? []).length > 0) await world.clock.sleep(60_000);
    await commit(change);
  };
}

test('live requests and others have their own places, and one that has arrived twice has left one', () => {
  const inFlight = new InFlight(1);
  const arrived = inFlight.leave('bulk');
  assert.deepEqual(inFlight.allowed, { live: true, bulk: false });
  arrived();
  arrived();
  assert.deepEqual(inFlight.allowed, { live: true, bulk: true });
  inFlight.leave('bulk');
  assert.deepEqual(inFlight.allowed, { live: true, bulk: false });
});

test('a request leaves while the answer of the one before it is stored', async () => {
  const world = people(10);
  const engine = await world.engine();
  storeSlowly(engine, world);
  const backfill = engine.backfill('people');
  await world.clock.pass(1_000);
  assert.equal(world.target.requests.length, 2);
  assert.equal((await world.run(backfill)).counts.created, 10);
});

test('none leaves while the answer is stored that says to wait', async () => {
  const world = people(10);
  const engine = await world.engine();
  storeSlowly(engine, world);
  world.target.fate = ({ at }) =>
    world.target.requests.length > 1
      ? { kind: 'answered' }
      : { kind: 'refused', error: new WaitError('limit', at + 30_000, []) };
  const backfill = engine.backfill('people');
  await world.clock.pass(29_000);
  assert.equal(world.target.requests.length, 1);
  assert.equal((await world.run(backfill)).counts.created, 10);
});
