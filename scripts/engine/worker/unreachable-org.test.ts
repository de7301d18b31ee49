import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RetryError } from '../errors.ts';
import type { Answer, Command, RunRow } from '../ports/index.ts';
import { FakeControl, fill, World } from '../testing/index.ts';
import { work } from './testing/index.ts';

/** An org that cannot be reached while `down`. */
class ShakyControl extends FakeControl {
  down = false;
  /** Called while runs are on their way to the org. */
  whileReporting: () => Promise<void> = async () => undefined;

  override async beat(): Promise<void> {
    this.#mustBeUp();
    await super.beat();
  }

  override async leave(): Promise<void> {
    this.#mustBeUp();
    await super.leave();
  }

  override async answer(command: Command, answer: Answer): Promise<void> {
    this.#mustBeUp();
    await super.answer(command, answer);
  }

  override async reportRuns(runs: readonly RunRow[]): Promise<void> {
    this.#mustBeUp();
    await this.whileReporting();
    await super.reportRuns(runs);
  }

  #mustBeUp(): void {
    if (this.down) throw new RetryError('The org cannot be reached.', []);
  }
}

test('N-06: a worker that starts while the org cannot be reached waits for it', async () => {
  const world = new World();
  fill(world, 1, 10);
  const control = new ShakyControl();
  control.down = true;
  const { end } = work(world, control);
  await world.clock.pass(600_000);
  control.down = false;
  await world.clock.pass(120_000);
  assert(world.target.records.size > 0);
  await end();
  assert.deepEqual(world.died, []);
});

test('N-06: a worker that is stopped while the org cannot be reached gives its store back all the same', async () => {
  const world = new World();
  const control = new ShakyControl();
  const { end, logged } = work(world, control);
  await world.clock.pass(60_000);
  control.down = true;
  await end();
  assert.equal(world.disk.holder, undefined);
  assert(logged.some((line) => line.startsWith('warn: The org does not know that the worker has stopped')));
});

test('N-05: a run that ended just before a kill is told the org by the next worker', async () => {
  const world = new World();
  fill(world, 1, 10);
  const control = new ShakyControl();
  control.whileReporting = () => new Promise(() => undefined);
  work(world, control);
  await world.clock.pass(60_000);
  assert.equal(control.runs.size, 0, 'killed while it told of the runs');
  control.whileReporting = async () => undefined;
  const again = work(world, control);
  await world.clock.pass(240_000);
  const backfills = [...world.disk.runs.values()].filter((run) => run.kind === 'backfill');
  assert.equal(backfills.length, 2);
  for (const run of backfills) assert.deepEqual(control.runs.get(run.id), run);
  await again.end();
});

test('N-05: what changes in a run while the org is told of it is told again', async () => {
  const world = new World();
  const control = new ShakyControl();
  const { end } = work(world, control);
  await world.clock.pass(60_000);
  let saved = false;
  control.whileReporting = async () => {
    if (!saved) world.source.save('Person', 'second', { Mail: 'second@x.com' });
    saved = true;
    await world.clock.sleep(20_000);
  };
  world.source.save('Person', 'first', { Mail: 'first@x.com' });
  await world.clock.pass(180_000);
  assert(saved);
  const live = [...world.disk.runs.values()].filter((run) => run.kind === 'live' && run.counts.read > 0);
  assert.equal(live[0]?.counts.read, 2);
  assert.deepEqual(control.runs.get(live[0].id)?.counts, live[0].counts);
  await end();
});

test('N-06: commands whose answer the org does not take are run once, and answered once it does', async () => {
  const world = new World();
  world.source.save('Person', 'p', { Mail: 'p@x.com' });
  const control = new ShakyControl();
  const { end } = work(world, control);
  await world.clock.pass(60_000);
  control.down = true;
  for (const id of ['a', 'b']) control.commands.push({ id, kind: 'backfill', target: 'people', arguments: {} });
  await world.clock.pass(90_000);
  assert.equal(control.answers.size, 0);
  control.down = false;
  await world.clock.pass(120_000);
  assert.deepEqual([...control.answers.keys()].sort(), ['a', 'b']);
  const manual = [...world.disk.runs.values()].filter((run) => run.sync === 'people' && run.kind !== 'live');
  assert.equal(manual.length, 3, 'the first fill, and one for each command');
  await end();
});
