import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { RetryError } from '../errors.ts';
import { balances } from '../outcomes.ts';
import type { RecordRow } from '../ports/index.ts';
import { fill, World } from '../testing/index.ts';

function people(world: World, number: number): void {
  for (let index = 0; index < number; index++) {
    world.source.save('Person', `p${String(index).padStart(2, '0')}`, { Mail: `m${index}@x.com` });
  }
}

test('I-24: the caller of a full read learns when it is done: not before the last record is settled', async () => {
  const world = new World();
  people(world, 23);
  const engine = await world.engine();
  world.target.latencyMilliseconds = 1_000;
  let done = false;
  const reading = engine.backfill('people').then((run) => {
    done = true;
    return run;
  });
  // 5 requests, 2 at once: the last one is answered after 3 s.
  await world.clock.pass(2_900);
  assert.deepEqual([done, world.target.records.size], [false, 20]);
  const run = await world.run(reading);
  assert.deepEqual([run.state, run.counts.created, world.target.records.size], ['finished', 23, 23]);
  assert.equal(world.disk.rows.get('people')?.size, 23);
});

test('I-24: the caller of live work learns when it is settled', async () => {
  const world = new World();
  people(world, 3);
  const engine = await world.engine();
  world.target.latencyMilliseconds = 1_000;
  await engine.changed('people', 'p00', 'p01', 'p02');
  await world.clock.pass(10);
  assert.equal(world.target.records.size, 0);
  await world.run(engine.pipeline.settled());
  assert.equal(world.target.records.size, 3);
});

test('I-X4: a page is over when each of its records has an outcome; what failed or waits in it is counted and named', async () => {
  const world = new World(1, { maxRecords: 3, maxInFlight: 1 });
  people(world, 28);
  world.target.answer = ({ key }) =>
    key === 'm9@x.com'
      ? { kind: 'rejected', reason: 'rejected-conflict', detail: 'taken' }
      : key === 'm16@x.com'
        ? { kind: 'retry', reason: 'passing-fault', detail: 'locked' }
        : { kind: 'delivered' };
  const engine = await world.engine();
  const reading = engine.backfill('people');
  reading.catch(() => undefined);
  const pages: number[] = [];
  await world.clock.pass(0);
  const [id] = world.disk.runs.keys();
  for (let step = 0; step < 100; step++) {
    const run = world.disk.runs.get(id ?? '');
    assert(run);
    // Seven records a page: the place in the read never runs ahead of what is accounted for.
    const place = run.position === undefined ? 0 : (JSON.parse(run.position) as [string, number])[1];
    assert(run.counts.read >= place, `${run.counts.read} of ${place}`);
    if (!run.pagesDone && pages.at(-1) !== place) pages.push(place);
    await world.clock.pass(10);
  }
  assert.deepEqual(pages, [0, 7, 14, 21]);
  const run = world.disk.runs.get(id ?? '');
  assert(run && balances(run.counts));
  assert.equal(run.state, 'running', 'what waits is part of the run');
  assert.deepEqual([run.counts.created, run.counts.failed, run.counts.held], [26, 1, 1]);
  assert.deepEqual(run.reasons, { 'rejected-conflict': 1, 'passing-fault': 1 });
  world.target.answer = () => ({ kind: 'delivered' });
  const end = await world.run(reading);
  assert.deepEqual([end.state, end.counts.created, end.counts.held], ['finished', 27, 0]);
});

test('I-23: a record takes one path: sent live or by a full read, the target and the rows hold the same', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(100_000), async (seed) => {
      const ends = [];
      for (const entrance of ['live', 'bulk']) {
        const world = new World(seed);
        fill(world, seed, 30);
        const engine = await world.engine();
        for (const [sync, object] of [
          ['people', 'Person'],
          ['prospects', 'Prospect'],
        ] as const) {
          if (entrance === 'bulk') await world.run(engine.backfill(sync));
          else await engine.changed(sync, ...(world.source.objects.get(object)?.keys() ?? []));
          await world.run(engine.settled());
        }
        assert.deepEqual(world.died, []);
        const rows = [...world.disk.rows.values()].flatMap((each) => [...each.values()].map(said));
        ends.push([new Map([...world.target.records].sort()), rows.sort()]);
      }
      assert.deepEqual(ends[0], ends[1]);
    }),
    { numRuns: 40 },
  );
});

/** What a row says of a record, whichever way it came. */
function said({ sync, source, key, hash, outcome, reason }: RecordRow): string {
  return JSON.stringify([sync, source, key, hash, outcome, reason]);
}

test('K-03: a full read waits for no count; what the source could not tell is asked for when all pages are read', async () => {
  const world = new World();
  world.source.save('Person', 'a', { Mail: 'a@x.com' });
  let asked = 0;
  world.source.fault = (call) => {
    if (call !== 'count' || ++asked > 2) return;
    throw new RetryError(`count ${asked} timed out`, []);
  };
  const engine = await world.engine();
  const run = await world.run(engine.backfill('people'));
  assert.deepEqual([run.state, run.expected, run.counts.created], ['finished', 1, 1]);
  assert.deepEqual(world.waits, ['count 2 timed out'], 'it was waited out once, with nothing left to read');
});
