import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LeaseLostError, RetryError } from '../errors.ts';
import type { ChangeStream, StreamEvent } from '../ports/index.ts';
import { expectedTarget, fill, FakeControl, World } from '../testing/index.ts';
import { work } from './testing/index.ts';

test('I-03, I-04, I-17: what was never filled is filled, then changes arrive within the interval, and stopping gives all back', async () => {
  const world = new World();
  fill(world, 1, 40);
  const { control, end } = work(world);
  await world.clock.pass(60_000);
  assert.deepEqual(new Map([...world.target.records].sort()), new Map([...expectedTarget(world)].sort()));
  assert.deepEqual(
    [...control.runs.values()].filter((run) => run.kind === 'backfill').map((run) => run.state),
    ['finished', 'finished'],
  );
  world.source.save('Person', 'new', { Mail: 'new@x.com', Name: 'New' });
  await world.clock.pass(5_500);
  assert.match(world.target.records.get('new@x.com') ?? '', /"New"/);
  await end();
  assert(control.left);
  assert.equal(world.disk.holder, undefined);
  assert.deepEqual(world.died, []);
});

test('I-03: what changed while no worker ran is sent as soon as one is back', async () => {
  const world = new World();
  fill(world, 1, 40);
  const { end, control } = work(world);
  await world.clock.pass(60_000);
  await end();
  world.source.save('Person', 'new', { Mail: 'new@x.com', Name: 'New' });
  await world.clock.pass(10_000);
  const again = work(world, control);
  await world.clock.pass(1_000);
  assert.match(world.target.records.get('new@x.com') ?? '', /"New"/);
  await again.end();
  assert.deepEqual(world.died, []);
});

test('I-03, I-X8: a record that is saved again while its request is under way is sent again when that has ended', async () => {
  const world = new World();
  world.target.latencyMilliseconds = 8_000;
  const { end } = work(world);
  await world.clock.pass(60_000);
  world.source.save('Person', 'p', { Mail: 'p@x.com', Name: 'First' });
  await world.clock.pass(6_000);
  assert.equal(world.target.requests.length, 1);
  world.source.save('Person', 'p', { Name: 'Second' });
  await world.clock.pass(18_000);
  assert.match(world.target.records.get('p@x.com') ?? '', /"Second"/);
  await end();
  assert.deepEqual(world.died, []);
});

test('I-X2: a renamed parent reaches its children, and an unmapped change of it does not', async () => {
  const world = new World();
  world.source.save('Parent', 'a', { Name: 'Acme', Fax: '1' });
  for (let index = 0; index < 20; index++)
    world.source.save('Person', `p${index}`, { Mail: `m${index}@x.com`, ParentId: index < 15 ? 'a' : null });
  const { end } = work(world);
  await world.clock.pass(30_000);
  world.source.save('Parent', 'a', { Name: 'Apex' });
  await world.clock.pass(12_000);
  assert.equal([...world.target.records.values()].filter((json) => json.includes('"Apex"')).length, 15);
  const hydrated: string[] = [];
  world.source.fault = (call) => hydrated.push(call);
  world.source.save('Parent', 'a', { Fax: '2' });
  await world.clock.pass(12_000);
  assert(!hydrated.includes('children'));
  await end();
});

test('I-09, K-02: changes with one stamp, read again by the overlap, are sent once; a late one with the same stamp still arrives', async () => {
  const world = new World();
  const { end } = work(world);
  await world.clock.pass(10_000);
  const stamp = world.clock.now();
  for (let index = 0; index < 50; index++) world.source.save('Person', `p${index}`, { Mail: `m${index}@x.com` }, stamp);
  await world.clock.pass(6_000);
  world.source.save('Person', 'late', { Mail: 'late@x.com' }, stamp);
  await world.clock.pass(20_000);
  assert.equal(world.target.records.size, 51);
  assert.equal(world.target.requests.flatMap((request) => request.records).length, 51);
  await end();
});

