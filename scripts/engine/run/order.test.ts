import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { balances } from '../outcomes.ts';
import { expectedTarget, fill, roll, seededRandom, shuffled, World } from '../testing/index.ts';

test('N-05: the counts and the target are the same for any order of pages', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(100_000), async (seed) => {
      const counts = [];
      for (const order of [1, 2, 3]) {
        const world = new World(order);
        fill(world, seed, 60);
        const random = seededRandom(seed + order);
        world.source.order = (rows) => shuffled(rows, random);
        world.source.pageSize = 1 + roll(random, 20);
        world.source.chunkSize = 1 + roll(random, 10);
        const engine = await world.engine();
        const first = order === 2 ? ['prospects', 'people'] : ['people', 'prospects'];
        const figures = [];
        for (const sync of first) {
          const run = await world.run(engine.backfill(sync));
          assert(balances(run.counts));
          figures.push([sync, run.counts, run.reasons]);
        }
        assert.deepEqual(new Map([...world.target.records].sort()), new Map([...expectedTarget(world)].sort()));
        const requests = world.target.requests.length;
        for (const sync of first) {
          const run = await world.run(engine.backfill(sync));
          assert.equal(run.counts.created + run.counts.updated, 0);
        }
        assert.equal(world.target.requests.length, requests, 'an unchanged backfill sends nothing');
        assert.deepEqual(world.died, []);
        assert.deepEqual(world.target.doubled, []);
        // Which sync comes first matters to what it counts, since they share their keys; the order of pages does not.
        if (order !== 2) counts.push(figures);
      }
      assert.deepEqual(counts[0], counts[1]);
    }),
    { numRuns: 60 },
  );
});

test('N-05: the counts of a later run are the same for any order of pages, however the ranks of claimants changed', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(100_000), async (seed) => {
      const counts = [];
      for (const order of [1, 2, 3]) {
        const world = new World(order);
        fill(world, seed, 40);
        const engine = await world.engine();
        await world.run(engine.backfill('people'));
        // Most records change, many of them in nothing but their stamp, so that claimants pass each other.
        const changes = seededRandom(seed);
        for (const record of world.source.objects.get('Person')?.values() ?? []) {
          const dice = roll(changes, 4);
          if (dice === 0) continue;
          const mail = roll(changes, 8) === 0 ? { Mail: `m${roll(changes, 40)}@x.com` } : {};
          const name = dice === 1 ? { Name: `N${roll(changes, 50)}` } : mail;
          world.source.save('Person', record.id, name, record.stamp + roll(changes, 30));
        }
        const random = seededRandom(seed + order);
        world.source.order = (rows) => shuffled(rows, random);
        world.source.pageSize = 1 + roll(random, 20);
        world.source.chunkSize = 1 + roll(random, 10);
        const run = await world.run(engine.backfill('people'));
        assert(balances(run.counts));
        counts.push([run.counts, run.reasons]);
        assert.deepEqual(world.died, []);
      }
      assert.deepEqual(counts[1], counts[0]);
      assert.deepEqual(counts[2], counts[0]);
    }),
    { numRuns: 80 },
  );
});
