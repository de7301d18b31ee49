import { checkLength, countRequest, sessionOf } from './data-door.ts';
import type { ServerWorld } from './world.ts';
import { answerApexRest } from '../apex/index.ts';
import { OrgError } from '../core/index.ts';
import { errorBody } from '../http/index.ts';

/** Answers `/services/apexrest/…`; `path` is what follows it, with its slash. */
export async function answerApexRestRequest(world: ServerWorld, request: Request, path: string): Promise<Response> {
  try {
    const session = sessionOf(world, request.headers, 'com/salesforce/apex/rest');
    countRequest(world, session.token);
    checkLength(request);
    const { body, status, headers } = answerApexRest(world.apex, {
      method: request.method,
      path,
      query: new URL(request.url).searchParams,
      headers: request.headers,
      body: request.method === 'GET' ? '' : await request.text(),
      session,
    });
    await world.org.whenCommitted();
    return new Response(body === '' ? null : body, { status, headers });
  } catch (error) {
    if (!(error instanceof OrgError)) throw error;
    return Response.json(errorBody(error), { status: error.status });
  }
}
