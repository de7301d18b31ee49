import { isClean, type Findings } from './judge.ts';
import type { Schedule, Step } from './schedule.ts';

type Try = (schedule: Schedule) => Promise<Findings>;

/** More are not worth the time: what is left is short enough to read. */
const mostTries = 150;

/**
 * Leaves out of a failing schedule what it fails without: steps, in ever smaller pieces, then people. What is returned
 * still fails.
 */
export async function shrink(failing: Schedule, run: Try): Promise<Schedule> {
  let tries = 0;
  const fails = async (schedule: Schedule): Promise<boolean> => {
    tries += 1;
    return !isClean(await run(schedule));
  };
  let smallest = failing;
  const leaveOut = async <Item>(items: readonly Item[], made: (kept: readonly Item[]) => Schedule): Promise<void> => {
    let kept = items;
    for (let piece = Math.ceil(kept.length / 2); piece >= 1; piece = piece === 1 ? 0 : Math.ceil(piece / 2)) {
      for (let from = 0; from < kept.length && tries < mostTries;) {
        const fewer = kept.toSpliced(from, piece);
        const schedule = made(fewer);
        if (!(await fails(schedule))) from += piece;
        else {
          kept = fewer;
          smallest = schedule;
        }
      }
    }
  };
  await leaveOut<Step>(failing.steps, (steps) => ({ ...smallest, steps }));
  await leaveOut(smallest.population, (population) => ({ ...smallest, population }));
  return smallest;
}
