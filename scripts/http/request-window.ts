/** A request that may lie within the other side's window. Times are milliseconds since 1970. */
export interface Slot {
  /** Absent while the request has not left. */
  startedAt?: number;
  answeredAt?: number;
}

/** A request is taken to reach the other side within this time of leaving, in milliseconds. */
export const arrivalMilliseconds = 1_000;

/** Between two clocks' roundings, in milliseconds. */
const marginMilliseconds = 10;

/**
 * Keeps the other side's own sliding window from ever being exceeded. It counts a request when it arrives, which is
 * after it left and before it was answered, so a request may still lie within the window until
 * `min(answer, start + 1 s) + window`. While so many do, no other may leave: any `requests + 1` arrivals are then
 * at least one window apart, in whatever order they arrive.
 */
export class RequestWindow {
  readonly #requests: number;
  readonly #milliseconds: number;
  #slots: Slot[] = [];

  constructor(requests: number, milliseconds: number) {
    this.#requests = requests;
    this.#milliseconds = milliseconds;
  }

  /** A place for one request, absent when there is none at `now`. */
  take(now: number): Slot | undefined {
    this.#slots = this.#slots.filter((slot) => this.#until(slot) > now);
    if (this.#slots.length >= this.#requests) return undefined;
    const slot: Slot = {};
    this.#slots.push(slot);
    return slot;
  }

  /** The request has not left. */
  giveBack(slot: Slot): void {
    this.#slots = this.#slots.filter((other) => other !== slot);
  }

  /** When the next place gets free, milliseconds since 1970; absent while that depends on requests yet to leave. */
  freeAt(): number | undefined {
    const earliest = Math.min(...this.#slots.map((slot) => this.#until(slot)));
    return Number.isFinite(earliest) ? earliest : undefined;
  }

  #until(slot: Slot): number {
    if (slot.startedAt === undefined) return Infinity;
    const arrived = Math.min(slot.answeredAt ?? Infinity, slot.startedAt + arrivalMilliseconds);
    return arrived + this.#milliseconds + marginMilliseconds;
  }
}
