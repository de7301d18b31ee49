import type { Clock, Hydrated, LeasedWork, Pauses, Store } from './ports/index.ts';
import {
  Bell,
  type Budget,
  type CompiledSync,
  type LiveRuns,
  type Patience,
  type Pipeline,
  StoppedError,
} from './run/index.ts';

const leaseMilliseconds = 120_000;
/** Work may be due again while a pause lasts, or be queued by another process: look at least this often. */
const longestWaitMilliseconds = 60_000;
/** Resuming by command wakes at once; this is for a pause that was lifted in the org alone. */
const pausedMilliseconds = 15_000;

export interface LiveOptions {
  readonly sync: CompiledSync;
  readonly pipeline: Pipeline;
  readonly store: Store;
  readonly clock: Clock;
  /** Of the source's calls. */
  readonly budget: Pick<Budget, 'wait'>;
  readonly liveRuns: LiveRuns;
  readonly pauses: () => Promise<Pauses>;
  readonly patience: Patience;
  readonly signal: AbortSignal;
}

/** Does the live work and the retries of one sync: lease, hydrate, plan, send, settle, acknowledge. */
export class LiveWork {
  readonly #options: LiveOptions;
  readonly #bell = new Bell();

  constructor(options: LiveOptions) {
    this.#options = options;
  }

  /** Says that work was queued. */
  wake(): void {
    this.#bell.ring();
  }

  /** Works until the signal is aborted; rejects with its reason. */
  async run(): Promise<never> {
    const { clock, signal, patience } = this.#options;
    for (;;) {
      let wait = pausedMilliseconds;
      try {
        if (await this.drain()) wait = await this.#untilDue();
        patience.succeeded();
      } catch (error) {
        signal.throwIfAborted();
        await patience.wait(error);
        continue;
      }
      await this.#bell.wait(clock, wait, signal);
    }
  }

  async #untilDue(): Promise<number> {
    const { sync, store, clock } = this.#options;
    const due = await store.nextDue(sync.name);
    return due === undefined
      ? longestWaitMilliseconds
      : Math.min(Math.max(due - clock.now(), 10), longestWaitMilliseconds);
  }

  /** Takes work until none is due (I-X8); false, taking none, while the sync is paused. */
  async drain(): Promise<boolean> {
    const { sync, store, clock, pipeline, pauses, signal } = this.#options;
    const limit = Math.max(200, sync.target.limits.maxRecords);
    for (;;) {
      signal.throwIfAborted();
      const paused = await pauses();
      if (paused.has('*') || paused.has(sync.connection) || paused.has(sync.name)) return false;
      const leased = await store.lease({ sync: sync.name, now: clock.now(), milliseconds: leaseMilliseconds, limit });
      // A lease can end while its record still waits for a request: it stays where it is.
      const work = leased.filter((item) => !pipeline.isOnItsWay(sync.name, item.source));
      const affordable = await this.#affordable(work);
      if (affordable.length > 0) await this.#take(affordable);
      if (leased.length < limit) return true;
    }
  }

  async #take(work: readonly LeasedWork[]): Promise<void> {
    const { sync, store, pipeline, liveRuns } = this.#options;
    let hydrated: Hydrated;
    let sourceCalls = 0;
    try {
      hydrated = await sync.source.hydrate(
        sync.shape,
        work.map((item) => item.source),
        () => (sourceCalls += 1),
      );
    } catch (error) {
      await this.#giveBack(work);
      throw error;
    }
    const run = await liveRuns.current(sync.name);
    await this.#followMerges(hydrated);
    await store.commit({ runDeltas: [{ run, counts: {}, reasons: {}, sourceCalls }] });
    try {
      await pipeline.live({ sync, liveRun: run, work, hydrated });
    } catch (error) {
      if (error instanceof StoppedError) await this.#giveBack(work);
      throw error;
    }
  }

  /** Children of changed parents are bulk work: they wait while calls of the source are kept for others. */
  async #affordable(work: readonly LeasedWork[]): Promise<readonly LeasedWork[]> {
    const bulk = work.filter((item) => item.urgency === 2);
    const wait = bulk.length === 0 ? undefined : this.#options.budget.wait('bulk');
    if (!wait) return work;
    await this.#giveBack(bulk, wait.untilMilliseconds);
    return work.filter((item) => item.urgency !== 2);
  }

  async #giveBack(work: readonly LeasedWork[], dueAt = this.#options.clock.now()): Promise<void> {
    const { sync, store } = this.#options;
    const again = work.map(
      ({ source }) => ({ kind: 'again', sync: sync.name, source, dueAt, countAttempt: false }) as const,
    );
    await store.commit({ work: again });
  }

  /** The survivor of a merge is read anew: its values may be those of the merged record (I-X3). */
  async #followMerges({ absent }: Hydrated): Promise<void> {
    const { sync, store, clock } = this.#options;
    const survivors = [...absent.values()].flatMap((each) =>
      typeof each === 'object' && 'mergedInto' in each ? [each.mergedInto] : [],
    );
    const dueAt = clock.now();
    const enqueue = survivors.map(
      (source) => ({ sync: sync.name, source, urgency: 0, dueAt, cause: 'changed' }) as const,
    );
    if (enqueue.length > 0) await store.commit({ enqueue });
  }
}
