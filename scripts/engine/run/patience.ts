import { PlumblineError, SettingsError, WaitError, LeaseLostError } from '../errors.ts';
import { retryBudgets, retryDelay } from '../plan/index.ts';
import type { Clock, Random } from '../ports/index.ts';

/** Milliseconds between two tries while a person has to mend something. */
const recheckMilliseconds = 60_000;

/** Who is told what is waited for. */
export interface Telling {
  /** An error is waited out, until then. */
  readonly waiting: (error: PlumblineError, until: number) => void;
  /** What was waited for has worked. */
  readonly over: () => void;
}

/** True for errors that time or a person mends while the loops that met them stay. */
export function canBeWaitedOut(error: unknown): error is PlumblineError {
  return error instanceof PlumblineError && !(error instanceof LeaseLostError) && error.next !== 'fixRecord';
}

/** Waits out errors of a source or of the org, so that the loop that called can go on by itself. */
export class Patience {
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #signal: AbortSignal;
  readonly #tell: Telling;
  #faults = 0;
  #waited = false;

  constructor(clock: Clock, random: Random, signal: AbortSignal, tell: Telling) {
    this.#clock = clock;
    this.#random = random;
    this.#signal = signal;
    this.#tell = tell;
  }

  succeeded(): void {
    this.#faults = 0;
    if (this.#waited) this.#tell.over();
    this.#waited = false;
  }

  /** Resolves when it is time to try again; throws what waiting does not mend, and at once when its loop is over. */
  async wait(error: unknown): Promise<void> {
    if (!canBeWaitedOut(error)) throw error;
    this.#signal.throwIfAborted();
    const until = this.#clock.now() + this.#delay(error);
    this.#waited = true;
    this.#tell.waiting(error, until);
    await this.#clock.sleep(until - this.#clock.now(), this.#signal);
  }

  #delay(error: PlumblineError): number {
    if (error instanceof WaitError) return Math.max(1_000, error.untilMilliseconds - this.#clock.now());
    if (error instanceof SettingsError) return recheckMilliseconds;
    return Math.min(recheckMilliseconds, retryDelay(retryBudgets.fault, ++this.#faults, this.#random));
  }
}
