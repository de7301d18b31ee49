import type { OrgClock } from '../core/index.ts';
import type { Apps } from '../oauth/index.ts';

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

/** The counters of the apps that have a limit of their own, by client ID. */
export interface AppUsage {
  /** The counter of an app; `undefined` for one without a limit. */
  of(clientId: string): { readonly name: string; readonly counter: UsageCounter } | undefined;
  all(): readonly { readonly name: string; readonly counter: UsageCounter }[];
}

/** Counts what each app uses of its own limit. */
export function createAppUsage(clock: OrgClock, apps: Pick<Apps, 'find' | 'all'>): AppUsage {
  const counters = new Map<string, UsageCounter>();
  const of: AppUsage['of'] = (clientId) => {
    const app = apps.find(clientId);
    if (app?.dailyApiRequests === undefined) return undefined;
    const counter = counters.get(clientId) ?? createUsage(clock, app.dailyApiRequests);
    counter.limit = app.dailyApiRequests;
    counters.set(clientId, counter);
    return { name: app.name ?? clientId, counter };
  };
  return { of, all: () => apps.all().flatMap(({ clientId }) => of(clientId) ?? []) };
}

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
