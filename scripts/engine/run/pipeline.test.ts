import assert from 'node:assert/strict';
import { test } from 'node:test';
import { balances, type Counts } from '../outcomes.ts';
import type { RunRow } from '../ports/index.ts';
import { syncConfiguration, World } from '../testing/index.ts';

function figures(run: RunRow): Partial<Counts> {
  assert(balances(run.counts), JSON.stringify(run.counts));
  return Object.fromEntries(Object.entries(run.counts).filter(([, number]) => number !== 0));
}

test('I-X7, N-05: a backfill accounts for each record, and a second one writes nothing', async () => {
  const world = new World();
  for (let index = 0; index < 40; index++) {
    world.source.save(
      'Person',
      `p${String(index).padStart(2, '0')}`,
      { Mail: index % 10 === 9 ? null : `M${index % 20}@x.com`, Name: `N${index}` },
      1_000 + index,
    );
  }
  const engine = await world.engine();
  const first = await world.run(engine.backfill('people'));
  assert.equal(first.state, 'finished');
  assert.deepEqual(figures(first), { read: 40, created: 18, skipped: 22 });
  assert.deepEqual(first.reasons, { 'no-key': 4, 'another-record-owns-key': 18 });
  assert.equal(world.target.records.size, 18);
  assert.equal(world.target.records.get('m3@x.com'), '{"mail":"m3@x.com","id":"p23","data":{"name":"N23"}}');
  const requests = world.target.requests.length;
  const second = await world.run(engine.backfill('people'));
  assert.deepEqual(figures(second), { read: 40, unchanged: 18, skipped: 22 });
  assert.equal(world.target.requests.length, requests);
  assert.deepEqual(world.died, []);
});

test('K-45: a record that is created opted out is created with its opt-out, in one request, and opting out goes first', async () => {
  const world = new World();
  const { mappings } = syncConfiguration('people');
  const optOut = { source: 'OptOut', target: 'data.optOut', blank: 'keep' } as const;
  world.configurations = [syncConfiguration('people', { mappings: [...mappings, optOut] })];
  world.source.save('Person', 'p', { Mail: 'p@x.com', OptOut: true });
  const engine = await world.engine();
  await engine.changed('people', 'p');
  await world.run(engine.settled());
  assert.match(world.target.requests[0]?.records[0]?.json ?? '', /"optOut":true/);
  for (let index = 0; index < 60; index++) {
    world.source.save('Person', `q${index}`, { Mail: `q${index}@x.com`, OptOut: false });
  }
  const backfill = engine.backfill('people');
  await world.clock.pass(50);
  world.source.save('Person', 'q59', { OptOut: true }, world.clock.now() + 1_000);
  await engine.changed('people', 'q59');
  await world.run(backfill);
  await world.run(engine.settled());
  const first = world.target.requests.find(({ records }) => records.some(({ key }) => key === 'q59@x.com'));
  assert.equal(first?.urgency, 'live');
  assert.match(first?.records.find(({ key }) => key === 'q59@x.com')?.json ?? '', /"optOut":true/);
});

test('K-20: a value set back while its request was unanswered is sent again', async () => {
  const world = new World();
  world.source.save('Person', 'p', { Mail: 'p@x.com', Name: 'A' });
  const engine = await world.engine();
  await world.run(engine.backfill('people'));
  world.target.fate = () => ({ kind: 'unanswered', applied: true });
  world.source.save('Person', 'p', { Name: 'B' });
  await engine.changed('people', 'p');
  await world.clock.pass(200);
  assert.match(world.target.records.get('p@x.com') ?? '', /"B"/);
  world.target.fate = () => ({ kind: 'answered' });
  world.source.save('Person', 'p', { Name: 'A' });
  await engine.changed('people', 'p');
  await world.run(engine.settled());
  assert.match(world.target.records.get('p@x.com') ?? '', /"A"/);
});

