import { availableParallelism } from 'node:os';
import { start } from '../scripts/front-door/processes.ts';
import { generateSchedule, isClean, runSchedule, shrink, type Findings, type Schedule } from './faults/index.ts';

/** A failing schedule costs a hundred runs to shrink; after these they are only named. */
const mostShrunk = 3;

/** Killed workers never end what they began, so that each schedule leaves 2 MB behind in its process. */
const schedulesOfProcess = 100;

type Counts = Record<(typeof kinds)[number], number> & { readonly failing: readonly number[] };

/**
 * Runs seeded schedules of faults and kills over the worker and both worlds in virtual time: the seeds `first`,
 * `first + 1` and so on; many of them in processes of their own, as many at once as there are cores. Counts what is lost,
 * doubled, stale and unaccounted for in all of them; a failing seed is told on stderr, with the least schedule that still
 * fails.
 */
export async function faults(schedules: number, first = 1, ofProcess = schedulesOfProcess): Promise<object> {
  const started = performance.now();
  const many = schedules > ofProcess;
  const counts = many ? await inProcesses(partsOf(schedules, first, ofProcess)) : await here(schedules, first);
  const passed = counts.failing.length === 0;
  return { ...counts, passed, seconds: Math.round((performance.now() - started) / 100) / 10 };
}

export interface Part {
  readonly schedules: number;
  readonly first: number;
}

/** The same seeds in parts of at most `size`. */
export function partsOf(schedules: number, first: number, size: number): Part[] {
  return Array.from({ length: Math.ceil(schedules / size) }, (_, index) => ({
    schedules: Math.min(size, schedules - index * size),
    first: first + index * size,
  }));
}

async function here(schedules: number, first: number): Promise<Counts> {
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
  return { ...counts, failing };
}

async function inProcesses(parts: Part[]): Promise<Counts> {
  const counts = { lost: 0, doubled: 0, stale: 0, unaccounted: 0 };
  const failing: number[] = [];
  async function lane(): Promise<void> {
    for (let part = parts.shift(); part; part = parts.shift()) {
      const words = ['faults', '--schedules', String(part.schedules), '--seed', String(part.first), '--json'];
      const ran = await start<Counts>('bench/main.ts', words);
      await ran.stop();
      for (const kind of kinds) counts[kind] += ran.answer[kind];
      failing.push(...ran.answer.failing);
      if (process.stderr.isTTY) console.error(`${parts.length} parts are left, ${failing.length} schedules fail`);
    }
  }
  await Promise.all(Array.from({ length: availableParallelism() }, lane));
  return { ...counts, failing: failing.sort((left, right) => left - right) };
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
