import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { expectedTarget, fill, roll, seededRandom, World } from '../testing/index.ts';
import { work } from './testing/index.ts';

test('K-33: a clock an hour off on either side loses nothing, and puts nothing old over anything new', async () => {
  for (const skew of [3_600_000, -3_600_000]) {
    const world = new World(1, {}, skew);
    fill(world, 4, 40);
    const { end } = work(world);
    await world.clock.pass(60_000);
    const random = seededRandom(skew);
    for (let step = 0; step < 40; step++) {
      world.source.save('Person', `r${String(roll(random, 40)).padStart(3, '0')}`, { Name: `S${step}` });
      await world.clock.pass(roll(random, 4_000));
    }
    world.source.save('Person', 'last', { Mail: 'last@x.com', Name: 'last' });
    await world.clock.pass(30_000);
    assert.deepEqual(new Map([...world.target.records].sort()), new Map([...expectedTarget(world)].sort()), `${skew}`);
    assert.deepEqual(world.died, []);
    await end();
  }
});

test('K-36, N-14: after any changes both sides are quiet within two cycles: not one further write', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(100_000), async (seed) => {
      const world = new World(seed);
      fill(world, seed, 20);
      world.source.save('Parent', 'a', { Name: 'A' });
      const { end } = work(world);
      await world.clock.pass(30_000);
      const random = seededRandom(seed);
      for (let step = 0; step < 8; step++) {
        const id = `r${String(roll(random, 20)).padStart(3, '0')}`;
        const object = world.source.objects.get('Person')?.has(id) ? 'Person' : 'Prospect';
        world.source.save(object, id, {
          Name: `S${roll(random, 3)}`,
          ...(roll(random, 3) === 0 && { Mail: `m${roll(random, 20)}@x.com` }),
          ...(roll(random, 3) === 0 && { ParentId: 'a' }),
        });
        if (roll(random, 3) === 0) world.source.save('Parent', 'a', { Name: `P${step}` });
        await world.clock.pass(roll(random, 3_000));
      }
      // Two polls of 5 s, with the requests that they cause.
      await world.clock.pass(11_000);
      const writes = world.target.requests.length;
      await world.clock.pass(600_000);
      assert.equal(world.target.requests.length, writes);
      // A key that its record gave up stays where it is: a sync that does not delete leaves it alone.
      for (const [key, json] of expectedTarget(world)) assert.equal(world.target.records.get(key), json);
      await end();
    }),
    { numRuns: 12 },
  );
});

test('K-37: objects are read side by side, and the status shows how long the backlog takes', async () => {
  const world = new World();
  for (let index = 0; index < 60; index++) {
    world.source.save('Person', `p${index}`, { Mail: `p${index}@x.com` }, 1);
    world.source.save('Prospect', `q${index}`, { Mail: `q${index}@x.com` }, 1);
  }
  world.target.latencyMilliseconds = 1_000;
  const { ask, control, end } = work(world);
  await world.clock.pass(5_000);
  const { requests } = world.target;
  const place = (letter: string): readonly number[] =>
    requests.flatMap(({ records }, index) => (records[0]?.key.startsWith(letter) ? [index] : []));
  assert(Math.min(...place('q')) < Math.max(...place('p')), 'prospects do not wait for all people');
  assert(Math.min(...place('p')) < Math.max(...place('q')), 'people do not wait for all prospects');
  await world.clock.pass(60_000);
  control.paused = new Set(['*']);
  await world.clock.pass(3_000);
  for (let index = 0; index < 60; index++) world.source.save('Person', `p${index}`, { Name: 'new' });
  await world.clock.pass(6_000);
  type Status = { syncs: { sync: string; backlog: number; drainsInSeconds?: number }[] };
  const { syncs } = (await ask('status')) as unknown as Status;
  const people = syncs.find((each) => each.sync === 'people');
  // 5 records a request, 5 requests a second.
  assert.deepEqual([people?.backlog, people?.drainsInSeconds], [60, 3]);
  await end();
});