test('a stream hurries changes and commands, and the worker polls on without it', async () => {
  const world = new World();
  let tell: (event: StreamEvent) => void = () => undefined;
  const stream: ChangeStream = {
    async *listen(_objects, signal) {
      yield { kind: 'state', listening: true, detail: 'open' };
      while (!signal.aborted) yield await new Promise<StreamEvent>((resolve) => (tell = resolve));
    },
  };
  world.configurations = world.configurations.map((sync) => ({ ...sync, schedule: { pollSeconds: 3_600 } }));
  const { control, end } = work(world, new FakeControl(), stream);
  await world.clock.pass(10_000);
  world.source.save('Person', 'p', { Mail: 'p@x.com' });
  tell({ kind: 'changed', object: 'Person', ids: ['p'], stamp: world.clock.now(), deleted: false });
  await world.clock.pass(100);
  assert(world.target.records.has('p@x.com'));
  control.commands.push({ id: 'bell', kind: 'status', target: '*', arguments: {} });
  tell({ kind: 'doorbell', commandId: 'bell' });
  await world.clock.pass(100);
  assert(control.answers.get('bell')?.ok);
  await end();
});

test('what was saved or asked before the stream was open is found when it opens', async () => {
  const world = new World();
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  const stream: ChangeStream = {
    async *listen(_objects, signal) {
      await opened;
      yield { kind: 'state', listening: true, detail: 'open' };
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
    },
  };
  world.configurations = world.configurations.map((sync) => ({ ...sync, schedule: { pollSeconds: 3_600 } }));
  const { control, end } = work(world, new FakeControl(), stream);
  await world.clock.pass(10_000);
  world.source.save('Person', 'p', { Mail: 'p@x.com' });
  control.commands.push({ id: 'early', kind: 'status', target: '*', arguments: {} });
  await world.clock.pass(1_000);
  assert(!world.target.records.has('p@x.com') && !control.answers.has('early'));
  open();
  await world.clock.pass(1_000);
  assert(world.target.records.has('p@x.com'));
  assert(control.answers.get('early')?.ok);
  await end();
});

test('N-04, N-10: commands are answered: check, plan, explain, retry, records, backfill, status', async () => {
  const world = new World();
  fill(world, 3, 30);
  world.source.save('Person', 'bad', { Mail: 'bad@x.com' });
  world.target.answer = ({ key }) =>
    key === 'bad@x.com' ? { kind: 'rejected', reason: 'rejected-conflict', detail: 'taken' } : { kind: 'delivered' };
  const { control, ask, end } = work(world);
  await world.clock.pass(60_000);
  const held = world.target.records.size;
  const requests = world.target.requests.length;
  world.source.save('Person', 'p-new', { Mail: 'p-new@x.com', Name: 'New' }, 1);
  world.source.save('Person', 'bad', { Mail: 'bad@x.com', Name: 'x' }, 1);
  const plan = (await ask('plan', 'people')) as unknown as {
    counts: { created: number; read: number };
    changes: { key: string; fields: unknown[] }[];
    forecast: object;
  };
  assert.deepEqual(
    [plan.counts.created, plan.counts.read, plan.changes.length],
    [2, world.source.objects.get('Person')?.size, 2],
  );
  assert.deepEqual(plan.changes.find((change) => change.key === 'p-new@x.com')?.fields, [
    { source: 'Mail', target: 'mail', path: 'mail', before: undefined, after: 'p-new@x.com' },
    { source: 'Id', target: 'id', path: 'id', before: undefined, after: 'p-new' },
    { source: 'Name', target: 'data.name', path: 'data.name', before: undefined, after: 'New' },
  ]);
  const explained = (await ask('explain', 'people/bad')) as unknown as { outcome: string; last: { sentence: string } };
  assert.equal(explained.outcome, 'created');
  assert.equal(explained.last.sentence, 'The record conflicts with another one in the other system: taken.');
  assert.equal(world.target.requests.length, requests, 'nothing was written');
  assert.equal(control.issues.get('people/bad')?.outcome, 'failed');
  world.target.answer = () => ({ kind: 'delivered' });
  assert.deepEqual(await ask('retry', 'people'), { queued: 1 });
  assert.equal(world.target.records.size, held + 1);
  assert.equal(control.issues.get('people/bad')?.outcome, 'settled', 'K-14: an issue closes itself on success');
  assert.equal((await ask('backfill', 'people'))['begun'], true);
  assert(world.target.records.has('p-new@x.com'));
  const check = (await ask('check')) as unknown as { checks: { ok: boolean }[] };
  assert(
    check.checks.every((each) => each.ok),
    JSON.stringify(check),
  );
  const records = (await ask('records', 'people', { outcome: 'skipped' })) as unknown as {
    records: { sentence: string }[];
  };
  assert(records.records.every((record) => record.sentence.length > 10) && records.records.length > 0);
  assert.equal(((await ask('status')) as unknown as { syncs: unknown[] }).syncs.length, 2);
  control.commands.push({ id: 'wrong', kind: 'explain', target: 'nobody', arguments: {} });
  await world.clock.pass(16_000);
  const wrong = control.answers.get('wrong');
  assert(wrong && !wrong.ok && wrong.actions.length > 0);
  await end();
});

