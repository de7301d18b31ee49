import { claimId, type Candidate } from '../plan/index.ts';

/** What is asked of a candidate here. */
export interface Traveller extends Pick<Candidate, 'source' | 'work'> {
  readonly policy: Pick<Candidate['policy'], 'name'>;
}

/** Records between their entrance and their settlement, a bounded number of each entrance. */
export class OnTheirWay {
  readonly #most: number;
  readonly #live = new Set<string>();
  #bulk = 0;
  #waiting: (() => void)[] = [];

  /** `most` records of an entrance before there is no room for more of it. */
  constructor(most: number) {
    this.#most = most;
  }

  get hasBulkRoom(): boolean {
    return this.#bulk < this.#most;
  }

  get hasLiveRoom(): boolean {
    return this.#live.size < this.#most;
  }

  get hasLive(): boolean {
    return this.#live.size > 0;
  }

  isLive(sync: string, source: string): boolean {
    return this.#live.has(claimId({ sync, source }));
  }

  add(travellers: readonly Traveller[]): void {
    for (const { work, policy, source } of travellers) {
      if (work) this.#live.add(claimId({ sync: policy.name, source }));
      else this.#bulk++;
    }
  }

  /** Those that are settled. */
  remove(travellers: readonly Traveller[]): void {
    for (const { work, policy, source } of travellers) {
      if (work) this.#live.delete(claimId({ sync: policy.name, source }));
      else this.#bulk--;
    }
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve();
  }

  /** Resolves when some were removed. */
  fewer(): Promise<void> {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }
}
