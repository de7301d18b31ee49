import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RetryError } from '../errors.ts';
import { FakeControl, syncConfiguration, VirtualClock, World } from '../testing/index.ts';
import { Announcements } from './announcements.ts';
import { work } from './testing/index.ts';

const ids = (count: number, from = 0): string[] => Array.from({ length: count }, (_none, index) => `r${from + index}`);

function announcing() {
  const control = new FakeControl();
  const clock = new VirtualClock();
  const logged: string[] = [];
  const announcements = new Announcements({ control, clock, log: ({ message }) => logged.push(message) });
  return { control, clock, logged, announcements };
}

test('P-67: a record that changes again before flows were told of it is told once, and then anew', async () => {
  const { control, announcements } = announcing();
  announcements.add('pendo', ['a', 'b']);
  announcements.add('pendo', ['a']);
  await announcements.tell();
  announcements.add('pendo', ['a']);
  await announcements.tell();
  assert.deepEqual(control.announced, ['pendo/a', 'pendo/b', 'pendo/a']);
});

test('P-67: what the org did not take is told again, and an hour is never filled up', async () => {
  const { control, clock, announcements, logged } = announcing();
  const { announce } = control;
  control.announce = async () => {
    throw new RetryError('the org is busy', []);
  };
  announcements.add('pendo', ids(30_000));
  await assert.rejects(announcements.tell());
  control.announce = announce;
  await announcements.tell();
  assert.equal(control.announced.length, 25_000);
  await announcements.tell();
  assert.equal(control.announced.length, 25_000);
  await clock.pass(3_600_000);
  await announcements.tell();
  assert.equal(new Set(control.announced).size, 30_000);
  announcements.add('pendo', ids(120_000, 50_000));
  assert.match(logged[0] ?? '', /not told of 20000 changed records/);
});

test('P-67: a push tells flows which records of the org it really changed, and of no other', async () => {
  const world = new World();
  world.configurations = [
    syncConfiguration('people', {
      direction: 'systemToSalesforce',
      rules: { create: false, update: true, delete: 'ignore' },
    }),
  ];
  for (const id of ['a', 'b', 'c']) {
    world.source.save('user', id, { Mail: `${id}@x.com`, Name: id });
    if (id !== 'c') world.target.records.set(`${id}@x.com`, '{}');
  }
  const usual = { type: 'string', nillable: true, readable: true, writable: true };
  const fields = new Map(
    ['mail', 'id', 'data.name', 'data.parent'].map((path) => [path, { path, label: path, ...usual }]),
  );
  world.target.describe = async (object) => ({ object, label: object, fields });
  world.target.answer = ({ key }) =>
    key === 'b@x.com'
      ? { kind: 'delivered', unchanged: true, record: 'ID-b' }
      : { kind: 'delivered', record: `ID-${key.charAt(0)}` };
  const control = new FakeControl();
  const worker = work(world, control, undefined, undefined, true);
  await worker.ask('backfill', 'people');
  await world.clock.pass(60_000);
  assert.deepEqual(control.announced, ['fake/ID-a']);
  const [run] = control.runs.values();
  assert.deepEqual([run?.counts.updated, run?.counts.unchanged, run?.counts.skipped], [1, 1, 1]);
  await worker.end();
});
