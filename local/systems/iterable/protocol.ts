import type { Protocol } from '../kit/index.ts';
import { failure } from './answer.ts';
import { longestBody } from './body.ts';
import type { IterableFaults } from './dial.ts';
import type { Project } from './project.ts';

/** How Iterable refuses: its keys, its sizes, its limits, its error bodies. */
export function iterableProtocol(
  apiKeys: ReadonlySet<string>,
  project: Project,
  faults: IterableFaults,
): Protocol<Project> {
  return {
    name: 'Iterable',
    longestBody,
    keyOf: (headers) => headers.get('api-key') ?? headers.get('api_key') ?? undefined,
    refuseKey(key, _, call) {
      if (key === undefined) return failure(401, 'BadApiKey', 'No API key found on request');
      if (apiKeys.has(key)) return undefined;
      return failure(401, 'BadApiKey', 'Invalid API key', { ip: '127.0.0.1', endpoint: call.path });
    },
    tooLarge: () => failure(413, 'BatchTooLarge', `Request body is larger than ${longestBody} bytes`),
    limitOf({ name, limit }) {
      const lifted = name === 'users/bulkUpdate' ? faults.limits.bulkUpdatePerSecond : undefined;
      return lifted === undefined ? limit : { requests: lifted, milliseconds: 1000 };
    },
    /** The 429 of Iterable: no `Retry-After`, no other header. */
    throttled({ path }) {
      const msg = `Exceeded rate limit for endpoint: ${path}, project: ${project.number}`;
      return failure(429, 'RateLimitExceeded', msg, {});
    },
    broken: (status) =>
      failure(status, 'GenericError', status === 500 ? 'An unexpected error occurred' : 'Service unavailable'),
  };
}
