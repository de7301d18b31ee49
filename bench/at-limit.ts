import { sumRuns } from '../scripts/front-door/main-job.ts';
import { processFigures } from './harness/process-figures.ts';
import { checkSink } from './harness/sink.ts';
import { backfilled, iterableStats, startWorker, startWorld } from './harness/world.ts';

const usersARequest = 1_000;
const requestsASecond = 5;

/** Backfill under the local Iterable's real limit; the peer is the limit itself: what 5 full requests a second allow. */
export async function atLimit(records: number): Promise<object> {
  const world = await startWorld(records);
  try {
    const worker = await startWorker(world, 'store.sqlite');
    const run = sumRuns(await backfilled(worker));
    const figures = processFigures(worker.started.answer.pid);
    await worker.stop();
    const { users } = await checkSink(world, records);
    const { throttled, requests } = await iterableStats(world);
    const allowed = Math.ceil(users / usersARequest) / requestsASecond;
    return {
      seconds: run.seconds,
      recordsPerSecond: Math.round(records / run.seconds),
      cpuMicrosecondsPerRecord: Math.round((figures.cpuMicroseconds / records) * 100) / 100,
      peakMemoryMB: figures.peakMemoryMB,
      throttled,
      requests,
      peer: { name: 'the limit itself', recordsPerSecond: Math.round(records / allowed) },
      ratio: Math.round((allowed / run.seconds) * 100) / 100,
    };
  } finally {
    await world.stop();
  }
}
