import { errorBody, isRecord, methodNotAllowed, readJsonObject, textOf } from './call.ts';
import type { RestAnswer, RestCall, RestWorld } from './call.ts';
import { RolledBack } from './collections.ts';
import { OrgError } from '../core/index.ts';

/** Answers a call within the same request; errors of the call come back as answers. */
export type Dispatch = (call: RestCall) => RestAnswer;

const MOST_SUBREQUESTS = 25;
/** Of which queries and collections. */
const MOST_HEAVY = 5;

export interface SubRequest {
  readonly method: string;
  readonly url: string;
  readonly referenceId: string;
  readonly body: unknown;
  readonly headers: Readonly<Record<string, string>>;
}

export interface SubAnswer {
  readonly body: unknown;
  readonly httpHeaders: Readonly<Record<string, string>>;
  readonly httpStatusCode: number;
  readonly referenceId: string;
}

/** Sub-request to call: same caller, its own path, query, headers and body. */
export function subCall(
  call: RestCall,
  method: string,
  url: string,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): RestCall {
  const parsed = new URL(url, 'http://org.invalid/');
  const path = /^\/?(?:services\/data\/)?v(\d+\.\d)\/(.*)$/.exec(parsed.pathname);
  if (!path)
    throw new OrgError(
      400,
      'INVALID_URL',
      `The URL ${url} of a sub-request must begin with /services/data/v${call.version}/`,
    );
  return {
    ...call,
    method: method.toUpperCase(),
    version: path[1] ?? call.version,
    segments: (path[2] ?? '').split('/').map(decodeURIComponent),
    query: parsed.searchParams,
    headers: new Headers({ 'content-type': 'application/json', ...headers }),
    body: body === undefined ? '' : JSON.stringify(body),
  };
}

/** Value at a path into an answer: `id`, `records[0].Id`. */
function valueAt(answer: unknown, path: string): unknown {
  const steps = path.split(/[.[\]]+/).filter((step) => step !== '');
  return steps.reduce<unknown>((value, step) => {
    if (Array.isArray(value)) return (value as unknown[])[Number(step)];
    return isRecord(value) ? value[step] : undefined;
  }, answer);
}

const REFERENCE = /@\{([A-Za-z]\w*)((?:[.[][^}]*)?)\}/g;

/** Puts the values of earlier answers in the place of `@{reference.path}`. */
function resolve<T>(value: T, answers: ReadonlyMap<string, SubAnswer>): T {
  if (Array.isArray(value)) return value.map((item: unknown) => resolve(item, answers)) as T;
  if (isRecord(value)) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, resolve(item, answers)])) as T;
  }
  if (typeof value !== 'string') return value;
  return value.replace(REFERENCE, (whole, name: string, path: string) => {
    const answer = answers.get(name);
    const found = answer && answer.httpStatusCode < 300 ? valueAt(answer.body, path) : undefined;
    if (found === undefined || found === null || typeof found === 'object') {
      const message = `Invalid reference specified. No value for ${whole.slice(2, -1)} found in ${name}`;
      throw new OrgError(400, 'PROCESSING_HALTED', message);
    }
    return typeof found === 'string' ? found : JSON.stringify(found);
  }) as T;
}

function readSubRequest(value: unknown): SubRequest {
  if (!isRecord(value)) throw new OrgError(400, 'JSON_PARSER_ERROR', 'compositeRequest must be an array of objects');
  const { method, url, referenceId, body, httpHeaders } = value;
  if (typeof method !== 'string' || typeof url !== 'string' || typeof referenceId !== 'string') {
    throw new OrgError(400, 'JSON_PARSER_ERROR', 'Each sub-request needs method, url and referenceId');
  }
  const headers = isRecord(httpHeaders)
    ? Object.fromEntries(Object.entries(httpHeaders).map(([name, text]) => [name, String(text)]))
    : {};
  return { method, url, referenceId, body, headers };
}

/** The sub-requests of a composite call or of one graph; throws `OrgError` for a reference that is used twice. */
export function readSubRequests(body: Record<string, unknown>): readonly SubRequest[] {
  const list = body['compositeRequest'];
  if (!Array.isArray(list)) throw new OrgError(400, 'JSON_PARSER_ERROR', 'compositeRequest must be an array');
  const requests = list.map(readSubRequest);
  const ids = requests.map(({ referenceId }) => referenceId);
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined) throw new OrgError(400, 'INVALID_INPUT', `The referenceId ${twice} is used twice`);
  return requests;
}

