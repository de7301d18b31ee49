import assert from 'node:assert/strict';
import { test } from 'node:test';
import { VirtualClock, World } from '../testing/index.ts';
import { apiReserve, Budget, targetWithinBudget } from './budget.ts';

function budgetOf(left: number, limit = 1_000): Budget {
  return new Budget({ budget: () => ({ used: limit - left, limit }) }, new VirtualClock(), apiReserve);
}

test('K-15, N-10: bulk work stops at the reserve for people, live work at a smaller one, and at 0 calls left everything does', () => {
  const may = (left: number): readonly boolean[] =>
    (['bulk', 'live'] as const).map((urgency) => budgetOf(left).wait(urgency) === undefined);
  assert.deepEqual(may(1_000), [true, true]);
  assert.deepEqual(may(201), [true, true]);
  assert.deepEqual(may(200), [false, true]);
  assert.deepEqual(may(51), [false, true]);
  assert.deepEqual(may(50), [false, false]);
  assert.deepEqual(may(1), [false, false]);
  assert.deepEqual(may(0), [false, false]);
  // More was used than the limit allows, as an org may tell after a burst.
  assert.deepEqual(may(-5), [false, false]);
  const none = { bulkPercent: 0, livePercent: 0 };
  const last = (left: number): boolean =>
    new Budget({ budget: () => ({ used: 10 - left, limit: 10 }) }, new VirtualClock(), none).wait('live') === undefined;
  assert.deepEqual([last(1), last(0)], [true, false], 'without a reserve the last call may be used');
});

test('K-15: what the source has not told is not guessed at', () => {
  const budget = new Budget({ budget: () => undefined }, new VirtualClock(), apiReserve);
  assert.equal(budget.wait('bulk'), undefined);
});

test('K-16: the reason is plain: how many calls are left of how many, what waits, and when it is looked at again', () => {
  assert.equal(
    budgetOf(3_000, 15_000).wait('bulk')?.message,
    '3,000 of the 15,000 API calls that Salesforce allows in 24 hours are left. The last 3,000 are kept for people and live changes, so full reads wait; used calls come back 24 hours after they were made, and it is looked at again at 00:15 UTC.',
  );
  assert.match(budgetOf(0).wait('live')?.message ?? '', /^0 of the 1,000 .* None is left, so everything waits;/);
});

test('K-15, N-10: a backfill stops before the reserve, live work goes on, and the backfill ends when calls come back', async () => {
  const world = new World();
  for (let index = 0; index < 100; index++) world.source.save('Person', `p${index}`, { Mail: `m${index}@x.com` });
  // The count, the job and 6 of its 15 pages; 20 calls are kept.
  world.source.calls = { used: 72, limit: 100 };
  const engine = await world.engine();
  let done = false;
  const reading = engine.backfill('people').then((run) => {
    done = true;
    return run;
  });
  await world.clock.pass(30_000);
  assert.equal(world.source.calls.used, 80, 'not one call of the reserve was used');
  assert.equal(done, false);
  assert(world.target.records.size > 0 && world.target.records.size < 100);
  assert.match(world.waits[0] ?? '', /^20 of the 100 API calls .* full reads wait/);
  world.source.save('Person', 'p99', { Name: 'Live' });
  await engine.changed('people', 'p99');
  await world.clock.pass(1_000);
  assert.match(world.target.records.get('m99@x.com') ?? '', /"Live"/);
  world.source.calls.used = 0;
  const run = await world.run(reading);
  assert.deepEqual([run.state, run.counts.read, world.target.records.size], ['finished', 100, 100]);
});

test('K-15: at no call left live work waits too, and is done when calls come back: nothing is lost', async () => {
  const world = new World();
  const engine = await world.engine();
  world.source.calls = { used: 100, limit: 100 };
  world.source.save('Person', 'p', { Mail: 'p@x.com' });
  await engine.changed('people', 'p');
  await world.clock.pass(60_000);
  assert.deepEqual([world.source.calls.used, world.target.records.size], [100, 0]);
  assert.match(world.waits[0] ?? '', /everything waits/);
  world.source.calls.used = 10;
  await world.run(engine.settled());
  assert(world.target.records.has('p@x.com'));
});

test('K-15: children of a changed parent are bulk work: below the reserve they wait, and a changed record does not', async () => {
  const world = new World();
  for (const id of ['a', 'b']) world.source.save('Person', id, { Mail: `${id}@x.com` });
  const engine = await world.engine();
  world.source.calls = { used: 85, limit: 100 };
  const dueAt = world.clock.now();
  const item = { sync: 'people', dueAt };
  await engine.store.commit({
    enqueue: [
      { ...item, source: 'a', urgency: 2, cause: 'parent' },
      { ...item, source: 'b', urgency: 0, cause: 'changed' },
    ],
  });
  engine.lives.get('people')?.wake();
  await world.clock.pass(60_000);
  assert.deepEqual([...world.target.records.keys()], ['b@x.com']);
  world.source.calls.used = 10;
  await world.run(engine.settled());
  assert.equal(world.target.records.size, 2);
});

test('K-15: calls that write into the org are of the same budget', async () => {
  const world = new World();
  world.source.calls = { used: 85, limit: 100 };
  const target = targetWithinBudget(world.target, new Budget(world.source, world.clock, apiReserve));
  const record = { key: 'a@x.com', action: 'upsert', json: '{}' } as const;
  const send = (urgency: 'live' | 'bulk') => world.run(target.send('user', [record], urgency, async () => undefined));
  const kept = await send('bulk');
  assert.match(kept.kind === 'refused' ? kept.error.message : kept.kind, /15 of the 100 API calls/);
  assert.equal((await send('live')).kind, 'answered');
});

test('K-17: waiting for calls is no attempt of a record: its own retry budget is untouched', async () => {
  const world = new World();
  const engine = await world.engine();
  world.source.calls = { used: 100, limit: 100 };
  world.source.save('Person', 'p', { Mail: 'p@x.com' });
  await engine.changed('people', 'p');
  // Far more looks than a record has attempts.
  await world.clock.pass(20 * 3_600_000);
  const dueAt = world.clock.now() + 1e9;
  const leased = await engine.store.lease({ sync: 'people', now: dueAt, milliseconds: 1, limit: 10 });
  assert.deepEqual(
    leased.map(({ source, attempts }) => [source, attempts]),
    [['p', 0]],
  );
});
