import { OrgError } from '../core/index.ts';
import type { DmlRequest, DmlResult, Org, PreparedQuery, Session } from '../core/index.ts';

/** DML on behalf of the caller of one request. */
export type CallDml = (request: Omit<DmlRequest, 'session'>) => readonly DmlResult[];

/**
 * One call of the REST API under `/services/data/vNN.N`, read in full. Calls are answered synchronously, so that
 * composite resources can run several of them in one transaction.
 */
export interface RestCall {
  readonly method: string;
  /** As the caller wrote it: `66.0`. */
  readonly version: string;
  /** Decoded parts of the path after the version: `['sobjects', 'Lead', '00Q…']`. */
  readonly segments: readonly string[];
  readonly query: URLSearchParams;
  readonly headers: Headers;
  /** The body as text; empty when there is none. */
  readonly body: string;
  /** Scheme and host of the org as the caller sees it. */
  readonly origin: string;
  readonly session: Session;
  readonly dml: CallDml;
}

/** `body` is sent as JSON; absent for an answer without one. */
export interface RestAnswer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface CursorStore {
  /** Keeps rows for the pages after the first; returns the locator without its offset. */
  open(userId: string, rows: Cursor): string;
  find(userId: string, locator: string): Cursor | undefined;
}

export interface Cursor {
  readonly rows: readonly unknown[];
  readonly batchSize: number;
}

/** What was used of a limit. */
export interface Usage {
  readonly used: number;
  readonly limit: number;
}

/** The limits of an org that the local org keeps count of. */
export interface Allocations {
  readonly dailyApiRequests: Usage;
  /** Of the apps that have a limit of their own. */
  readonly apps: readonly (Usage & { readonly name: string })[];
  /** Change and platform events delivered today. */
  readonly deliveredEvents: Usage;
  /** Platform events published in this hour. */
  readonly publishedEvents: Usage;
  /** Data storage in megabytes. */
  readonly storage: Usage;
}

/** What the REST door knows of its org. */
export interface RestWorld {
  readonly org: Org;
  readonly cursors: CursorStore;
  /** A query as the caller may ask it; `all` finds deleted records too. */
  prepare(soql: string, session: Session, all: boolean): PreparedQuery;
  allocations(): Allocations;
  /** When the schema, as the caller sees it, changed last, in milliseconds since 1970. */
  schemaChangedAt(session: Session): number;
  /** Whether a transaction can be opened here: not inside another one. */
  transaction(session: Session, work: (dml: CallDml) => void): void;
}

/** The answer of a resource that is not there. */
export function notFound(): OrgError {
  return new OrgError(404, 'NOT_FOUND', 'The requested resource does not exist');
}

/** The answer to a method that a resource does not have. */
export function methodNotAllowed(method: string, allowed: string): OrgError {
  return new OrgError(405, 'METHOD_NOT_ALLOWED', `HTTP Method '${method}' not allowed. Allowed are ${allowed}`);
}

/** Body of an error as REST words it: an array of one. */
export function errorBody(error: OrgError): readonly Record<string, unknown>[] {
  const fields = error.fields.length > 0 ? { fields: error.fields } : {};
  return [{ message: error.message, errorCode: error.errorCode, ...fields }];
}

/** The JSON body of a call; throws `OrgError` 415 for another content type and 400 for what is no JSON. */
export function readJson(call: Pick<RestCall, 'headers' | 'body'>): unknown {
  const type = call.headers.get('content-type') ?? '';
  if (!/^application\/(?:[\w.+-]*\+)?json\b/i.test(type)) {
    const said = type === '' ? 'no content type' : type;
    throw new OrgError(415, 'UNSUPPORTED_MEDIA_TYPE', `The local org reads application/json here, not ${said}`);
  }
  try {
    return JSON.parse(call.body) as unknown;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new OrgError(400, 'JSON_PARSER_ERROR', error.message);
  }
}

/** The JSON body of a call, which must be an object. */
export function readJsonObject(call: Pick<RestCall, 'headers' | 'body'>): Record<string, unknown> {
  const parsed = readJson(call);
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    throw new OrgError(400, 'JSON_PARSER_ERROR', 'The request body must be a JSON object');
  }
  return parsed as Record<string, unknown>;
}

/** A JSON value that must be text; empty when it is not. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** Whether a JSON value is an object with members. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
