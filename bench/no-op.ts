import { finishedRuns, giveCommand, sumRuns, waitFor } from '../scripts/front-door/main-job.ts';
import { processFigures } from './harness/process-figures.ts';
import { backfilled, iterableStats, setDial, startWorker, startWorld, type IterableStats } from './harness/world.ts';

const syncs = ['leads', 'contacts'];

/** A full backfill of records that are all unchanged: it reads them all and sends nothing. The peer is the first one. */
export async function noOp(records: number): Promise<object> {
  const world = await startWorld(records, { settings: { requestsPerSecond: 100 } });
  try {
    await setDial(world, { limits: { bulkUpdatePerSecond: 1_000_000 } });
    const worker = await startWorker(world, 'store.sqlite');
    const first = sumRuns(await backfilled(worker));
    const before = await iterableStats(world);
    const from = Date.now();
    for (const sync of syncs) await giveCommand(world.org.answer, 'backfill', sync);
    const again = sumRuns(
      await waitFor('the second backfill', worker.isRunning, () => finishedRuns(worker.store, 'backfill', syncs, from)),
    );
    const after = await iterableStats(world);
    const figures = processFigures(worker.started.answer.pid);
    await worker.stop();
    return {
      seconds: again.seconds,
      recordsPerSecond: Math.round(records / again.seconds),
      // Of both full reads.
      cpuMicrosecondsPerRecord: Math.round((figures.cpuMicroseconds / (2 * records)) * 100) / 100,
      peakMemoryMB: figures.peakMemoryMB,
      read: again.read,
      unchanged: again.unchanged,
      updatesSent: updates(after) - updates(before),
      peer: { name: 'the first backfill', recordsPerSecond: Math.round(records / first.seconds) },
      ratio: Math.round((first.seconds / again.seconds) * 100) / 100,
    };
  } finally {
    await world.stop();
  }
}

/** Beside them the worker only asks, now and then, whether its key is accepted. */
function updates({ endpoints }: IterableStats): number {
  return endpoints['users/bulkUpdate']?.requests ?? 0;
}
