import type { OrgClock } from '../core/index.ts';

const HOUR = 60 * 60 * 1000;
const HOURS = 24;

/** API requests of the last 24 hours, against the org's daily limit. */
export interface UsageCounter {
  readonly used: number;
  /** All requests since the org was made. */
  readonly total: number;
  limit: number;
  /** Counts one request; false, and not counted, when the limit is reached. */
  take(): boolean;
}

/** Daily limit of a new org: that of an Enterprise Edition with no added licences. */
export const USUAL_DAILY_LIMIT = 100_000;

/** A counter on the org's clock, by the hour. */
export function createUsage(clock: OrgClock, limit: number): UsageCounter {
  const byHour = new Map<number, number>();
  let total = 0;
  const used = (): number => {
    const oldest = Math.floor(clock.now() / HOUR) - HOURS;
    let sum = 0;
    for (const [hour, count] of byHour) {
      if (hour <= oldest) byHour.delete(hour);
      else sum += count;
    }
    return sum;
  };
  return {
    limit,
    get used() {
      return used();
    },
    get total() {
      return total;
    },
    take() {
      if (used() >= this.limit) return false;
      const hour = Math.floor(clock.now() / HOUR);
      byHour.set(hour, (byHour.get(hour) ?? 0) + 1);
      total += 1;
      return true;
    },
  };
}