test('a pause stops sending, and what changed meanwhile is sent when it ends', async () => {
  const world = new World();
  const { control, end } = work(world);
  await world.clock.pass(10_000);
  control.paused = new Set(['mail']);
  await world.clock.pass(3_000);
  world.source.save('Person', 'p', { Mail: 'p@x.com' });
  await world.clock.pass(60_000);
  assert.equal(world.target.requests.length, 0);
  control.paused = new Set();
  await world.clock.pass(31_000);
  assert(world.target.records.has('p@x.com'));
  await end();
});

test('a record that someone excludes gives its key up, and is sent again when let in', async () => {
  const world = new World();
  world.source.save('Person', 'p', { Mail: 'q@x.com', Name: 'Person' });
  world.source.save('Prospect', 'q', { Mail: 'q@x.com', Name: 'Prospect' });
  const { control, end } = work(world);
  await world.clock.pass(60_000);
  control.excluded = [{ sync: 'people', source: 'p' }];
  await world.clock.pass(65_000);
  assert.match(world.target.records.get('q@x.com') ?? '', /"Prospect"/);
  control.excluded = [];
  await world.clock.pass(65_000);
  assert.match(world.target.records.get('q@x.com') ?? '', /"Person"/);
  await end();
});

test('a worker that loses the org stops before its next request', async () => {
  const world = new World();
  const { control, done } = work(world);
  await world.clock.pass(10_000);
  control.rival = 'another store';
  await world.clock.pass(70_000);
  world.source.save('Person', 'p', { Mail: 'p@x.com' });
  await world.clock.pass(60_000);
  await assert.rejects(done, LeaseLostError);
  assert.equal(world.target.requests.length, 0);
});

test('passing faults of the source are waited out, and nothing is lost', async () => {
  const world = new World();
  fill(world, 5, 40);
  let calls = 0;
  world.source.fault = () => {
    if (++calls % 3 === 0) throw new RetryError('busy', []);
  };
  const { end, logged } = work(world);
  await world.clock.pass(600_000);
  world.source.fault = () => undefined;
  await world.clock.pass(120_000);
  assert.deepEqual(new Map([...world.target.records].sort()), new Map([...expectedTarget(world)].sort()));
  assert(logged.some((line) => line.startsWith('warn: Waiting with')));
  await end();
  assert.deepEqual(world.died, []);
});

test('a nightly sweep finds what no change told', async () => {
  const world = new World();
  world.configurations = world.configurations.map((sync) => ({
    ...sync,
    schedule: { pollSeconds: 60, sweepAt: '02:00' },
  }));
  const { control, end } = work(world);
  await world.clock.pass(60_000);
  world.source.save('Person', 'p', { Mail: 'p@x.com' }, 1);
  await world.clock.pass(2 * 3_600_000);
  assert(world.target.records.has('p@x.com'));
  assert.equal([...control.runs.values()].filter((run) => run.kind === 'sweep').length, 2);
  await end();
});

test('K-15, K-16: a worker that waits for API calls says so in its status and its log, and a person may still ask', async () => {
  const world = new World();
  world.source.save('Person', 'p', { Mail: 'p@x.com' }, 1);
  world.source.calls = { used: 850, limit: 1_000 };
  const { ask, end, logged } = work(world);
  await world.clock.pass(30_000);
  assert.equal(world.target.records.size, 0, 'the first full read waits');
  const { waits } = (await ask('status')) as unknown as { waits: { what: string; sync: string; message: string }[] };
  const [wait] = waits.filter((each) => each.sync === 'people');
  assert.equal(wait?.what, 'a full read of people');
  assert.match(wait?.message ?? '', /of the 1,000 API calls that Salesforce allows in 24 hours are left/);
  assert(logged.some((line) => line.startsWith('warn: Waiting with a full read of people:')));
  const explained = (await ask('explain', 'people/p')) as unknown as { outcome: string };
  assert.equal(explained.outcome, 'created');
  world.source.calls = { used: 0, limit: 100_000 };
  await world.clock.pass(900_000);
  assert.equal(world.target.records.size, 1);
  const later = (await ask('status')) as unknown as { waits: unknown[] };
  assert.deepEqual(later.waits, []);
  await end();
});
