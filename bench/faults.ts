import { generateSchedule, isClean, runSchedule, shrink, type Findings, type Schedule } from './faults/index.ts';

/** A failing schedule costs a hundred runs to shrink; after these they are only named. */
const mostShrunk = 3;

/**
 * Runs seeded schedules of faults and kills over the worker and both worlds, in this process and in virtual time: the
 * seeds `first`, `first + 1` and so on. Counts what is lost, doubled, stale and unaccounted for in all of them; a
 * failing seed is told on stderr, with the least schedule that still fails.
 */
export async function faults(schedules: number, first = 1): Promise<object> {
  const started = performance.now();
  const counts = { lost: 0, doubled: 0, stale: 0, unaccounted: 0 };
  const failing: number[] = [];
  for (let seed = first; seed < first + schedules; seed += 1) {
    const schedule = generateSchedule(seed);
    const ran = await runSchedule(schedule);
    if (isClean(ran)) continue;
    failing.push(seed);
    for (const kind of kinds) counts[kind] += ran[kind].length;
    console.error(`Seed ${seed} fails:\n${told(ran)}`);
    if (failing.length <= mostShrunk) console.error(await shrunk(schedule));
  }
  return { ...counts, failing, passed: failing.length === 0, seconds: (performance.now() - started) / 1000 };
}

const kinds = ['lost', 'doubled', 'stale', 'unaccounted'] as const;

function told(findings: Findings): string {
  return kinds.flatMap((kind) => findings[kind].map((line) => `  ${kind}: ${line}`)).join('\n');
}

async function shrunk(schedule: Schedule): Promise<string> {
  const least = await shrink(schedule, runSchedule);
  const steps = least.steps.map((step) => `    ${JSON.stringify(step)}`);
  const { steps: _, ...rest } = least;
  return [
    `  It still fails with ${steps.length} of ${schedule.steps.length} steps: ${JSON.stringify(rest)}`,
    ...steps,
    told(await runSchedule(least)),
  ].join('\n');
}
