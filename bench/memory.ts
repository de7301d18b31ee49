import { sumRuns } from '../scripts/front-door/main-job.ts';
import { processFigures } from './harness/process-figures.ts';
import { backfilled, setDial, startWorker, startWorld } from './harness/world.ts';

/** The worker's high-water mark over a backfill of `records` leads. */
export async function memory(records: number): Promise<object> {
  const world = await startWorld(records, { settings: { requestsPerSecond: 100 } });
  try {
    await setDial(world, { limits: { bulkUpdatePerSecond: 1_000_000 } });
    const worker = await startWorker(world, 'store.sqlite');
    const run = sumRuns(await backfilled(worker));
    const figures = processFigures(worker.started.answer.pid);
    await worker.stop();
    return {
      seconds: run.seconds,
      recordsPerSecond: Math.round(records / run.seconds),
      cpuMicrosecondsPerRecord: Math.round((figures.cpuMicroseconds / records) * 100) / 100,
      peakMemoryMB: figures.peakMemoryMB,
      peer: null,
      ratio: null,
    };
  } finally {
    await world.stop();
  }
}
