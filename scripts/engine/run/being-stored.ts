/**
 * Commits under way of what needs no request. Where nothing is sent the store is the slowest, and what waits for it would
 * only take memory.
 */
export class BeingStored {
  readonly #most: number;
  readonly #commits = new Set<Promise<void>>();
  #records = 0;

  /** `most` records before there is no room. */
  constructor(most: number) {
    this.#most = most;
  }

  /** `commit` must not reject. */
  add(commit: Promise<void>, records: number): void {
    this.#records += records;
    const stored = commit.then(() => {
      this.#records -= records;
      this.#commits.delete(stored);
    });
    this.#commits.add(stored);
  }

  /** Resolves when there is room for more. */
  async room(): Promise<void> {
    while (this.#records >= this.#most) await Promise.race(this.#commits);
  }

  /** Resolves when what was added is stored. */
  async done(): Promise<void> {
    await Promise.all(this.#commits);
  }
}
