import { errorBody, methodNotAllowed, notFound } from './call.ts';
import type { RestAnswer, RestCall, RestWorld } from './call.ts';
import { answerCollections } from './collections.ts';
import { answerBatch, answerComposite } from './composite.ts';
import { answerGraph } from './graph.ts';
import { answerParameterizedSearch, answerRecent, answerSearch, answerTabs, answerTheme } from './home.ts';
import { answerQuery } from './query.ts';
import { answerLimits, answerRoot, isVersion } from './resources.ts';
import { answerSobjects } from './sobjects.ts';
import { answerTree } from './tree.ts';
import { OrgError } from '../core/index.ts';

function route(world: RestWorld, call: RestCall): RestAnswer {
  if (!isVersion(call.version)) throw notFound();
  const [resource, kind] = call.segments;
  switch (resource) {
    case undefined:
    case '':
      return answerRoot(world, call);
    case 'limits':
      if (call.method !== 'GET') throw methodNotAllowed(call.method, 'GET, HEAD');
      return answerLimits(world);
    case 'tabs':
      return answerTabs(world, call);
    case 'theme':
      return answerTheme(world, call);
    case 'recent':
      return answerRecent(call);
    case 'parameterizedSearch':
      return answerParameterizedSearch(world, call);
    case 'search':
      return answerSearch(world, call);
    case 'sobjects':
      return answerSobjects(world, call);
    case 'query':
    case 'queryAll':
      return answerQuery(world, call);
    case 'composite':
      if (kind === 'sobjects') return answerCollections(world, call);
      if (kind === 'tree') return answerTree(world, call);
      if (kind === 'batch') return answerBatch(call, (sub) => answerRest(world, sub));
      if (kind === 'graph') return answerGraph(world, call, (sub) => answerRest(world, sub));
      if (kind === undefined) return answerComposite(world, call, (sub) => answerRest(world, sub));
      throw notFound();
    default:
      throw notFound();
  }
}

/** Answers a call of the REST API. Errors that an org would word come back as answers. */
export function answerRest(world: RestWorld, call: RestCall): RestAnswer {
  try {
    return route(world, call.method === 'HEAD' ? { ...call, method: 'GET' } : call);
  } catch (error) {
    if (!(error instanceof OrgError)) throw error;
    return { status: error.status, body: errorBody(error) };
  }
}
