import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RetryError, WaitError } from '../errors.ts';
import { FakeControl, syncConfiguration, World } from '../testing/index.ts';
import { work } from './testing/index.ts';

/** An org that does not say what is paused while `down`. */
class SilentControl extends FakeControl {
  down = false;

  override async pauses(): ReturnType<FakeControl['pauses']> {
    if (this.down) throw new RetryError('The org cannot be reached.', []);
    return await super.pauses();
  }
}

test('N-06: when a session ended by a fault that passes, nothing of it goes on beside the next one', async () => {
  const world = new World();
  for (let index = 0; index < 40; index++) world.source.save('Person', `p${index}`, { Mail: `p${index}@x.com` });
  const control = new SilentControl();
  world.target.latencyMilliseconds = 5_000;
  const { end, logged, connected } = work(world, control, undefined, { pauses: 0 });
  await world.clock.pass(4_000);
  control.down = true;
  await world.clock.pass(30_000);
  control.down = false;
  await world.clock.pass(120_000);
  assert.deepEqual([connected.length, world.target.records.size], [2, 40], 'a second session did the rest');
  const before = logged.length;
  const calls: string[] = [];
  world.source.fault = (call) => calls.push(call);
  await world.clock.pass(300_000);
  assert.deepEqual(logged.slice(before), []);
  const polled = calls.filter((call) => call === 'changes').length;
  assert.equal(polled, 3 * 60, 'of three objects every five seconds');
  await end();
  assert.deepEqual(world.died, []);
});

test('N-05: a worker is stopped at once while what it plans waits for its target', async () => {
  const world = new World();
  world.configurations = [syncConfiguration('people', { rules: { create: false, update: true, delete: 'ignore' } })];
  world.source.save('Person', 'p', { Mail: 'p@x.com' });
  const later = world.clock.now() + 3_600_000;
  world.target.read = async () => {
    throw new WaitError('The limit of the hour is reached.', later, []);
  };
  const { end } = work(world);
  await world.clock.pass(60_000);
  const asked = world.clock.now();
  await end();
  assert(world.clock.now() - asked < 60_000);
  assert.deepEqual(world.died, []);
});
