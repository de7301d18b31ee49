import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RetryError } from '../errors.ts';
import { newRun } from '../run/index.ts';
import { FakeControl, MemoryDisk, MemoryStore, syncConfiguration, VirtualClock, World } from '../testing/index.ts';
import { Announcements } from './announcements.ts';
import { work } from './testing/index.ts';

const run = newRun('r1', 'usage', 'sweep', 0);
const ids = (count: number, from = 0): string[] => Array.from({ length: count }, (_none, index) => `r${from + index}`);

async function announcing() {
  const control = new FakeControl();
  const clock = new VirtualClock();
  const logged: string[] = [];
  const disk = new MemoryDisk();
  const open = async (): Promise<{ store: MemoryStore; announcements: Announcements }> => {
    const store = new MemoryStore(clock, disk);
    await store.acquire(`worker ${clock.now()}`, clock.now(), 0);
    const ports = { control, store, clock, log: ({ message }: { readonly message: string }) => logged.push(message) };
    return { store, announcements: new Announcements(ports, () => undefined) };
  };
  const first = await open();
  await first.store.commit({ runs: [{ ...run, startedAt: clock.now() }] });
  const add = (records: readonly string[], store = first.store): Promise<void> =>
    store.commit({
      announcements: records.map((record) => ({ system: 'pendo', record, run: run.id, at: clock.now() })),
    });
  return { ...first, open, add, control, clock, logged };
}

test('P-67: a record that changes again before flows were told of it is told once, and then anew', async () => {
  const { control, announcements, add } = await announcing();
  await add(['a', 'b']);
  await add(['a']);
  await announcements.tell();
  await add(['a']);
  await announcements.tell();
  assert.deepEqual(control.announced, ['pendo/b', 'pendo/a', 'pendo/a']);
});

test('P-67: what a killed worker had not told is told by the next one', async () => {
  const { control, clock, open, add } = await announcing();
  await add(['a', 'b']);
  await clock.pass(1);
  const { announcements } = await open();
  await announcements.tell();
  assert.deepEqual(control.announced, ['pendo/a', 'pendo/b']);
});

test('P-67, N-10: what the org did not take is told again, an hour is never filled up, and its calls are counted', async () => {
  const { control, clock, announcements, logged, add, store } = await announcing();
  const { announce } = control;
  control.announce = async () => {
    throw new RetryError('the org is busy', []);
  };
  await add(ids(30_000));
  await assert.rejects(announcements.tell());
  control.announce = announce;
  await announcements.tell();
  assert.equal(control.announced.length, 25_000);
  await announcements.tell();
  assert.equal(control.announced.length, 25_000);
  assert.equal((await store.run(run.id))?.tellCalls, 125);
  await clock.pass(3_600_000);
  await announcements.tell();
  assert.equal(new Set(control.announced).size, 30_000);
  await add(ids(10, 50_000));
  await clock.pass(25 * 3_600_000);
  await announcements.tell();
  assert.match(logged[0] ?? '', /not told of 10 changed records/);
  assert.equal(control.announced.length, 30_000);
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
