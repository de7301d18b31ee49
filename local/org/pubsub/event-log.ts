import { replayIdCorrupted, replayIdPurged } from './errors.ts';

/** An event as the bus keeps it: its own number, and when it came. */
export interface Logged {
  readonly replayId: number;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** Source: Pub/Sub API, event retention. */
export const retentionMilliseconds = 72 * 3_600_000;

const firstReplayId = 10_000;

/**
 * The retained events in order. Replay IDs grow with gaps. Events leave after 72 hours, or when there are more than the
 * local org keeps; a reader of a purged ID is told so.
 */
export class EventLog<Event extends Logged> {
  readonly #most: number;
  readonly #random: () => number;
  #events: Event[] = [];
  #start = 0;
  #latest = firstReplayId;
  #purged = firstReplayId - 1;

  /** `most` events are kept; `random` draws the gaps between replay IDs. */
  constructor(most: number, random: () => number) {
    this.#most = most;
    this.#random = random;
  }

  get latest(): number {
    return this.#latest;
  }

  /** The ID after which everything is still there. */
  get earliest(): number {
    return this.#purged;
  }

  nextReplayId(): number {
    return this.#latest + 1 + Math.floor(this.#random() * 3);
  }

  append(event: Event): void {
    this.#events.push(event);
    this.#latest = event.replayId;
    if (this.#events.length - this.#start > this.#most) this.#drop(1);
  }

  /** Drops what is older than the retention at `now`. */
  expire(now: number): void {
    let count = 0;
    for (let index = this.#start; index < this.#events.length; index++) {
      if ((this.#events[index] as Event).at > now - retentionMilliseconds) break;
      count++;
    }
    this.#drop(count);
  }

  /** Drops everything; readers of before are told that their place was purged. */
  forget(): void {
    this.#events = [];
    this.#start = 0;
    this.#latest += 1;
    this.#purged = this.#latest;
  }

  /** Throws when one cannot resume after `replayId`. */
  check(replayId: number, topic: string): void {
    if (replayId > this.#latest) throw replayIdCorrupted(topic);
    if (replayId < this.#purged) throw replayIdPurged(topic);
  }

  /** The events after `replayId`, in order. */
  *after(replayId: number): Generator<Event> {
    let low = this.#start;
    let high = this.#events.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#events[middle] as Event).replayId <= replayId) low = middle + 1;
      else high = middle;
    }
    for (let index = low; index < this.#events.length; index++) yield this.#events[index] as Event;
  }

  #drop(count: number): void {
    if (count === 0) return;
    this.#start += count;
    this.#purged = (this.#events[this.#start - 1] as Event).replayId;
    if (this.#start > 1024 && this.#start * 2 > this.#events.length) {
      this.#events = this.#events.slice(this.#start);
      this.#start = 0;
    }
  }
}
