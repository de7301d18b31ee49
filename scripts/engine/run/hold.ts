import { CredentialsError, PlumblineError, RetryError, SettingsError, WaitError } from '../errors.ts';
import { retryBudgets, retryDelay } from '../plan/index.ts';
import type { Clock, Random, Target } from '../ports/index.ts';
import type { ReasonCode } from '../reasons/index.ts';

/** Milliseconds between two looks whether a person has mended the credentials. */
const recheckMilliseconds = 60_000;

/** Why nothing is sent over a connection for now. */
export interface Held {
  readonly until: number;
  readonly reason: Extract<ReasonCode, 'waiting-for-limit' | 'waiting-for-credentials' | 'passing-fault'>;
  readonly detail: string;
}

/** Stops a connection's requests while they cannot succeed, and lets them go on by itself. */
export class Hold {
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #target: Pick<Target, 'check'>;
  #held: Held | undefined;
  #faults = 0;

  constructor(clock: Clock, random: Random, target: Pick<Target, 'check'>) {
    this.#clock = clock;
    this.#random = random;
    this.#target = target;
  }

  get state(): Held | undefined {
    return this.#held;
  }

  /** A request was answered: whatever held the connection is over. */
  clear(): void {
    this.#faults = 0;
    this.#held = undefined;
  }

  /** Holds the connection for what an error asks for. Throws errors that are not for waiting. */
  raise(error: Error): Held {
    this.#held = this.#heldFor(error);
    return this.#held;
  }

  /** A request got no answer: the next ones wait a little, longer each time. */
  faulted(detail: string): void {
    this.raise(new RetryError(detail, []));
  }

  /** Until when nothing may be sent; undefined when it may. Credentials are checked before anything is sent again. */
  async pass(): Promise<number | undefined> {
    const held = this.#held;
    if (!held) return undefined;
    if (held.until > this.#clock.now()) return held.until;
    if (held.reason !== 'waiting-for-credentials') {
      this.#held = undefined;
      return undefined;
    }
    try {
      await this.#target.check();
      this.clear();
      return undefined;
    } catch (error) {
      if (!(error instanceof PlumblineError)) throw error;
      return this.raise(error).until;
    }
  }

  #heldFor(error: Error): Held {
    const now = this.#clock.now();
    const detail = error.message;
    if (error instanceof WaitError)
      return { until: Math.max(error.untilMilliseconds, now), reason: 'waiting-for-limit', detail };
    if (error instanceof CredentialsError || error instanceof SettingsError) {
      return { until: now + recheckMilliseconds, reason: 'waiting-for-credentials', detail };
    }
    if (error instanceof RetryError) {
      const delay = retryDelay(retryBudgets.fault, ++this.#faults, this.#random);
      return { until: now + delay, reason: 'passing-fault', detail };
    }
    throw error;
  }
}
