import { killSchedule, type KillReport } from './harness/kill-schedule.ts';

const schedules = 5;
const killsEach = 10;

/**
 * Fifty SIGKILLs in five seeded schedules, with faults of the dial in between. Throws, naming the seed, at the first
 * record that is lost, doubled, stale or unaccounted for.
 */
export async function recovery(records: number): Promise<object> {
  const started = performance.now();
  const reports: KillReport[] = [];
  for (let schedule = 1; schedule <= schedules; schedule += 1) {
    console.error(`schedule of seed ${schedule}: ${killsEach} kills`);
    reports.push(await killSchedule(schedule, killsEach, records));
  }
  const recoveries = reports.map((report) => report.recoverySeconds).sort((left, right) => left - right);
  return {
    seconds: (performance.now() - started) / 1000,
    recordsPerSecond: null,
    cpuMicrosecondsPerRecord: null,
    peakMemoryMB: null,
    peer: null,
    ratio: null,
    schedules,
    kills: schedules * killsEach,
    edits: reports.reduce((sum, report) => sum + report.edits, 0),
    recoverySeconds: { median: recoveries[Math.floor(recoveries.length / 2)], worst: recoveries.at(-1) },
    seeds: reports.map((report) => report.seed),
  };
}
