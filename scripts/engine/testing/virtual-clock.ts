import type { Clock, Random } from '../ports/index.ts';

interface Timer {
  readonly at: number;
  /** Among timers of the same instant, the lower goes first. */
  readonly turn: number;
  readonly fire: () => void;
}

/** Time that stands still while anything can happen without it, and then jumps to the next timer. */
export class VirtualClock implements Clock {
  #now: number;
  readonly #timers = new Set<Timer>();
  readonly #turn: () => number;

  /** Timers of the same instant go in the order they were set, or in the order that `random` decides. */
  constructor(start = Date.UTC(2026, 0, 1), random?: Random) {
    this.#now = start;
    let set = 0;
    this.#turn = random ?? (() => set++);
  }

  now(): number {
    return this.#now;
  }

  sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) {
        reject(signal.reason as Error);
        return;
      }
      const abort = (): void => {
        cancel();
        reject(signal?.reason as Error);
      };
      const cancel = this.after(milliseconds, () => {
        signal?.removeEventListener('abort', abort);
        resolve();
      });
      signal?.addEventListener('abort', abort, { once: true });
    });
  }

  /** Runs `task` after `milliseconds`, whole ones as machines count them; returns what cancels it. */
  after(milliseconds: number, task: () => void): () => void {
    const timer = { at: this.#now + Math.max(0, Math.ceil(milliseconds)), turn: this.#turn(), fire: task };
    this.#timers.add(timer);
    return () => void this.#timers.delete(timer);
  }

  /** Runs until the promise settles. Throws when nothing is left that could settle it, or after `limit` virtual milliseconds. */
  async run<Value>(promise: Promise<Value>, limit = 7 * 86_400_000): Promise<Value> {
    let done = false;
    const mark = (): void => {
      done = true;
    };
    promise.then(mark, mark);
    const end = this.#now + limit;
    for (;;) {
      await idle();
      if (done) return promise;
      const next = this.#next();
      if (!next) throw new Error('Nothing is left to happen, and the promise is still pending.');
      if (next.at > end) throw new Error(`Still pending after ${limit} virtual milliseconds.`);
      this.#fire(next);
    }
  }

  /** Lets `milliseconds` pass. */
  async pass(milliseconds: number): Promise<void> {
    const end = this.#now + milliseconds;
    for (;;) {
      await idle();
      const next = this.#next();
      if (!next || next.at > end) break;
      this.#fire(next);
    }
    this.#now = end;
  }

  #next(): Timer | undefined {
    let next: Timer | undefined;
    for (const timer of this.#timers) {
      if (!next || timer.at < next.at || (timer.at === next.at && timer.turn < next.turn)) next = timer;
    }
    return next;
  }

  #fire(timer: Timer): void {
    this.#timers.delete(timer);
    this.#now = Math.max(this.#now, timer.at);
    timer.fire();
  }
}

/** Everything that needs no time has happened. Two turns: a macrotask may start promises that need another. */
async function idle(): Promise<void> {
  for (let turn = 0; turn < 2; turn++) await new Promise((resolve) => setImmediate(resolve));
}
