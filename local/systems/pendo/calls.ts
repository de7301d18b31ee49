import type { CallDefinition as Definition, Limit } from '../kit/index.ts';
import type { Subscription } from './subscription.ts';

export type CallDefinition = Definition<Subscription>;

/**
 * Pendo publishes no rate. Source: Hevo's connector ("100 calls per second per endpoint"); the Singer tap keeps to one
 * in two seconds. The dial's `requestsPerSecond` takes its place.
 */
export const perSecond: Limit = { requests: 100, milliseconds: 1000 };
