import type { Urgency } from '../ports/index.ts';

/** Requests that are on their way, live ones and others apart: neither can take all the places. */
export class InFlight {
  readonly #most: number;
  readonly #counts: Record<Urgency, number> = { live: 0, bulk: 0 };

  constructor(most: number) {
    this.#most = most;
  }

  /** Which of them may have one more. */
  get allowed(): Readonly<Record<Urgency, boolean>> {
    return { live: this.#counts.live < this.#most, bulk: this.#counts.bulk < this.#most };
  }

  /** Counts one until the function returned is called, which may be called again. */
  leave(urgency: Urgency): () => void {
    let left = true;
    this.#counts[urgency]++;
    return () => {
      if (left) this.#counts[urgency]--;
      left = false;
    };
  }
}
