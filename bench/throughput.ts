import { start } from '../scripts/front-door/processes.ts';
import { sumRuns } from '../scripts/front-door/main-job.ts';
import { processFigures } from './harness/process-figures.ts';
import { checkSink } from './harness/sink.ts';
import {
  backfilled,
  emptyIterable,
  setDial,
  setResultPageRows,
  startWorker,
  startWorld,
  type World,
} from './harness/world.ts';

interface Lap {
  readonly seconds: number;
  readonly cpuMicroseconds: number;
  readonly peakMemoryMB: number;
}

const laps = 3;
const unlimited = { limits: { bulkUpdatePerSecond: 1_000_000 } };

/**
 * Backfill of `records` leads, ledger and claims kept, against the obvious jsforce script, turn by turn in one run; the
 * best lap of each counts.
 * Both read the same records in one result page (jsforce joins several pages wrongly); ours once more over several.
 * The rate of the local Iterable is lifted, and the stand-ins leave the processors to what is measured. After each lap
 * of ours, and of the peer, every user is checked at the sink.
 */
export async function throughput(records: number): Promise<object> {
  const world = await startWorld(records, { settings: { requestsPerSecond: 100 }, standInsYield: true });
  try {
    await setDial(world, unlimited);
    await setResultPageRows(world, records);
    const ours: Lap[] = [];
    const peer: number[] = [];
    // Whoever comes first pays for memory that the machine has to find for the stand-ins: that lap counts for nobody.
    const first = await peerLap(world, records);
    for (let lap = 0; lap < laps; lap += 1) {
      if (lap % 2 === 1) peer.push(await peerLap(world, records));
      ours.push(await ourLap(world, records, `lap-${lap}.sqlite`, records));
      if (lap % 2 === 0) peer.push(await peerLap(world, records));
    }
    const paged = await ourLap(world, records, 'paged.sqlite', 25_000);
    const best = ours.reduce((left, right) => (left.seconds <= right.seconds ? left : right));
    const peerSeconds = Math.min(...peer);
    return {
      seconds: best.seconds,
      recordsPerSecond: Math.round(records / best.seconds),
      cpuMicrosecondsPerRecord: round(best.cpuMicroseconds / records),
      peakMemoryMB: best.peakMemoryMB,
      peer: { name: 'jsforce-script', recordsPerSecond: Math.round(records / peerSeconds) },
      ratio: round(peerSeconds / best.seconds),
      overSeveralPages: { seconds: paged.seconds, recordsPerSecond: Math.round(records / paged.seconds) },
      laps: { first, ours: ours.map((lap) => lap.seconds), peer },
    };
  } finally {
    await world.stop();
  }
}

async function ourLap(world: World, records: number, storeName: string, pageRecords: number): Promise<Lap> {
  await emptyIterable(world);
  const worker = await startWorker(world, storeName, ['--page-records', String(pageRecords)]);
  const run = sumRuns(await backfilled(worker));
  const figures = processFigures(worker.started.answer.pid);
  await worker.stop();
  if (run.read !== records) throw new Error(`The backfill read ${run.read} of ${records} records.`);
  await checkSink(world, records);
  return { seconds: run.seconds, ...figures };
}

async function peerLap(world: World, records: number): Promise<number> {
  await emptyIterable(world);
  const script = await start<{ records: number; seconds: number }>(
    'bench/peers/jsforce-script.ts',
    [world.org.answer.instanceUrl, world.iterable.answer.baseUrl],
    {
      environment: {
        PLUMBLINE_ACCESS_TOKEN: world.org.answer.accessToken,
        PLUMBLINE_ITERABLE_KEY: world.iterable.answer.apiKey,
      },
    },
  );
  if (script.answer.records !== records)
    throw new Error(`The jsforce script read ${script.answer.records} of ${records} records.`);
  await checkSink(world, records);
  return script.answer.seconds;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
