import { OrgError } from '../../core/index.ts';
import type { Session } from '../../core/index.ts';
import type { Apex } from '../engine/apex.ts';
import { headersOf, newMessage, paramsOf, readMessage, writeMessage } from '../library/index.ts';
import { plainOf, readTyped } from '../runtime/json.ts';
import { Thrown } from '../runtime/throw.ts';
import type { Thread } from '../runtime/thread.ts';
import { base, isRecord, type ClassInfo, type MethodInfo } from '../types/index.ts';
import { BlobValue, type NativeValue, type Value } from '../values/index.ts';

export interface ApexRestRequest {
  readonly method: string;
  /** What follows `/services/apexrest`: `/plumbline/rehearse/1`. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Headers;
  readonly body: string;
  readonly session: Session;
}

export interface ApexRestAnswer {
  readonly status: number;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** Answers `/services/apexrest/…` by the `@RestResource` class whose mapping fits best. Throws `OrgError` 404 without one. */
export function answerApexRest(apex: Apex, request: ApexRestRequest): ApexRestAnswer {
  const info = resourceFor(apex, request.path);
  if (info === undefined) throw new OrgError(404, 'NOT_FOUND', `Could not find a match for URL ${request.path}`);
  const annotation = `http${request.method.toLowerCase()}`;
  const method = [...info.methods.values()].flat().find((each) => each.annotations.has(annotation));
  if (method === undefined) {
    throw new OrgError(
      405,
      'METHOD_NOT_ALLOWED',
      `HTTP Method '${request.method}' not allowed. Allowed are ${allowed(info)}`,
    );
  }
  try {
    return apex.run(request.session, (thread) => perform(thread, method, request));
  } catch (error) {
    if (!(error instanceof Thrown)) throw error;
    const { info: type, thrown } = error.exception;
    const name = type.file === undefined ? `System.${type.name}` : type.name;
    const message = `${name}: ${thrown?.message ?? ''}\n\n${thrown?.stack ?? ''}`;
    throw new OrgError(500, 'APEX_ERROR', message);
  }
}

function resourceFor(apex: Apex, path: string): ClassInfo | undefined {
  let best: { readonly info: ClassInfo; readonly length: number } | undefined;
  for (const info of apex.program.classes.values()) {
    const mapping = info.annotations.get('restresource')?.get('urlmapping');
    if (mapping === undefined) continue;
    const fixed = mapping.replace(/\*$/, '');
    const fits = mapping.endsWith('*')
      ? path.startsWith(fixed) || path === fixed.replace(/\/$/, '')
      : path.replace(/\/$/, '') === mapping.replace(/\/$/, '');
    if (fits && fixed.length > (best?.length ?? -1)) best = { info, length: fixed.length };
  }
  return best?.info;
}

const allowed = (info: ClassInfo): string =>
  [...info.methods.values()]
    .flat()
    .flatMap((method) => [...method.annotations.keys()].filter((name) => /^http/.test(name)))
    .map((name) => name.slice(4).toUpperCase())
    .join(', ');

function perform(thread: Thread, method: MethodInfo, request: ApexRestRequest): ApexRestAnswer {
  const [asked, response] = [newMessage('RestRequest'), newMessage('RestResponse')];
  thread.restContext.request = asked;
  thread.restContext.response = response;
  writeMessage(asked, 'requestURI', request.path);
  writeMessage(asked, 'resourcePath', `/services/apexrest${request.path}`);
  writeMessage(asked, 'httpMethod', request.method);
  writeMessage(asked, 'requestBody', request.body);
  for (const [name, value] of request.headers) headersOf(asked).entries.set(name, { key: name, value });
  for (const [name, value] of request.query) paramsOf(asked).entries.set(name, { key: name, value });
  const result = method.invoke?.(thread, null, argumentsOf(thread, method, request)) ?? null;
  return answerFrom(thread, method, response, result);
}

/** Parameters are members of the JSON body, by their names; of a GET or DELETE, of the query. */
function argumentsOf(thread: Thread, method: MethodInfo, request: ApexRestRequest): Value[] {
  if (method.parameters.length === 0) return [];
  const given = request.body === '' ? Object.fromEntries(request.query) : bodyOf(request.body);
  return method.parameters.map(({ name, type }) => {
    if (isRecord(type) && type.object === undefined)
      throw new OrgError(400, 'JSON_PARSER_ERROR', `unsupported parameter ${name} in the local org`);
    return readTyped(thread, given[name], type, true);
  });
}

function bodyOf(text: string): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new OrgError(400, 'JSON_PARSER_ERROR', error.message);
  }
}

function answerFrom(thread: Thread, method: MethodInfo, response: NativeValue, result: Value): ApexRestAnswer {
  const status = readMessage(response, 'statusCode');
  const own = readMessage(response, 'responseBody');
  const headers = Object.fromEntries(
    [...headersOf(response).entries.values()].map(({ key, value }) => [String(key as string), String(value as string)]),
  );
  const text = own instanceof BlobValue ? Buffer.from(own.bytes).toString('utf8') : typeof own === 'string' ? own : '';
  const body = method.returns === base.void ? text : JSON.stringify(plainOf(thread, result, { suppressNulls: false }));
  return {
    status: typeof status === 'number' ? status : 200,
    body,
    headers: { 'content-type': 'application/json;charset=UTF-8', ...headers },
  };
}
