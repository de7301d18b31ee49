import type { Random } from '../../scripts/engine/index.ts';
import { roll, type VirtualClock } from '../../scripts/engine/testing/index.ts';
import { NotSentError, UnansweredError } from '../../scripts/http/index.ts';
import type { Trace } from './trace.ts';

/** Where the org is, in this world. */
export const orgUrl = 'https://org.local';

/** Milliseconds that a request or an answer travels at most: to the org, to anyone else. */
const farMilliseconds = { org: 120, other: 400 };

/** How requests get through to each side, in the time that the seed decides, and when they do not. */
export class Reach<Side extends string> {
  readonly #clock: VirtualClock;
  readonly #random: Random;
  readonly #trace: Trace;
  readonly #reachableAt = new Map<Side, number>();

  constructor(ports: { readonly clock: VirtualClock; readonly random: Random; readonly trace: Trace }) {
    this.#clock = ports.clock;
    this.#random = ports.random;
    this.#trace = ports.trace;
  }

  /** Nothing gets through to that side for so many milliseconds. */
  cutOff(side: Side, milliseconds: number): void {
    const until = this.#clock.now() + milliseconds;
    this.#reachableAt.set(side, Math.max(this.#reachableAt.get(side) ?? 0, until));
  }

  /** Everything gets through again. */
  mend(): void {
    this.#reachableAt.clear();
  }

  /** Rejects, as the real transport does, when nothing gets through to the side. */
  async enter(side: Side): Promise<void> {
    if (this.#clock.now() >= (this.#reachableAt.get(side) ?? 0)) return;
    await this.travel(side);
    throw new NotSentError(`${side} could not be reached.`);
  }

  /** The error for a request whose answer was cut, once that is noticed. */
  async unanswered(side: Side, what: string, cause: unknown): Promise<UnansweredError> {
    this.#trace.add(side, `${what} cut`);
    await this.travel(side);
    return new UnansweredError(`${side} was sent a request and did not answer it.`, { cause });
  }

  travel(side: Side): Promise<void> {
    const far = side === 'org' ? farMilliseconds.org : farMilliseconds.other;
    return this.#clock.sleep(1 + roll(this.#random, far));
  }
}
