import { PositionLostError } from '../errors.ts';
import { balances } from '../outcomes.ts';
import type { Clock, ExtractPage, MakeId, Pauses, RunDelta, RunKind, RunRow, Store } from '../ports/index.ts';
import type { CompiledSync } from './compiled-sync.ts';
import { newRun } from './live-runs.ts';
import { Page } from './page.ts';
import { canBeWaitedOut, type Patience } from './patience.ts';
import type { Pipeline } from './pipeline.ts';
import type { Sample } from './sample.ts';

/** Milliseconds that a run waits for its held records after its last page; what is left then stays held. */
const pendingMilliseconds = 3_600_000;
const pauseMilliseconds = 15_000;

export interface BackfillOptions {
  readonly sync: CompiledSync;
  readonly pipeline: Pick<Pipeline, 'bulk' | 'drain' | 'ended'>;
  readonly store: Store;
  readonly clock: Clock;
  readonly pauses: () => Promise<Pauses>;
  readonly patience: Patience;
  readonly changedRuns: (runs: Iterable<string>) => void;
  /** Offered each record that is read. */
  readonly sample?: Sample;
  readonly signal: AbortSignal;
}

/**
 * Stores a new full read, before anything of it is read, so that a crash resumes it. One that was cut short ends with
 * that: a sync has one full read at a time, and only that one counts records for the first time.
 */
export async function beginRun(
  sync: string,
  kind: Exclude<RunKind, 'live'>,
  { store, clock, makeId, changedRuns }: Pick<BackfillOptions, 'store' | 'clock' | 'changedRuns'> & { makeId: MakeId },
): Promise<RunRow> {
  const now = clock.now();
  const cutShort = (await store.runs({ sync, state: 'running', limit: 100 })).filter((run) => run.kind !== 'live');
  const runUpdates = cutShort.map(({ id }) => ({ id, state: 'stopped', finishedAt: now }) as const);
  const run = newRun(makeId(), sync, kind, now);
  await store.commit({ runs: [run], runUpdates });
  changedRuns(cutShort.map(({ id }) => id));
  return run;
}

/** Records that the source says it has and the run did not read; 0 when all were. Absent while the source has not said. */
export function gapOf(run: RunRow): number | undefined {
  return run.expected === undefined ? undefined : run.expected - run.counts.read;
}

/**
 * Reads everything that a sync includes, and accounts for each record; resumes a run where its pages were accounted
 * for. Needs live work to be done meanwhile, since what is held is retried there. Returns the finished run.
 */
export async function runBackfill(run: RunRow, options: BackfillOptions): Promise<RunRow> {
  const { store, changedRuns } = options;
  if (!run.pagesDone) {
    await Promise.all([tryCount(run, options), new PageReader(run, options).readAll()]);
    changedRuns([run.id]);
  }
  await pendingDone(run, options);
  options.pipeline.ended(run.id);
  const read = await stored(run, store);
  if (gapOf(read) !== 0) await askCount(run, options);
  const state = balances(read.counts) ? 'finished' : 'failed';
  await store.commit({ runUpdates: [{ id: run.id, state, finishedAt: options.clock.now() }] });
  changedRuns([run.id]);
  return stored(run, store);
}

/** Nothing waits for it: what it cannot tell now is asked again when all pages are read. */
async function tryCount(run: RunRow, options: BackfillOptions): Promise<void> {
  try {
    await count(run, options);
  } catch (error) {
    if (!canBeWaitedOut(error)) throw error;
  }
}

async function askCount(run: RunRow, options: BackfillOptions): Promise<void> {
  for (;;) {
    try {
      await count(run, options);
      options.patience.succeeded();
      return;
    } catch (error) {
      await options.patience.wait(error);
    }
  }
}

