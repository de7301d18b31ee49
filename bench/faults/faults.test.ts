import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Store } from '../../scripts/engine/index.ts';
import { generateSchedule, isClean, runSchedule, shrink, type RunOptions, type Schedule } from './index.ts';

const schedules = 300;
/** Of these each showed a fault once. */
const failedOnce = [862, 1031, 2008, 2367, 2476, 2599, 5197, 5866, 6649, 7684, 8349];
const seeds = [...Array.from({ length: schedules }, (_, index) => index + 1), ...failedOnce];

test(`N-06: ${seeds.length} schedules of faults and kills lose, double and forget nothing`, async () => {
  for (const seed of seeds) {
    const { lost, doubled, stale, unaccounted } = await runSchedule(generateSchedule(seed));
    assert.deepEqual(
      { lost, doubled, stale, unaccounted },
      { lost: [], doubled: [], stale: [], unaccounted: [] },
      `seed ${seed}: npm run bench -- faults --schedules 1 --seed ${seed}`,
    );
  }
});

test('N-07: the same seed gives the same trace, event by event', async () => {
  for (const seed of [2, 14, 35]) {
    const first = await runSchedule(generateSchedule(seed));
    const second = await runSchedule(generateSchedule(seed));
    assert.equal(first.digest, second.digest, `seed ${seed}`);
  }
});

test('N-06: a schedule that fails is shrunk to what it fails by', async () => {
  const forgetful: RunOptions = { wrapStore: seeingNothing };
  let failing: Schedule | undefined;
  for (let seed = 1; failing === undefined; seed++) {
    const schedule = generateSchedule(seed);
    if (!isClean(await runSchedule(schedule, forgetful))) failing = schedule;
  }
  const least = await shrink(failing, (schedule) => runSchedule(schedule, forgetful));
  assert(least.steps.length < failing.steps.length);
  assert(!isClean(await runSchedule(least, forgetful)));
  for (const step of least.steps) {
    const without = { ...least, steps: least.steps.filter((each) => each !== step) };
    assert(isClean(await runSchedule(without, forgetful)), `it fails without ${JSON.stringify(step)}`);
  }
});

/** Takes every change as seen already. */
function seeingNothing(store: Store): Store {
  return new Proxy(store, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target);
      if (name === 'unseen') return () => Promise.resolve([]);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}
