import { Hono } from 'hono';
import type { Context } from 'hono';
import { answerPage } from './apex.ts';
import { answerApexRestRequest } from './apex-rest-door.ts';
import { answerBatchRequest } from './batch-door.ts';
import { addControlDoor } from './control-door.ts';
import { answerData, checkLength, countRequest } from './data-door.ts';
import { ConnectionCut } from './faults.ts';
import type { Fault } from './faults.ts';
import { addOauthDoor } from './oauth-door.ts';
import type { ServerWorld } from './world.ts';
import { OrgError } from '../core/index.ts';
import { errorBody, versions } from '../http/index.ts';
import { answerSoap } from '../metadata/index.ts';
import { addShellDoor } from '../shell/index.ts';
import { answerPartner } from '../soap/index.ts';

/** Longest request line and headers together, in bytes (API limits). */
const URI_AND_HEADERS_LIMIT = 16_384;

const NOT_FOUND = [{ errorCode: 'NOT_FOUND', message: 'The requested resource does not exist' }];

/** sf keeps instance URLs with a slash at their end, so paths arrive as `//services/…`. */
function pathOf(request: Request): string {
  return new URL(request.url).pathname.replace(/\/{2,}/g, '/');
}

function makeApp(world: ServerWorld): Hono {
  const app = new Hono({ getPath: pathOf });
  app.onError((error) => {
    if (error instanceof OrgError) return Response.json(errorBody(error), { status: error.status });
    throw error;
  });
  app.notFound(() => Response.json(NOT_FOUND, { status: 404 }));
  addOauthDoor(app, world);
  addControlDoor(app, world);
  addShellDoor(app, {
    org: world.org,
    components: world.store,
    events: world.events,
    dmlOf: (session) => world.dmlOf(session),
    callAura: (session, className, method, parameters) =>
      answerPage(world.apex, session, className, method, parameters),
  });
  app.get('/services/data', () => Response.json(versions()));
  app.get('/services/data/', () => Response.json(versions()));
  app.all('/services/data/*', (context) =>
    answerData(world, context.req.raw, pathOf(context.req.raw).slice('/services/data/'.length)),
  );
  app.all('/services/apexrest/*', (context) =>
    answerApexRestRequest(world, context.req.raw, pathOf(context.req.raw).slice('/services/apexrest'.length)),
  );
  app.all('/services/async/*', (context) =>
    answerBatchRequest(world, context.req.raw, pathOf(context.req.raw).slice('/services/async/'.length)),
  );
  const answerSalesSoap = async (context: Context): Promise<Response> => {
    checkLength(context.req.raw);
    countRequest(world);
    const answer = await answerPartner(world.partner, pathOf(context.req.raw), await context.req.text());
    return new Response(answer.body, { status: answer.status, headers: { 'content-type': 'text/xml;charset=UTF-8' } });
  };
  app.post('/cometd/*', (context) => world.cometd(context.req.raw));
  app.post('/services/Soap/u/*', answerSalesSoap);
  app.post('/services/Soap/c/*', answerSalesSoap);
  app.post('/services/Soap/m/*', async (context) => {
    checkLength(context.req.raw);
    countRequest(world);
    const answer = answerSoap(world.soap, await context.req.text());
    return new Response(answer.body, { status: answer.status, headers: { 'content-type': 'text/xml;charset=UTF-8' } });
  });
  return app;
}

function tooLong(request: Request): boolean {
  let bytes = Buffer.byteLength(request.url) - new URL(request.url).origin.length;
  for (const [name, value] of request.headers) bytes += Buffer.byteLength(name) + Buffer.byteLength(value) + 4;
  return bytes > URI_AND_HEADERS_LIMIT;
}

/** Whether a request counts among those that may not be long. */
function isApi(path: string): boolean {
  return ['/services/data/', '/services/async/', '/services/Soap/'].some((door) => path.startsWith(door));
}

function unavailable(): Response {
  const html =
    '<html><head><title>Server Too Busy</title></head><body>The server is temporarily unavailable.</body></html>';
  return new Response(html, { status: 503, headers: { 'content-type': 'text/html; charset=UTF-8' } });
}

function pause(world: ServerWorld, milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    world.org.clock.after(milliseconds, () => resolve());
  });
}

async function withFault(
  world: ServerWorld,
  fault: Fault | undefined,
  answer: () => Promise<Response>,
): Promise<Response> {
  if (fault?.kind === 'cutBefore') throw new ConnectionCut();
  if (fault?.kind === 'unavailable') return unavailable();
  const response = await answer();
  if (fault?.kind === 'slow') await pause(world, fault.milliseconds ?? 0);
  if (fault?.kind === 'cutAfter') {
    await response.body?.cancel();
    throw new ConnectionCut();
  }
  return response;
}

/**
 * The doors of an org as one function from request to response. Rejects with `ConnectionCut` when the dial cuts the
 * connection. Faults never hit the `/local` paths.
 */
export function makeFetch(world: ServerWorld): (request: Request) => Promise<Response> {
  const app = makeApp(world);
  return async (request) => {
    const path = pathOf(request);
    if (path.startsWith('/local/') || path.startsWith('/.well-known/')) return app.fetch(request);
    const at = world.org.clock.now();
    const { method } = request;
    const log = (status: number): void => {
      world.log.add({ at, method, path, status, milliseconds: world.org.clock.now() - at });
    };
    if (tooLong(request)) {
      log(414);
      return new Response('URI Too Long', { status: 414 });
    }
    let end: () => void = () => undefined;
    try {
      if (isApi(path)) end = world.longRequests.begin();
      const fault = world.faults.next({ method, path });
      const response = await withFault(world, fault, async () => app.fetch(request));
      log(response.status);
      return response;
    } catch (error) {
      if (error instanceof OrgError) {
        log(error.status);
        return Response.json(errorBody(error), { status: error.status });
      }
      log(error instanceof ConnectionCut ? 0 : 500);
      throw error;
    } finally {
      end();
    }
  };
}