test('I-X1: what a killed process had sent is not taken for what it was, though its record is gone', async () => {
  const world = new World();
  world.source.save('Prospect', 'q', { Mail: 'q@x.com', Name: 'Prospect' });
  const engine = await world.engine();
  await world.run(engine.backfill('prospects'));
  world.source.save('Person', 'p', { Mail: 'q@x.com', Name: 'Person' });
  await engine.changed('people', 'p');
  // The request takes effect while the process dies; the person is deleted before the next one starts.
  await world.clock.pass(10);
  world.source.remove('Person', 'p');
  const next = await world.engine();
  await world.clock.pass(30);
  assert.match(world.target.records.get('q@x.com') ?? '', /"Person"/);
  await world.run(next.settled());
  assert.match(world.target.records.get('q@x.com') ?? '', /"Prospect"/);
});

test('I-X6: a contact comes before a lead, and the runner-up is sent when the winner gives its key up', async () => {
  const world = new World();
  world.source.save('Person', 'p', { Mail: 'q@x.com', Name: 'Person' }, 1_000);
  world.source.save('Prospect', 'q', { Mail: 'Q@x.com ', Name: 'Prospect' }, 9_000);
  const engine = await world.engine();
  await world.run(engine.backfill('prospects'));
  assert.match(world.target.records.get('q@x.com') ?? '', /"Prospect"/);
  await world.run(engine.backfill('people'));
  assert.match(world.target.records.get('q@x.com') ?? '', /"Person"/);
  assert.equal(world.disk.rows.get('prospects')?.get('q')?.detail, 'p');
  world.source.save('Person', 'p', { Mail: 'new@x.com' });
  await engine.changed('people', 'p');
  await world.run(engine.settled());
  assert.match(world.target.records.get('q@x.com') ?? '', /"Prospect"/);
  assert.match(world.target.records.get('new@x.com') ?? '', /"Person"/);
});

test('I-X3: a deleted record is forgotten when the policy says so, unless another record has its key', async () => {
  const world = new World();
  const rules = { create: true, update: true, delete: 'forget' } as const;
  world.configurations = [syncConfiguration('people', { rules }), syncConfiguration('prospects', { rules })];
  world.source.save('Person', 'p1', { Mail: 'one@x.com' });
  world.source.save('Person', 'p2', { Mail: 'two@x.com' });
  world.source.save('Prospect', 'q2', { Mail: 'two@x.com', Name: 'left' });
  const engine = await world.engine();
  await world.run(engine.backfill('people'));
  await world.run(engine.backfill('prospects'));
  world.source.remove('Person', 'p1');
  world.source.remove('Person', 'p2');
  await engine.changed('people', 'p1', 'p2');
  await world.run(engine.settled());
  assert.deepEqual([...world.target.records], [['two@x.com', '{"mail":"two@x.com","id":"q2","data":{"name":"left"}}']]);
});

test('I-X5: a bulk row gives way to newer live work, and a read that is lost starts again in the same run', async () => {
  const world = new World();
  for (let index = 0; index < 30; index++)
    world.source.save('Person', `p${index}`, { Mail: `m${index}@x.com`, Name: 'old' });
  const engine = await world.engine();
  const backfill = engine.backfill('people');
  await world.clock.pass(25);
  world.source.save('Person', 'p29', { Name: 'new' }, world.clock.now() + 5_000);
  await engine.changed('people', 'p29');
  world.source.loseJobs();
  const run = await world.run(backfill);
  await world.run(engine.settled());
  assert.equal(run.counts.read, 30);
  assert(balances(run.counts));
  assert.match(world.target.records.get('m29@x.com') ?? '', /"new"/);
  assert.equal(world.target.records.size, 30);
});

