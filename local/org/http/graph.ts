import { isRecord, methodNotAllowed, readJsonObject } from './call.ts';
import type { RestAnswer, RestCall, RestWorld } from './call.ts';
import { readSubRequests, runTogether } from './composite.ts';
import type { Dispatch, SubRequest } from './composite.ts';
import { OrgError } from '../core/index.ts';

/** Limits of one call (REST API Developer Guide, "Composite Graph Limits"). */
const MOST_GRAPHS = 75;
const MOST_NODES = 500;

interface Graph {
  readonly graphId: string;
  readonly requests: readonly SubRequest[];
}

/** Source: the same guide, "Composite Graph": records and their objects are all that a graph can hold. */
const supported = /^\/?(?:services\/data\/)?v\d+\.\d\/sobjects\/[^/?]+/;

function readGraph(value: unknown): Graph {
  if (!isRecord(value) || typeof value['graphId'] !== 'string') {
    throw new OrgError(400, 'JSON_PARSER_ERROR', 'Each graph needs a graphId and a compositeRequest');
  }
  const graphId = value['graphId'];
  const requests = readSubRequests(value);
  const strange = requests.find(({ url }) => !supported.test(url));
  if (strange) throw new OrgError(400, 'INVALID_INPUT', `The URL ${strange.url} is not supported in a graph`);
  return { graphId, requests };
}

/** `POST /composite/graph`: up to 500 calls in up to 75 graphs, each graph a transaction of its own. */
export function answerGraph(world: RestWorld, call: RestCall, dispatch: Dispatch): RestAnswer {
  if (call.method !== 'POST') throw methodNotAllowed(call.method, 'POST');
  const list = readJsonObject(call)['graphs'];
  if (!Array.isArray(list)) throw new OrgError(400, 'JSON_PARSER_ERROR', 'graphs must be an array');
  const graphs = list.map(readGraph);
  if (graphs.length > MOST_GRAPHS) {
    throw new OrgError(400, 'LIMIT_EXCEEDED', `At most ${MOST_GRAPHS} graphs are allowed (${graphs.length} sent)`);
  }
  const nodes = graphs.reduce((sum, { requests }) => sum + requests.length, 0);
  if (nodes > MOST_NODES) {
    throw new OrgError(400, 'LIMIT_EXCEEDED', `At most ${MOST_NODES} nodes are allowed (${nodes} sent)`);
  }
  const ids = graphs.map(({ graphId }) => graphId);
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined) throw new OrgError(400, 'INVALID_INPUT', `The graphId ${twice} is used twice`);
  const answers = graphs.map(({ graphId, requests }) => {
    const compositeResponse = runTogether(world, call, requests, dispatch);
    const isSuccessful = compositeResponse.every(({ httpStatusCode }) => httpStatusCode < 400);
    return { graphId, graphResponse: { compositeResponse }, isSuccessful };
  });
  return { status: 200, body: { graphs: answers } };
}
