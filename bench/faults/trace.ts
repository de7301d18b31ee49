import { createHash } from 'node:crypto';

/** What happened, in order: kept as a hash, and as lines where someone wants to read them. */
export class Trace {
  readonly #now: () => number;
  readonly #hidden: string;
  readonly #hash = createHash('sha256');
  readonly #lines: string[] | undefined;

  /** `hidden` is left out of each line: it is another one each time. */
  constructor(now: () => number, options: { readonly keep: boolean; readonly hidden: string }) {
    this.#now = now;
    this.#hidden = options.hidden;
    this.#lines = options.keep ? [] : undefined;
  }

  add(who: string, what: string): void {
    const line = `${new Date(this.#now()).toISOString().slice(11, 23)} ${who}: ${what.replaceAll(this.#hidden, '')}`;
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
