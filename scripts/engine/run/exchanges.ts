/** What left of one record, and what came of it. */
export interface Exchange {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** The record as it stood in the request; empty for a delete. */
  readonly request: string;
  /** What the target said of it, in its own words where it has some. */
  readonly reply: string;
}

/**
 * The last exchange of each record that was sent lately, for who asks why it did not arrive: of the many that a full
 * read delivers, none is kept. In memory alone, since it holds values, and one record each: a request may hold others,
 * that its reader must not see.
 */
export class Exchanges {
  readonly #most: number;
  readonly #kept = new Map<string, Exchange>();

  constructor(most = 2_000) {
    this.#most = most;
  }

  keep(sync: string, source: string, exchange: Exchange): void {
    const name = `${sync}/${source}`;
    this.#kept.delete(name);
    this.#kept.set(name, exchange);
    if (this.#kept.size <= this.#most) return;
    for (const oldest of this.#kept.keys()) {
      this.#kept.delete(oldest);
      return;
    }
  }

  /** What is kept of the record is its last exchange no more. */
  forget(sync: string, source: string): void {
    if (this.#kept.size > 0) this.#kept.delete(`${sync}/${source}`);
  }

  of(sync: string, source: string): Exchange | undefined {
    return this.#kept.get(`${sync}/${source}`);
  }
}