test('I-X1: stopping finishes the request that has left, and the next process goes on where it was', async () => {
  const world = new World(1, { maxInFlight: 1 });
  for (let index = 0; index < 40; index++) world.source.save('Person', `p${index}`, { Mail: `m${index}@x.com` });
  const engine = await world.engine();
  engine.backfill('people').catch(() => undefined);
  await world.clock.pass(70);
  await world.run(engine.stop());
  const before = world.target.records.size;
  assert(before > 0 && before < 40);
  assert.equal(world.disk.sendings.size, 0);
  const run = await world.run((await world.engine()).backfill('people'));
  assert.deepEqual(figures(run), { read: 40, created: 40 });
  assert.equal(world.target.requests.flatMap((request) => request.records).length, 40, 'nothing was sent twice');
});

test('I-03: live work goes before bulk rows', async () => {
  const world = new World(1, { maxInFlight: 1 });
  world.target.latencyMilliseconds = 1_000;
  for (let index = 0; index < 60; index++)
    world.source.save('Person', `p${index}`, { Mail: `m${index}@x.com`, Name: 'old' });
  const engine = await world.engine();
  engine.backfill('people').catch(() => undefined);
  await world.clock.pass(2_100);
  world.source.save('Prospect', 'q', { Mail: 'q@x.com', Name: 'live' });
  await engine.changed('prospects', 'q');
  await world.clock.pass(1_950);
  assert(world.target.records.has('q@x.com'));
  assert(world.target.records.size < 30);
});

test('K-05: a record that failed stays in the ledger while the cursor moves on, and is tried again by its reason', async () => {
  const world = new World();
  for (let index = 0; index < 30; index++) world.source.save('Person', `p${index}`, { Mail: `m${index}@x.com` });
  world.target.answer = ({ key }) =>
    key === 'm3@x.com'
      ? { kind: 'rejected', reason: 'rejected-conflict', detail: 'taken' }
      : key === 'm4@x.com'
        ? { kind: 'rejected', reason: 'rejected-type-mismatch', detail: 'size' }
        : { kind: 'delivered' };
  const engine = await world.engine();
  const run = await world.run(engine.backfill('people'));
  assert.deepEqual([run.state, figures(run)], ['finished', { read: 30, created: 28, failed: 2 }]);
  const failed = await engine.store.records({ sync: 'people', outcome: 'failed', limit: 10 });
  assert.deepEqual(failed.map(({ source, reason }) => [source, reason]).sort(), [
    ['p3', 'rejected-conflict'],
    ['p4', 'rejected-type-mismatch'],
  ]);
  // The one cause is mended, and its group is tried again: nobody has to edit a record.
  world.target.answer = ({ key }) =>
    key === 'm4@x.com' ? { kind: 'rejected', reason: 'rejected-type-mismatch', detail: 'size' } : { kind: 'delivered' };
  const group = await engine.store.records({ sync: 'people', reason: 'rejected-conflict', limit: 10 });
  await engine.changed('people', ...group.map(({ source }) => source));
  await world.run(engine.settled());
  assert(world.target.records.has('m3@x.com'));
  const left = await engine.store.records({ sync: 'people', outcome: 'failed', limit: 10 });
  assert.deepEqual(
    left.map(({ source }) => source),
    ['p4'],
  );
});

test('K-23: a full resync, even with a store that remembers nothing, changes records where they are and makes no second one', async () => {
  const world = new World();
  for (let index = 0; index < 30; index++) world.source.save('Person', `p${index}`, { Mail: `m${index}@x.com` });
  const engine = await world.engine();
  await world.run(engine.backfill('people'));
  await engine.stop();
  world.disk.rows.clear();
  world.disk.claims.clear();
  for (let index = 0; index < 30; index++)
    world.source.save('Person', `p${index}`, { Mail: ` M${index}@X.com`, Name: 'B' });
  const run = await world.run((await world.engine()).backfill('people'));
  assert(balances(run.counts));
  assert.equal(world.target.records.size, 30);
  assert([...world.target.records.values()].every((json) => json.includes('"B"')));
});
