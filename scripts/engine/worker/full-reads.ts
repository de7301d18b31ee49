import type { Clock, MakeId, Random, RunKind, RunRow, Store } from '../ports/index.ts';
import { beginRun, runBackfill, Sample, type BackfillOptions } from '../run/index.ts';

type FullKind = Exclude<RunKind, 'live'>;

export interface FullReadOptions extends Omit<BackfillOptions, 'sync' | 'pipeline' | 'patience' | 'sample'> {
  readonly store: Store;
  readonly clock: Clock;
  readonly makeId: MakeId;
  /**
   * Resolves when every change from then on is followed. Nothing is read before: what is saved between a full read and
   * the first look at changes would be in neither.
   */
  readonly followed: Promise<void>;
  readonly for: (sync: string) => Pick<BackfillOptions, 'sync' | 'pipeline' | 'patience'>;
  /** Records of each full read that are chosen to be compared afterwards. */
  readonly sampleSize: number;
  readonly random: Random;
  /** Told of each full read that ended, and of the IDs chosen. */
  readonly finished: (run: RunRow, sampled: readonly string[]) => void;
}

/** Full reads: one at a time for each sync, resumed after a crash, swept by the clock. */
export class FullReads {
  readonly #options: FullReadOptions;
  /** The run that goes on, or is about to, of each sync. */
  readonly #going = new Map<string, Promise<RunRow>>();
  readonly #fail: (error: unknown) => void;

  constructor(options: FullReadOptions, fail: (error: unknown) => void) {
    this.#options = options;
    this.#fail = fail;
  }

  /** Begins one, or returns the one that goes on. */
  async begin(sync: string, kind: FullKind): Promise<{ readonly run: RunRow; readonly begun: boolean }> {
    const going = this.#going.get(sync);
    if (going) return { run: await going, begun: false };
    const beginning = beginRun(sync, kind, this.#options);
    this.#going.set(sync, beginning);
    try {
      const run = await beginning;
      this.#go(run);
      return { run, begun: true };
    } catch (error) {
      this.#going.delete(sync);
      throw error;
    }
  }

  /** Resumes what was cut short, unless a command has begun another meanwhile; fills what was never filled. */
  async resume(sync: string): Promise<void> {
    const { store } = this.#options;
    const filledAt = await this.#filledAt(sync);
    const running = await store.runs({ sync, state: 'running', limit: 100 });
    if (this.#going.has(sync)) return;
    const cutShort = running.find((run) => run.kind !== 'live');
    if (cutShort) this.#go(cutShort);
    else if (filledAt === undefined) await this.begin(sync, 'backfill');
  }

  /** Sweeps each day at `time` (UTC, `HH:MM`): begins a sweep when the last full read began before. */
  async sweep(sync: string, time: string): Promise<void> {
    const now = this.#options.clock.now();
    const today = Date.parse(`${new Date(now).toISOString().slice(0, 10)}T${time}:00Z`);
    const due = today <= now ? today : today - 86_400_000;
    const filled = await this.#filledAt(sync);
    if (filled !== undefined && filled < due && !this.#going.has(sync)) await this.begin(sync, 'sweep');
  }

  async #filledAt(sync: string): Promise<number | undefined> {
    const runs = await this.#options.store.runs({ sync, state: 'finished', limit: 200 });
    return runs.find((run) => run.kind !== 'live')?.startedAt;
  }

  #go(run: RunRow): void {
    this.#going.set(run.sync, Promise.resolve(run));
    const sample = new Sample(this.#options.sampleSize, this.#options.random);
    const options = { ...this.#options, ...this.#options.for(run.sync), sample };
    options.followed
      .then(() => runBackfill(run, options))
      .then((done) => {
        this.#going.delete(run.sync);
        this.#options.finished(done, sample.ids);
      })
      .catch(this.#fail);
  }
}
