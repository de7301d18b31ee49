import type { Protocol } from '../kit/index.ts';
import { forbidden, refused } from './answer.ts';
import type { PendoFaults } from './dial.ts';
import type { Subscription } from './subscription.ts';

/** The hosts of Pendo's regions; no key counts in another one than its own. */
export const regionHosts = {
  us: 'app.pendo.io',
  eu: 'app.eu.pendo.io',
  us1: 'us1.app.pendo.io',
  jpn: 'app.jpn.pendo.io',
  au: 'app.au.pendo.io',
} as const;

export type Region = keyof typeof regionHosts;

/** No size is documented; an aggregation may answer 4 GB. */
const longestBody = 32_000_000;

/** How Pendo refuses: keys by an empty 403, everything else in words. */
export function pendoProtocol(subscription: Subscription, faults: PendoFaults): Protocol<Subscription> {
  return {
    name: 'Pendo',
    longestBody,
    keyOf: (headers) => headers.get('x-pendo-integration-key') ?? undefined,
    refuseKey(key, { method, name }) {
      const found = subscription.keys.get(key ?? '');
      if (found === undefined || found.revoked) return forbidden;
      const writes = method !== 'GET' && name !== 'aggregation';
      return writes && !found.write ? forbidden : undefined;
    },
    tooLarge: () => refused(413, 'The body is too large'),
    limitOf({ limit }) {
      const requests = faults.limits.requestsPerSecond;
      return requests === undefined ? limit : { requests, milliseconds: 1000 };
    },
    throttled: () =>
      subscription.habits.throttle === 429
        ? refused(429, 'Too many requests')
        : { status: 403, body: { error: { errors: [{ reason: 'rateLimitExceeded' }], code: 403 } } },
    broken: (status) => refused(status, status === 500 ? 'Internal server error' : 'Service unavailable'),
  };
}