function checkCount(requests: readonly SubRequest[]): void {
  if (requests.length > MOST_SUBREQUESTS) {
    throw new OrgError(
      400,
      'LIMIT_EXCEEDED',
      `The number of sub-requests cannot exceed ${MOST_SUBREQUESTS} (${requests.length} sent)`,
    );
  }
  const heavy = requests.filter(({ url }) => /\/(?:query(?:All)?|composite\/sobjects)\b/.test(url)).length;
  if (heavy > MOST_HEAVY) {
    throw new OrgError(
      400,
      'LIMIT_EXCEEDED',
      `At most ${MOST_HEAVY} sub-requests may be queries or collections (${heavy} sent)`,
    );
  }
}

function runOne(
  call: RestCall,
  request: SubRequest,
  dispatch: Dispatch,
  answers: ReadonlyMap<string, SubAnswer>,
): SubAnswer {
  const { referenceId } = request;
  try {
    const sub = subCall(
      call,
      request.method,
      resolve(request.url, answers),
      resolve(request.body, answers),
      request.headers,
    );
    const answer = dispatch(sub);
    return { body: answer.body ?? null, httpHeaders: answer.headers ?? {}, httpStatusCode: answer.status, referenceId };
  } catch (error) {
    if (!(error instanceof OrgError)) throw error;
    return { body: errorBody(error), httpHeaders: {}, httpStatusCode: error.status, referenceId };
  }
}

function runAll(
  call: RestCall,
  requests: readonly SubRequest[],
  dispatch: Dispatch,
  stopAtFailure: boolean,
): SubAnswer[] {
  const answers = new Map<string, SubAnswer>();
  for (const request of requests) {
    const answer = runOne(call, request, dispatch, answers);
    answers.set(request.referenceId, answer);
    if (stopAtFailure && answer.httpStatusCode >= 400) break;
  }
  return [...answers.values()];
}

/** The sub-request that failed keeps its error; all others say that they were rolled back or never ran. */
function halted(requests: readonly SubRequest[], answers: readonly SubAnswer[]): SubAnswer[] {
  const message = 'The transaction was rolled back since another operation in the same transaction failed.';
  const body = [{ errorCode: 'PROCESSING_HALTED', message }];
  return requests.map(({ referenceId }) => {
    const own = answers.find((answer) => answer.referenceId === referenceId);
    return own && own.httpStatusCode >= 400 ? own : { body, httpHeaders: {}, httpStatusCode: 400, referenceId };
  });
}

/** Runs sub-requests in one transaction; when one fails, none has been. */
export function runTogether(
  world: RestWorld,
  call: RestCall,
  requests: readonly SubRequest[],
  dispatch: Dispatch,
): readonly SubAnswer[] {
  let answers: SubAnswer[] = [];
  try {
    world.transaction(call.session, (dml) => {
      answers = runAll({ ...call, dml }, requests, dispatch, true);
      if (answers.some((answer) => answer.httpStatusCode >= 400)) throw new RolledBack();
    });
  } catch (error) {
    if (!(error instanceof RolledBack)) throw error;
    return halted(requests, answers);
  }
  return answers;
}

/** `POST /composite`: up to 25 calls in one, each able to use the answers of those before it. */
export function answerComposite(world: RestWorld, call: RestCall, dispatch: Dispatch): RestAnswer {
  if (call.method !== 'POST') throw methodNotAllowed(call.method, 'POST');
  const body = readJsonObject(call);
  const requests = readSubRequests(body);
  checkCount(requests);
  const compositeResponse =
    body['allOrNone'] === true ? runTogether(world, call, requests, dispatch) : runAll(call, requests, dispatch, false);
  return { status: 200, body: { compositeResponse } };
}

/** `POST /composite/batch`: up to 25 independent calls. */
export function answerBatch(call: RestCall, dispatch: Dispatch): RestAnswer {
  if (call.method !== 'POST') throw methodNotAllowed(call.method, 'POST');
  const body = readJsonObject(call);
  const list = body['batchRequests'];
  if (!Array.isArray(list) || !list.every(isRecord)) {
    throw new OrgError(400, 'JSON_PARSER_ERROR', 'batchRequests must be an array of objects');
  }
  if (list.length > MOST_SUBREQUESTS) {
    throw new OrgError(
      400,
      'LIMIT_EXCEEDED',
      `The number of sub-requests cannot exceed ${MOST_SUBREQUESTS} (${list.length} sent)`,
    );
  }
  const results: { statusCode: number; result: unknown }[] = [];
  let stopped = false;
  for (const request of list) {
    if (stopped) {
      const message = 'Batch processing halted since a previous subrequest failed';
      results.push({ statusCode: 412, result: [{ errorCode: 'PROCESSING_HALTED', message }] });
      continue;
    }
    const sub = subCall(call, textOf(request['method']) || 'GET', textOf(request['url']), request['richInput']);
    const answer = dispatch(sub);
    results.push({ statusCode: answer.status, result: answer.body ?? null });
    stopped = body['haltOnError'] === true && answer.status >= 400;
  }
  return { status: 200, body: { hasErrors: results.some(({ statusCode }) => statusCode >= 400), results } };
}
