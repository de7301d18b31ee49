import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateLeads, loadLeads } from '../../local/world/index.ts';
import { openStore } from '../../scripts/store/index.ts';
import type { RunRow, Store } from '../../scripts/engine/index.ts';
import { writeConfiguration, type ConfigurationOptions } from '../../scripts/front-door/local-configuration.ts';
import { finishedRuns, waitFor, type Iterable, type Org } from '../../scripts/front-door/main-job.ts';
import { start, type Started } from '../../scripts/front-door/processes.ts';

export interface World {
  readonly org: Started<Org & { pid: number }>;
  readonly iterable: Started<Iterable & { pid: number }>;
  /** A folder that is removed with the world. */
  readonly folder: string;
  /** The configuration file that its workers apply. */
  readonly configuration: string;
  stop(): Promise<void>;
}

/** What a worker needs of a world: the processes may be the caller's own. */
export interface Reached {
  readonly org: { readonly answer: Org };
  readonly iterable: { readonly answer: Iterable };
  readonly folder: string;
  readonly configuration: string;
}

export interface RunningWorker {
  readonly started: Started<{ ready: boolean; pid: number }>;
  readonly store: Store;
  readonly startedAt: number;
  readonly isRunning: () => boolean;
  stop(): Promise<void>;
}

const syncs = ['leads', 'contacts'];
/**
 * What the stand-ins hold never dies: looking through it again and again would take the cores from what is measured, and
 * so would collectors on several threads, which wait for each other while the system finds them memory.
 */
const roomy = [
  '--initial-old-space-size=4000',
  '--heap-growing-percent=300',
  '--max-semi-space-size=16',
  '--single-threaded-gc',
];
/** Five million records on a busy machine take their time, and whoever looks too often takes some of it. */
const longWait = { patienceMilliseconds: 60 * 60_000, everyMilliseconds: 200 };

export interface WorldOptions extends ConfigurationOptions {
  readonly seed?: number;
  /**
   * True where a rate is measured: the stand-ins are other machines' part, and must not take a processor from what is
   * measured, be it the worker or its peer.
   */
  readonly standInsYield?: boolean;
}

/** A local org with `records` leads and an empty local Iterable, in processes of their own. */
export async function startWorld(records: number, options: WorldOptions = {}): Promise<World> {
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-bench-'));
  const yields = options.standInsYield ?? false;
  const org = await start<Org & { pid: number }>('local/org/main.ts', ['--port', '0', '--json'], {
    nodeOptions: ['--max-old-space-size=12000', ...roomy],
    yields,
  });
  const iterable = await start<Iterable & { pid: number }>(
    'local/systems/main.ts',
    ['iterable', '--port', '0', '--json'],
    {
      nodeOptions: ['--max-old-space-size=8000', ...roomy],
      yields,
    },
  );
  await loadLeads(org.answer, generateLeads(records, options.seed ?? 1));
  return {
    org,
    iterable,
    folder,
    configuration: writeConfiguration(folder, iterable.answer, options),
    stop: async () => {
      await Promise.all([org.stop(), iterable.stop()]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Sets the dial of the local Iterable: its limits, its faults. */
export async function setDial(world: World, dial: unknown): Promise<void> {
  const answer = await fetch(`${world.iterable.answer.controlUrl}/faults`, {
    method: 'POST',
    body: JSON.stringify(dial),
  });
  if (!answer.ok) throw new Error(`The local Iterable refused the dial: ${await answer.text()}`);
}

/** Sets how many rows the local org puts on a Bulk result page for those who do not say. */
export async function setResultPageRows(world: World, resultPageRows: number): Promise<void> {
  const answer = await fetch(`${world.org.answer.instanceUrl}/local/limits`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ resultPageRows }),
  });
  if (!answer.ok) throw new Error(`The local org refused the limit: ${await answer.text()}`);
}

/** Empties the local Iterable, so that the next worker finds it new. */
export async function emptyIterable(world: World): Promise<void> {
  const answer = await fetch(`${world.iterable.answer.controlUrl}/users`, { method: 'DELETE' });
  if (!answer.ok) throw new Error(`The local Iterable refused to be emptied: ${await answer.text()}`);
}

export async function startWorker(
  world: Reached,
  storeName: string,
  words: readonly string[] = [],
): Promise<RunningWorker> {
  const file = join(world.folder, storeName);
  const startedAt = Date.now();
  const started = await start<{ ready: boolean; pid: number }>(
    'scripts/cli/worker.ts',
    [
      '--instance-url',
      world.org.answer.instanceUrl,
      '--iterable-url',
      world.iterable.answer.baseUrl,
      '--store',
      file,
      '--apply',
      world.configuration,
      '--json',
      ...words,
    ],
    {
      environment: {
        PLUMBLINE_ACCESS_TOKEN: world.org.answer.accessToken,
        PLUMBLINE_ITERABLE_KEY: world.iterable.answer.apiKey,
      },
    },
  );
  const store = await openStore({ file });
  return {
    started,
    store,
    startedAt,
    isRunning: () => started.process.exitCode === null && started.process.signalCode === null,
    stop: async () => {
      await store.close();
      await started.stop();
    },
  };
}

/** Waits for the worker's first full reads of both syncs; returns their runs. */
export async function backfilled(worker: RunningWorker): Promise<readonly RunRow[]> {
  const finished = (): ReturnType<typeof finishedRuns> =>
    finishedRuns(worker.store, 'backfill', syncs, worker.startedAt);
  return waitFor('the backfill', worker.isRunning, finished, longWait);
}

export async function iterableStats(world: World): Promise<IterableStats> {
  return (await (await fetch(`${world.iterable.answer.controlUrl}/stats`)).json()) as IterableStats;
}

export interface IterableStats {
  readonly requests: number;
  readonly throttled: number;
  readonly users: number;
  /** By call, as `users/bulkUpdate`. */
  readonly endpoints: Readonly<Record<string, { readonly requests: number }>>;
}
