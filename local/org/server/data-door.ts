import { tokenOf } from './token.ts';
import type { ServerWorld } from './world.ts';
import { OrgError } from '../core/index.ts';
import type { Session } from '../core/index.ts';
import { answerRest, errorBody } from '../http/index.ts';
import type { RestAnswer, RestCall } from '../http/index.ts';
import { answerDeployRequest, checkModifiesMetadata } from '../metadata/index.ts';
import { answerTooling } from '../tooling/index.ts';
import { answerUiApi } from '../ui-api/index.ts';

/** Largest body of a request; uploads of Bulk jobs may be larger (API limits: 50 MB and 150 MB). */
const BODY_LIMIT = 50 * 1024 * 1024;
const UPLOAD_LIMIT = 150 * 1024 * 1024;

/** Parts of a path with their escapes resolved. */
function segmentsOf(path: string): readonly string[] {
  try {
    const segments = path.split('/').map(decodeURIComponent);
    while (segments.length > 1 && segments.at(-1) === '') segments.pop();
    return segments;
  } catch (error) {
    if (!(error instanceof URIError)) throw error;
    throw new OrgError(400, 'INVALID_URL', `The path ${path} is not encoded right`);
  }
}

function tooLarge(limit: number): OrgError {
  return new OrgError(413, 'REQUEST_ENTITY_TOO_LARGE', `The request body is larger than ${limit} bytes`);
}

/** Throws `OrgError` 413 for a body that says itself that it is larger than an org takes. */
export function checkLength(request: Request, limit = BODY_LIMIT): void {
  if (Number(request.headers.get('content-length') ?? 0) > limit) throw tooLarge(limit);
}

async function bodyOf(request: Request, limit: number): Promise<string> {
  if (request.method === 'GET' || request.method === 'HEAD' || request.body === null) return '';
  const text = await request.text();
  if (text.length > limit) throw tooLarge(limit);
  return text;
}

/** The session of a request's token; throws `OrgError` 401 when there is none. */
export function sessionOf(world: ServerWorld, headers: Headers, origin: string): Session {
  const token = tokenOf(headers);
  const userId = world.sessions.authenticate(token);
  if (userId === undefined) {
    const ofPage = world.sessions.authenticatePage(token) !== undefined;
    const why = ofPage ? 'This session is not valid for use with the REST API' : 'Session expired or invalid';
    throw new OrgError(401, 'INVALID_SESSION_ID', why);
  }
  const client = /(?:^|[,;\s])client\s*=\s*([^,;]+)/i.exec(headers.get('sforce-call-options') ?? '')?.[1]?.trim();
  const allowsDuplicates = /(?:^|[,;\s])allowSave\s*=\s*true\b/i.test(
    headers.get('sforce-duplicate-rule-header') ?? '',
  );
  return {
    userId,
    token,
    origin,
    ...(client === undefined ? {} : { client }),
    ...(allowsDuplicates ? { allowsDuplicates } : {}),
  };
}

/** Counts an API request; throws `OrgError` 403 when the daily limit of the org, or of the caller's app, is reached. */
export function countRequest(world: ServerWorld, token = ''): void {
  const app = appUsageOf(world, token);
  if ((app && !app.counter.take()) || !world.usage.take()) {
    throw new OrgError(403, 'REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.');
  }
}

function appUsageOf(world: ServerWorld, token: string): ReturnType<ServerWorld['appUsage']['of']> {
  const clientId = world.sessions.clientOf(token);
  return clientId === undefined ? undefined : world.appUsage.of(clientId);
}

/** `Sforce-Limit-Info`, with what the caller's app used of its own limit. */
function limitInfo(world: ServerWorld, request: Request): string {
  const all = `api-usage=${world.usage.used}/${world.usage.limit}`;
  const app = appUsageOf(world, tokenOf(request.headers));
  return app ? `${all}; per-app-api-usage=${app.counter.used}/${app.counter.limit}(appName=${app.name})` : all;
}

/** Throws `OrgError` 403 for a user whose profile and permission sets do not let them use the API. */
function checkApiEnabled(world: ServerWorld, session: Session): void {
  if (world.org.accessOf(session).apiEnabled) return;
  throw new OrgError(403, 'API_DISABLED_FOR_ORG', 'The REST API is not enabled for this Organization.');
}

function toResponse(answer: RestAnswer): Response {
  const { status, body, headers } = answer;
  if (body === undefined) return new Response(null, { status, ...(headers ? { headers } : {}) });
  const all = { 'content-type': 'application/json;charset=UTF-8', ...headers };
  return new Response(JSON.stringify(body), { status, headers: all });
}

async function answer(
  world: ServerWorld,
  request: Request,
  version: string,
  segments: readonly string[],
): Promise<Response> {
  const url = new URL(request.url);
  const session = sessionOf(world, request.headers, `com/salesforce/api/rest/${version}`);
  checkApiEnabled(world, session);
  countRequest(world, session.token);
  const isDeploy = segments[0] === 'metadata';
  const isMultipart = /^multipart\/form-data\b/i.test(request.headers.get('content-type') ?? '');
  const limit = segments[0] === 'jobs' && segments[3] === 'batches' ? UPLOAD_LIMIT : BODY_LIMIT;
  checkLength(request, limit);
  const call: RestCall = {
    method: request.method,
    version,
    segments,
    query: url.searchParams,
    headers: request.headers,
    body: isDeploy && isMultipart ? '' : await bodyOf(request, limit),
    origin: url.origin,
    session,
    dml: world.dmlOf(session),
  };
  if (segments[0] === 'jobs') return world.bulk(call);
  if (isDeploy) checkModifiesMetadata(world.org, session);
  if (isDeploy) return toResponse(await answerDeployRequest(world.deployments, call, () => request.formData()));
  if (segments[0] === 'tooling') return toResponse(answerTooling(world, call));
  const isUiApi = segments[0] === 'ui-api' && version === '66.0';
  const answered = isUiApi
    ? answerUiApi({ org: world.org, components: world.store }, call)
    : answerRest(world.rest, call);
  if (request.method !== 'GET') await world.org.whenCommitted();
  return toResponse(answered);
}

/** Answers `/services/data/vNN.N` and below. `path` is what follows `/services/data/`. */
export async function answerData(world: ServerWorld, request: Request, path: string): Promise<Response> {
  let response: Response;
  try {
    const [versioned = '', ...segments] = segmentsOf(path);
    const version = /^v(\d+\.\d)$/.exec(versioned)?.[1];
    if (version === undefined) throw new OrgError(404, 'NOT_FOUND', 'The requested resource does not exist');
    response = await answer(world, request, version, segments);
  } catch (error) {
    if (!(error instanceof OrgError)) throw error;
    response = toResponse({ status: error.status, body: errorBody(error) });
  }
  response.headers.set('Sforce-Limit-Info', limitInfo(world, request));
  return response;
}
