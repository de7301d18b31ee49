import { OrgError } from '../core/index.ts';
import type { OrgClock } from '../core/index.ts';

/** Source: Salesforce Developer Limits, "API Request Limits": requests of 20 seconds and more are counted. */
const LONG_MILLISECONDS = 20_000;

/** The API requests that run at this moment. */
export interface LongRequests {
  /** Requests that may be long at once. */
  limit: number;
  /** Begins a request; returns what ends it. Throws `OrgError` 403 while as many as the limit are long already. */
  begin(): () => void;
}

export function createLongRequests(clock: OrgClock, limit: number): LongRequests {
  const begun = new Set<{ readonly at: number }>();
  return {
    limit,
    begin() {
      const now = clock.now();
      let long = 0;
      for (const { at } of begun) if (now - at >= LONG_MILLISECONDS) long += 1;
      if (long >= this.limit) {
        const message = 'ConcurrentRequests (Concurrent API Requests) Limit exceeded.';
        throw new OrgError(403, 'REQUEST_LIMIT_EXCEEDED', message);
      }
      const request = { at: now };
      begun.add(request);
      return () => begun.delete(request);
    },
  };
}
