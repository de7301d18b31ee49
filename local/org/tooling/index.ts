import { OrgError } from '../core/index.ts';
import { answerQuery, errorBody, notFound } from '../http/index.ts';
import type { RestAnswer, RestCall, RestWorld } from '../http/index.ts';

const APEX_DOORS = new Set(['runTestsAsynchronous', 'runTestsSynchronous', 'executeAnonymous']);

function route(world: RestWorld, call: RestCall): RestAnswer {
  const [, resource = ''] = call.segments;
  if (resource === 'query') return answerQuery(world, { ...call, segments: call.segments.slice(1) });
  if (APEX_DOORS.has(resource)) {
    throw new OrgError(400, 'API_CURRENTLY_DISABLED', `not yet: Apex does not run in the local org (${resource})`);
  }
  throw notFound();
}

/**
 * Answers `/services/data/vNN.N/tooling`: queries of objects that the org holds; INVALID_TYPE for those that only
 * come with Apex (tests, coverage, source members).
 */
export function answerTooling(world: RestWorld, call: RestCall): RestAnswer {
  try {
    return route(world, call);
  } catch (error) {
    if (!(error instanceof OrgError)) throw error;
    return { status: error.status, body: errorBody(error) };
  }
}
