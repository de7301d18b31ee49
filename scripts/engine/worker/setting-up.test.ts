import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ChangeStream, StreamEvent } from '../ports/index.ts';
import { FakeControl, fill, World } from '../testing/index.ts';
import { work } from './testing/index.ts';

/** An org where a version is there, and not activated yet. */
function settingUp(stream?: ChangeStream) {
  const world = new World();
  fill(world, 1, 5);
  const control = new FakeControl();
  const working = work(world, control, stream);
  const version = control.version;
  control.version = undefined;
  const activate = (): void => {
    control.version = version;
  };
  return { ...working, world, activate };
}

test('while nothing is activated the doorbell is heard: who sets up waits no poll for an answer', async () => {
  let tell: (event: StreamEvent) => void = () => undefined;
  const listened: (readonly string[])[] = [];
  const stream: ChangeStream = {
    async *listen(objects, signal) {
      listened.push(objects);
      yield { kind: 'state', listening: true, detail: 'open' };
      while (!signal.aborted) {
        yield await new Promise<StreamEvent>((resolve, reject) => {
          tell = resolve;
          signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
        });
      }
    },
  };
  const { world, control, activate, end } = settingUp(stream);
  await world.clock.pass(1_000);
  control.commands.push({ id: 'early', kind: 'status', target: '*', arguments: {} });
  tell({ kind: 'doorbell', commandId: 'early' });
  await world.clock.pass(100);
  assert(control.answers.get('early'));
  activate();
  await world.clock.pass(61_000);
  assert.deepEqual(
    listened.map((objects) => objects.includes('Person')),
    [false, true],
    'the session listens in its place',
  );
  control.commands.push({ id: 'late', kind: 'status', target: '*', arguments: {} });
  tell({ kind: 'doorbell', commandId: 'late' });
  await world.clock.pass(100);
  assert(control.answers.get('late')?.ok);
  await end();
  assert.deepEqual(world.died, []);
});

test('a command is answered by the version that was activated just before it', async () => {
  const { world, activate, ask, end } = settingUp();
  await world.clock.pass(20_000);
  activate();
  const begun = await ask('backfill', 'people');
  assert.equal(begun['sync'], 'people');
  await world.clock.pass(10_000);
  assert.equal(world.target.records.size > 0, true);
  await end();
  assert.deepEqual(world.died, []);
});
