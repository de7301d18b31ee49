import { test } from 'node:test';
import { killSchedule } from '../../../bench/harness/kill-schedule.ts';

/** `[seed, kills, records]`; other seeds: `npm run bench -- recovery`. */
const schedules = [
  [71, 4, 3_000],
  [72, 3, 6_000],
  [73, 3, 1_500],
] as const;

for (const [seed, kills, records] of schedules) {
  test(`I-X1, K-20: seed ${seed}: killed ${kills} times in backfill and live sync, with cut, doubled, late and refused requests, both sides end up the same`, async (t) => {
    const report = await killSchedule(seed, kills, records);
    t.diagnostic(JSON.stringify(report));
  });
}
