import { closeSync, fdatasync, openSync } from 'node:fs';
import { promisify } from 'node:util';
import { storeError } from './errors.ts';

const writeThrough = promisify(fdatasync);

/**
 * Makes what is committed survive a loss of power. SQLite's log is never inconsistent; with `synchronous=normal` the
 * process may be killed at any instant, but a loss of power may undo the last commits, together, to an earlier whole:
 * the pages after it are read again, and what was delivered is delivered again by the same key. That is good enough
 * for what is planned and settled, not for what cannot be found out again: a request that has left (`sending`) may still
 * be applied late, so its keys must be known to be busy after any fall; and what a person was told is done (a run begun, a
 * record asked for) must stay done. These wait until the log is on the disk, which makes all earlier commits safe too,
 * and the store goes on meanwhile.
 */
export class Flush {
  readonly #file: string;
  #log: number | undefined;
  #running: Promise<void> = Promise.resolve();
  #next: Promise<void> | undefined;

  /** `file`: the store's; its log lies beside it. */
  constructor(file: string) {
    this.#file = file;
  }

  /** Resolves when all that is committed now is on the disk; who waits at the same time shares one flush. */
  flushed(): Promise<void> {
    // One that is under way may have begun before the latest commit.
    this.#next ??= this.#running
      .catch(() => undefined)
      .then(() => {
        this.#next = undefined;
        this.#running = this.#flush();
        return this.#running;
      });
    return this.#next;
  }

  async close(): Promise<void> {
    await this.#next?.catch(() => undefined);
    await this.#running.catch(() => undefined);
    if (this.#log !== undefined) closeSync(this.#log);
    this.#log = undefined;
  }

  async #flush(): Promise<void> {
    try {
      this.#log ??= openSync(`${this.#file}-wal`, 'r+');
      await writeThrough(this.#log);
    } catch (error) {
      throw storeError(error, this.#file);
    }
  }
}
