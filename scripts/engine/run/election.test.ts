import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shuffled, syncConfiguration, World } from '../testing/index.ts';

/** What the target holds of the one key that several records claim. */
function held(world: World): unknown {
  return (JSON.parse(world.target.records.get('twin@x.com') ?? '{}') as { readonly id?: string }).id;
}

function twins(election: World['election'], seed: number): World {
  const world = new World(seed);
  world.configurations = [syncConfiguration('people')];
  world.election = election;
  for (const id of ['p10', 'p2', 'p5']) world.source.save('Person', id, { Mail: 'twin@x.com', Name: id }, 1_000);
  const random = world.random;
  world.source.order = (rows) => shuffled(rows, random);
  world.source.pageSize = 1;
  return world;
}

for (const seed of [1, 2, 3, 4]) {
  test(`P-59, P-X7: of records with one key the first keeps it through edits and later twins (order ${seed})`, async () => {
    const world = twins('first', seed);
    const engine = await world.engine();
    await world.run(engine.backfill('people'));
    assert.equal(held(world), 'p10');
    world.source.save('Person', 'p5', { Name: 'edited' });
    world.source.save('Person', 'p0', { Mail: 'twin@x.com', Name: 'new' });
    await world.run(engine.changed('people', 'p5', 'p0'));
    await world.run(engine.settled());
    assert.equal(held(world), 'p10');
    await world.run(engine.backfill('people'));
    assert.equal(held(world), 'p10', 'a smaller ID that came later stays behind');
    world.source.save('Person', 'p10', { Mail: 'alone@x.com' });
    await world.run(engine.changed('people', 'p10'));
    await world.run(engine.settled());
    assert.deepEqual([...world.target.records.keys()].sort(), ['alone@x.com', 'twin@x.com']);
    assert.equal(held(world), 'p2', 'the next of those that were there');
    assert.deepEqual(world.died, []);
  });

  test(`P-58: of records with one key the smallest ID wins, and replaces what is there (order ${seed})`, async () => {
    const world = twins('smallestId', seed);
    const engine = await world.engine();
    await world.run(engine.backfill('people'));
    assert.equal(held(world), 'p10');
    world.source.save('Person', 'p0', { Mail: 'twin@x.com', Name: 'new' });
    await world.run(engine.changed('people', 'p0'));
    await world.run(engine.settled());
    assert.equal(held(world), 'p0');
    const { length } = world.target.requests;
    await world.run(engine.backfill('people'));
    assert.equal(world.target.requests.length, length, 'and stays, without a write');
    assert.deepEqual(world.died, []);
  });
}
