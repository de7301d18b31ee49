import { createHash } from 'node:crypto';

/** What happened, in order: kept as a hash, and as lines where someone wants to read them. */
export class Trace {
  readonly #now: () => number;
  readonly #hash = createHash('sha256');
  readonly #lines: string[] | undefined;

  constructor(now: () => number, options: { readonly keep: boolean }) {
    this.#now = now;
    this.#lines = options.keep ? [] : undefined;
  }

  add(who: string, what: string): void {
    const line = `${new Date(this.#now()).toISOString().slice(11, 23)} ${who}: ${what}`;
    this.#hash.update(line).update('\n');
    this.#lines?.push(line);
  }

  get lines(): readonly string[] {
    return this.#lines ?? [];
  }

  /** Of everything so far. */
  digest(): string {
    return this.#hash.copy().digest('hex');
  }
}
