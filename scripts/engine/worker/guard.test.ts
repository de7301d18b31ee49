import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SettingsError } from '../errors.ts';
import { FakeControl, World } from '../testing/index.ts';
import { work } from './testing/index.ts';

test('N-15, K-40: where the version was activated for another org nothing is connected, read or sent, and it says why', async () => {
  const world = new World();
  const control = new FakeControl();
  world.source.save('Person', 'p', { Mail: 'p@x.com' });
  control.refusal = new SettingsError('The version was activated for org A, and this is org B: nothing is sent.', []);
  const read: string[] = [];
  world.source.fault = (call) => read.push(call);
  const { end, logged, connected } = work(world, control);
  await world.clock.pass(3_600_000);
  assert.deepEqual([world.target.requests.length, connected.length, read], [0, 0, []]);
  assert(logged.some((line) => line.includes('activated for org A')));
  await end();
});

test('N-15: an org that turns out to be another one while the worker runs stops it: 0 calls leave, until it is mended', async () => {
  const world = new World();
  const { control, end } = work(world);
  await world.clock.pass(30_000);
  control.refusal = new SettingsError('The version was activated for org A, and this is org B: nothing is sent.', []);
  await world.clock.pass(61_000);
  world.source.save('Person', 'p', { Mail: 'p@x.com' });
  const read: string[] = [];
  world.source.fault = (call) => read.push(call);
  await world.clock.pass(3_600_000);
  assert.deepEqual([world.target.requests.length, read], [0, []]);
  control.refusal = undefined;
  await world.clock.pass(130_000);
  assert(world.target.records.has('p@x.com'), 'what changed meanwhile is not lost');
  await end();
});

test('K-42: a store is bound to its org; in another org it is refused, and nothing is read or sent', async () => {
  const world = new World();
  const first = work(world);
  await world.clock.pass(30_000);
  await first.end();
  assert(first.control.version);
  const control = new FakeControl();
  const { configuration } = first.control.version;
  control.version = {
    ...first.control.version,
    id: 'v2',
    hash: 'h2',
    configuration: { ...configuration, orgId: 'other' },
  };
  world.source.save('Person', 'p', { Mail: 'p@x.com' });
  const second = work(world, control);
  await world.clock.pass(600_000);
  assert.deepEqual([world.target.requests.length, second.connected.length], [0, 0]);
  assert(second.logged.some((line) => line.includes('This store holds the links of org org, and this is org other')));
  await second.end();
});
