import type { RecordRow } from '../ports/index.ts';

/** What the target held from a record when a run first touched its key. */
export interface LostHash {
  readonly key: string;
  readonly hash: string;
}

/**
 * Hashes that records lost to another claimant of their key during a run. When such a record wins its key back in the
 * same run, with the values that the target held before, nothing has changed: so the counts do not depend on which of
 * the two was read first. In memory: a run that is resumed after a crash may count such a record as updated.
 */
export class LostHashes {
  readonly #runs = new Map<string, Map<string, LostHash>>();

  note(run: string, { sync, source, key, hash }: RecordRow): void {
    if (key === undefined || hash === undefined) return;
    let lost = this.#runs.get(run);
    if (!lost) this.#runs.set(run, (lost = new Map<string, LostHash>()));
    lost.set(`${sync}/${source}`, { key, hash });
  }

  of(run: string, sync: string, source: string): LostHash | undefined {
    return this.#runs.size === 0 ? undefined : this.#runs.get(run)?.get(`${sync}/${source}`);
  }

  /** The run is over. */
  forget(run: string): void {
    this.#runs.delete(run);
  }
}
