export { NotSentError, UnansweredError } from './errors.ts';
export { Lane, type LaneLimits, type LaneRequest, type LaneStatus } from './lane.ts';
export { Redactor } from './redact.ts';
export { backOff, failureOf, retry, retryAfter } from './retry.ts';
export { createTransport, type HttpTransport, type TransportOptions } from './transport.ts';
export type { Transport } from '../engine/index.ts';
