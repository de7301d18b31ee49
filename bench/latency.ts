import { measureLatency } from '../scripts/front-door/main-job.ts';
import { processFigures } from './harness/process-figures.ts';
import { backfilled, startWorker, startWorld, type RunningWorker, type World } from './harness/world.ts';

const samples = 20;

/**
 * Milliseconds from the org's 2xx to visibility in Iterable: while the worker starts, which opens its streams then; in the
 * middle of its backfill; by stream when idle.
 */
export async function latency(records: number): Promise<object> {
  const world = await startWorld(records);
  try {
    const started = performance.now();
    const worker = await startWorker(world, 'store.sqlite');
    const atStart = await measureLatency(world.org.answer, world.iterable.answer, worker.isRunning);
    const duringBackfill = await measureLatency(world.org.answer, world.iterable.answer, worker.isRunning);
    const [backfill] = await worker.store.runs({ sync: 'leads', kind: 'backfill', limit: 1 });
    if (backfill?.state !== 'running') throw new Error('The backfill was over too soon to measure in its middle.');
    await backfilled(worker);
    const idle = await sample(world, worker);
    const figures = processFigures(worker.started.answer.pid);
    await worker.stop();
    const middle = idle[Math.floor(idle.length / 2)] as number;
    return {
      seconds: (performance.now() - started) / 1000,
      recordsPerSecond: null,
      cpuMicrosecondsPerRecord: Math.round((figures.cpuMicroseconds / records) * 100) / 100,
      peakMemoryMB: figures.peakMemoryMB,
      atStartMs: atStart,
      duringBackfillMs: duringBackfill,
      streamMs: { median: middle, worst: idle.at(-1) },
      peer: { name: 'a poll each minute', latencyMs: 60_000 },
      ratio: Math.round(60_000 / middle),
    };
  } finally {
    await world.stop();
  }
}

async function sample(world: World, worker: RunningWorker): Promise<number[]> {
  const measured: number[] = [];
  for (let count = 0; count < samples; count += 1)
    measured.push(await measureLatency(world.org.answer, world.iterable.answer, worker.isRunning));
  return measured.sort((left, right) => left - right);
}
