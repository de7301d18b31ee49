/** What left of one record, and what came of it. */
export interface Exchange {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** The record as it stood in the request; empty for a delete. */
  readonly request: string;
  /** What the target said of it, in its own words where it has some. */
  readonly reply: string;
}

/** Of what a full read delivers, so many: the many others would each displace one that somebody may ask about. */
const deliveredOfRun = 1_000;
const runsCounted = 100;

/**
 * The last exchange of each record that was sent lately, for who asks why it did not arrive. In memory alone, since it
 * holds values, and one record each: a request may hold others, that its reader must not see.
 */
export class Exchanges {
  readonly #most: number;
  readonly #ofRun: number;
  /** By sync and source. */
  readonly #kept = new Map<string, Map<string, Exchange>>();
  readonly #delivered = new Map<string, number>();

  constructor(most = 2_000, ofRun = deliveredOfRun) {
    this.#most = most;
    this.#ofRun = ofRun;
  }

  keep(sync: string, source: string, exchange: Exchange): void {
    const kept = this.#kept.get(sync) ?? new Map<string, Exchange>();
    this.#kept.set(sync, kept);
    kept.delete(source);
    kept.set(source, exchange);
    dropOldest(kept, this.#most);
  }

  /**
   * Whether to keep the exchange of a record that the full read `run` delivered: of the first ones it is kept, of the
   * others none is, nor an older one.
   */
  takesDelivered(run: string, sync: string, source: string): boolean {
    const before = this.#delivered.get(run) ?? 0;
    if (before >= this.#ofRun) {
      this.#kept.get(sync)?.delete(source);
      return false;
    }
    this.#delivered.set(run, before + 1);
    dropOldest(this.#delivered, runsCounted);
    return true;
  }

  of(sync: string, source: string): Exchange | undefined {
    return this.#kept.get(sync)?.get(source);
  }
}

function dropOldest(kept: Map<string, unknown>, most: number): void {
  if (kept.size <= most) return;
  for (const oldest of kept.keys()) {
    kept.delete(oldest);
    return;
  }
}
