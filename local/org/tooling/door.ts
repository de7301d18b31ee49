import { executeAnonymous } from '../apex/index.ts';
import type { Apex, TestRuns } from '../apex/index.ts';
import { OrgError } from '../core/index.ts';
import { answerQuery, errorBody, notFound, readJsonObject } from '../http/index.ts';
import type { RestAnswer, RestCall, RestWorld } from '../http/index.ts';
import { findRows } from './query.ts';

/** What the Tooling API is asked of. */
export interface ToolingWorld {
  readonly rest: RestWorld;
  readonly apex: Apex;
  readonly testRuns: TestRuns;
}

function route(world: ToolingWorld, call: RestCall): RestAnswer {
  const [, resource = ''] = call.segments;
  switch (resource) {
    case 'query':
      return answerToolingQuery(world, call);
    case 'executeAnonymous':
      return { status: 200, body: executeAnonymous(world.apex, call.session, call.query.get('anonymousBody') ?? '') };
    case 'runTestsSynchronous':
      return { status: 200, body: world.testRuns.runNow(readJsonObject(call)) };
    case 'runTestsAsynchronous':
      return { status: 200, body: world.testRuns.start(readJsonObject(call), call.session) };
    default:
      throw notFound();
  }
}

/** A query of what Apex leaves (classes, tests, coverage), or of the org's objects. */
function answerToolingQuery(world: ToolingWorld, call: RestCall): RestAnswer {
  const soql = call.query.get('q') ?? '';
  const records = findRows(soql, world.testRuns.rows(), call.version);
  if (records === undefined) return answerQuery(world.rest, { ...call, segments: call.segments.slice(1) });
  return {
    status: 200,
    body: { size: records.length, totalSize: records.length, done: true, queryLocator: null, records },
  };
}

/**
 * Answers `/services/data/vNN.N/tooling`: Apex tests and scripts, queries of what they leave and of objects that the
 * org holds.
 */
export function answerTooling(world: ToolingWorld, call: RestCall): RestAnswer {
  try {
    return route(world, call);
  } catch (error) {
    if (!(error instanceof OrgError)) throw error;
    return { status: error.status, body: errorBody(error) };
  }
}
