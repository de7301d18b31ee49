import type { Limit } from './calls.ts';

/** Sliding windows, one for each API key and call: a call is taken while fewer than the limit were within the window. */
export class RateLimits {
  readonly #taken = new Map<string, number[]>();

  /** Whether a call at `now` is within its limit; one that is not is not counted. */
  take(key: string, limit: Limit, now: number): boolean {
    const times = this.#taken.get(key) ?? [];
    let old = 0;
    while (old < times.length && (times[old] as number) <= now - limit.milliseconds) old++;
    if (old > 0) times.splice(0, old);
    if (times.length >= limit.requests) return false;
    times.push(now);
    this.#taken.set(key, times);
    return true;
  }
}
