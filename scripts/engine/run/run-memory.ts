import type { RecordRow } from '../ports/index.ts';

/** What the target held from a record when a run first touched its key. */
export interface LostHash {
  readonly key: string;
  readonly hash: string;
}

/**
 * What a run remembers of the keys that changed hands in it, so that its counts do not depend on which record was read
 * first. A record that wins its key back with the values that the target held before has changed nothing; a key that
 * its record gave up is there already for whoever claims it next. In memory: a run that is resumed after a crash may
 * count such a record as updated, or as created.
 */
export class RunMemory {
  readonly #runs = new Map<string, Map<string, LostHash>>();
  readonly #left = new Map<string, Map<string, string>>();

  noteLost(run: string, { sync, source, key, hash }: RecordRow): void {
    if (key === undefined || hash === undefined) return;
    let lost = this.#runs.get(run);
    if (!lost) this.#runs.set(run, (lost = new Map<string, LostHash>()));
    lost.set(`${sync}/${source}`, { key, hash });
  }

  get isEmpty(): boolean {
    return this.#runs.size === 0 && this.#left.size === 0;
  }

  /** A record gave up the key of its row. */
  noteLeft(run: string, { key, createdIn }: RecordRow): void {
    if (key === undefined || createdIn === undefined) return;
    let left = this.#left.get(run);
    if (!left) this.#left.set(run, (left = new Map<string, string>()));
    left.set(key, createdIn);
  }

  /** The run that created a key which a record gave up in `run`. */
  createdIn(run: string, key: string): string | undefined {
    return this.#left.get(run)?.get(key);
  }

  lostHash(run: string, sync: string, source: string): LostHash | undefined {
    return this.#runs.get(run)?.get(`${sync}/${source}`);
  }

  /** The run is over. */
  forget(run: string): void {
    this.#runs.delete(run);
    this.#left.delete(run);
  }
}