async function count(run: RunRow, { sync, store }: BackfillOptions): Promise<void> {
  let sourceCalls = 0;
  const expected = await sync.source.count(sync.shape, () => (sourceCalls += 1));
  const runDeltas = [{ run: run.id, counts: {}, reasons: {}, sourceCalls }];
  await store.commit({ runUpdates: [{ id: run.id, expected }], runDeltas });
}

async function stored(run: RunRow, store: Store): Promise<RunRow> {
  const found = await store.run(run.id);
  if (!found) throw new Error(`The store lost the run ${run.id}`);
  return found;
}

async function pendingDone(run: RunRow, { store, sync, clock, signal }: BackfillOptions): Promise<void> {
  const end = clock.now() + pendingMilliseconds;
  while ((await store.pending(run.id)) > 0 && clock.now() < end) {
    const due = (await store.nextDue(sync.name)) ?? end;
    await clock.sleep(Math.min(Math.max(due - clock.now(), 50), 5_000), signal);
  }
}

/** Reads page after page. Pages are sent while later ones are read; a position is stored when all before it is settled. */
class PageReader {
  readonly #run: RunRow;
  readonly #options: BackfillOptions;
  #position: string | undefined;
  #settled: Promise<void> = Promise.resolve();
  #losses = 0;
  /** Calls of the source that the store has not been told of. */
  #calls = 0;

  constructor(run: RunRow, options: BackfillOptions) {
    this.#run = run;
    this.#options = options;
    this.#position = run.position;
  }

  async readAll(): Promise<void> {
    const { store, pipeline } = this.#options;
    for (let last = false; !last;) {
      try {
        last = await this.#readOn();
      } catch (error) {
        await this.#resume(error);
      }
    }
    await pipeline.drain(this.#settled);
    await store.commit({ runUpdates: [{ id: this.#run.id, pagesDone: true }], runDeltas: this.#callsMade() });
  }

  #callsMade(): readonly RunDelta[] {
    const sourceCalls = this.#calls;
    this.#calls = 0;
    return sourceCalls === 0 ? [] : [{ run: this.#run.id, counts: {}, reasons: {}, sourceCalls }];
  }

  /** Reads from the position on; true when that was everything. */
  async #readOn(): Promise<boolean> {
    const { sync, patience } = this.#options;
    for await (const page of sync.source.extract(sync.shape, this.#position, () => (this.#calls += 1))) {
      await this.#take(page);
      patience.succeeded();
      this.#losses = 0;
      if (page.next === undefined) return true;
      this.#position = page.next;
    }
    // A source with nothing to give has no page, and an empty page is not sent on (I-20).
    return true;
  }

  async #resume(error: unknown): Promise<void> {
    if (error instanceof PositionLostError) {
      this.#position = undefined;
      if (++this.#losses === 1) return;
    }
    await this.#options.patience.wait(error);
  }

  async #take(source: ExtractPage): Promise<void> {
    const { sync, pipeline, store, sample } = this.#options;
    const { id: run, startedAt: since } = this.#run;
    const page = new Page();
    for await (const rows of source.chunks) {
      await this.#notPaused();
      if (rows.length === 0) continue;
      if (sample) for (const row of rows) sample.offer(row.id);
      await pipeline.bulk({ sync, run, since, rows, page });
    }
    page.complete();
    const { next } = source;
    const before = this.#settled;
    this.#settled = before
      .then(() => page.done)
      .then(() =>
        next === undefined
          ? undefined
          : store.commit({ runUpdates: [{ id: run, position: next }], runDeltas: this.#callsMade() }),
      );
    // It is awaited when all pages are read; until then a failure must not go unhandled.
    this.#settled.catch(() => undefined);
  }

  async #notPaused(): Promise<void> {
    const { sync, pauses, clock, signal } = this.#options;
    for (;;) {
      const paused = await pauses();
      if (!paused.has('*') && !paused.has(sync.connection) && !paused.has(sync.name)) return;
      await clock.sleep(pauseMilliseconds, signal);
    }
  }
}
