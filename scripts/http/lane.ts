import type { Clock, Urgency } from '../engine/index.ts';
import { RequestWindow, type Slot } from './request-window.ts';

export interface LaneLimits {
  /** Requests that the other side takes in any `windowMilliseconds`. */
  readonly requests: number;
  readonly windowMilliseconds: number;
  /** Requests that may be unanswered at once. */
  readonly maxInFlight: number;
}

export interface LaneStatus {
  readonly waiting: Readonly<Record<Urgency, number>>;
  readonly inFlight: number;
  /** Milliseconds since 1970; absent when the lane is not paused. */
  readonly pausedUntil?: number;
}

export interface LaneRequest<Answer> {
  readonly urgency: Urgency;
  /** Runs when the request's turn has come, before it counts as started: what must be stored before it leaves. */
  readonly prepare?: () => Promise<void>;
  /** Sends the request at once; its promise resolves when the other side has answered. */
  readonly send: () => Promise<Answer>;
  /** Takes the request out of the queue; one that has left is the business of `send`. */
  readonly signal?: AbortSignal;
}

interface Waiting {
  readonly start: (slot: Slot) => Promise<void>;
}

/**
 * One credential's queue of requests: never more at the other side than its published limit, live work before bulk
 * work, first come first served within each. Timed by the given clock alone.
 *
 * Own code because p-queue and p-retry time themselves by the global `Date` and `setTimeout`, so that a seeded fault
 * schedule cannot drive them.
 */
export class Lane {
  readonly #clock: Clock;
  readonly #maxInFlight: number;
  readonly #window: RequestWindow;
  readonly #queues: Readonly<Record<Urgency, Set<Waiting>>> = { live: new Set(), bulk: new Set() };
  #inFlight = 0;
  #pausedUntil = 0;
  #wake: { readonly at: number; readonly cancel: AbortController } | undefined;

  constructor(options: { readonly limits: LaneLimits; readonly clock: Clock }) {
    this.#clock = options.clock;
    this.#maxInFlight = options.limits.maxInFlight;
    this.#window = new RequestWindow(options.limits.requests, options.limits.windowMilliseconds);
  }

  /** Resolves or rejects as `send` does; rejects with `prepare`'s error, or the signal's reason, if it never left. */
  run<Answer>(request: LaneRequest<Answer>): Promise<Answer> {
    const { promise, resolve, reject } = Promise.withResolvers<Answer>();
    const { signal } = request;
    if (signal?.aborted) {
      reject(signal.reason);
      return promise;
    }
    const queue = this.#queues[request.urgency];
    const leave = (): void => {
      queue.delete(waiting);
      reject(signal?.reason);
    };
    const waiting: Waiting = {
      start: (slot) => {
        signal?.removeEventListener('abort', leave);
        return this.#send(request, slot).then(resolve, reject);
      },
    };
    signal?.addEventListener('abort', leave, { once: true });
    queue.add(waiting);
    this.#pump();
    return promise;
  }

  /** Starts nothing before then (milliseconds since 1970): after a 429, or when a quota is used up. */
  pauseUntil(milliseconds: number): void {
    this.#pausedUntil = Math.max(this.#pausedUntil, milliseconds);
  }

  status(): LaneStatus {
    return {
      waiting: { live: this.#queues.live.size, bulk: this.#queues.bulk.size },
      inFlight: this.#inFlight,
      ...(this.#pausedUntil > this.#clock.now() ? { pausedUntil: this.#pausedUntil } : {}),
    };
  }

  async #send<Answer>(request: LaneRequest<Answer>, slot: Slot): Promise<Answer> {
    try {
      await request.prepare?.();
    } catch (error) {
      this.#window.giveBack(slot);
      throw error;
    }
    slot.startedAt = this.#clock.now();
    const answer = await request.send();
    slot.answeredAt = this.#clock.now();
    return answer;
  }

  #pump(): void {
    for (;;) {
      const now = this.#clock.now();
      const next = first(this.#queues.live) ?? first(this.#queues.bulk);
      if (!next || this.#inFlight >= this.#maxInFlight) return;
      if (this.#pausedUntil > now) return this.#wakeAt(this.#pausedUntil);
      const slot = this.#window.take(now);
      if (!slot) return this.#wakeAt(this.#window.freeAt());
      this.#queues.live.delete(next);
      this.#queues.bulk.delete(next);
      this.#inFlight++;
      void next.start(slot).then(() => {
        this.#inFlight--;
        this.#pump();
      });
    }
  }

  /** One timer at a time, the earliest; without one (every slot is still being prepared) the next answer wakes. */
  #wakeAt(at: number | undefined): void {
    if (at === undefined || (this.#wake && this.#wake.at <= at)) return;
    this.#wake?.cancel.abort();
    const wake = { at, cancel: new AbortController() };
    this.#wake = wake;
    const rise = (): void => {
      if (this.#wake !== wake) return;
      this.#wake = undefined;
      this.#pump();
    };
    this.#clock.sleep(at - this.#clock.now(), wake.cancel.signal).then(rise, rise);
  }
}

function first(queue: ReadonlySet<Waiting>): Waiting | undefined {
  return queue.values().next().value;
}
