import type { VirtualClock } from '../../scripts/engine/testing/index.ts';
import { pollSeconds } from './prepare-org.ts';
import type { Workers } from './workers.ts';

/** In this time every object is polled once more, what it brings is done, and the org is told of it within half a minute. */
const quietMilliseconds = (pollSeconds + 45) * 1_000;
const lookMilliseconds = 5_000;
/** A worker that has not settled after so long never will: a lease of an org may have to end, a day's calls to come back. */
const patienceMilliseconds = 2 * 3_600_000;

/** Lets time pass until nothing has been left to do for long enough. Returns what never got done, one line each. */
export async function settle(
  clock: VirtualClock,
  unfinished: () => Promise<readonly string[]>,
): Promise<readonly string[]> {
  const giveUpAt = clock.now() + patienceMilliseconds;
  let quietSince = clock.now();
  for (;;) {
    const left = await unfinished();
    if (clock.now() > giveUpAt) return left;
    if (left.length > 0) quietSince = clock.now();
    else if (clock.now() - quietSince > quietMilliseconds) return [];
    await clock.pass(lookMilliseconds);
  }
}

/** What the worker still has to do, one line each. */
export async function workLeft(workers: Workers, clock: VirtualClock): Promise<readonly string[]> {
  if (!workers.isAtWork) return ['no worker is at work'];
  if (workers.idleUntil > clock.now()) return ['the worker waits'];
  const { store } = workers;
  const backlog = await store.backlog();
  const running = (await store.runs({ state: 'running', limit: 100 })).filter((run) => run.kind !== 'live');
  const fanOuts = await store.fanOuts(10);
  return [
    ...backlog.map(({ sync, count }) => `${count} records of ${sync} still wait`),
    ...running.map((run) => `the ${run.kind} ${run.id} of ${run.sync} still runs`),
    ...fanOuts.map((fanOut) => `the children of ${fanOut.parent} still wait`),
  ];
}
