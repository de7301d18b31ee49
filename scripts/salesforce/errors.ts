import {
  CredentialsError,
  PositionLostError,
  RecordError,
  RetryError,
  SettingsError,
  WaitError,
  type PlumblineError,
} from '../engine/index.ts';

/** What an org says of a failed request or record. */
export interface OrgFault {
  /** `errorCode` of a request, `statusCode` of a record, `ERROR_HTTP_<status>` when the body had neither. */
  readonly code: string;
  readonly message: string;
  readonly fields?: readonly string[];
}

/** The org's own answer behind an error: the cause of what `orgError` makes. */
export class OrgReply extends Error {
  readonly code: string;

  constructor(code: string) {
    super(`The org answered ${code}.`);
    this.code = code;
  }
}

/** Milliseconds until the next try: the daily limit is a rolling sum over 24 hours, so calls come back bit by bit. */
const dailyLimitPause = 15 * 60_000;
/** Milliseconds; concurrent requests are the ones that have run for 20 s or more. */
const concurrentLimitPause = 20_000;

type Kind = 'credentials' | 'access' | 'configuration' | 'record' | 'retry' | 'position' | 'limit' | 'storage';

/** REST API developer guide, status codes and error responses; the reference's table of core codes. */
const kinds: Readonly<Record<string, Kind>> = {
  INVALID_SESSION_ID: 'credentials',
  INVALID_AUTH_HEADER: 'credentials',
  INVALID_LOGIN: 'credentials',
  ERROR_HTTP_401: 'credentials',
  API_DISABLED_FOR_ORG: 'access',
  API_CURRENTLY_DISABLED: 'access',
  INSUFFICIENT_ACCESS: 'access',
  INSUFFICIENT_ACCESS_OR_READONLY: 'access',
  INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY: 'access',
  FUNCTIONALITY_NOT_ENABLED: 'access',
  TXN_SECURITY_NO_ACCESS: 'access',
  ERROR_HTTP_403: 'access',
  MALFORMED_QUERY: 'configuration',
  INVALID_FIELD: 'configuration',
  INVALID_TYPE: 'configuration',
  INVALID_FIELD_FOR_INSERT_UPDATE: 'configuration',
  INVALID_QUERY_FILTER_OPERATOR: 'configuration',
  INVALIDENTITY: 'configuration',
  EXCEEDED_ID_LIMIT: 'configuration',
  JSON_PARSER_ERROR: 'configuration',
  UNSUPPORTED_API_VERSION: 'configuration',
  METHOD_NOT_ALLOWED: 'configuration',
  ERROR_HTTP_405: 'configuration',
  ERROR_HTTP_414: 'configuration',
  ERROR_HTTP_415: 'configuration',
  ERROR_HTTP_431: 'configuration',
  NOT_FOUND: 'record',
  ENTITY_IS_DELETED: 'record',
  INVALID_CROSS_REFERENCE_KEY: 'record',
  MALFORMED_ID: 'record',
  REQUIRED_FIELD_MISSING: 'record',
  STRING_TOO_LONG: 'record',
  INVALID_EMAIL_ADDRESS: 'record',
  INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST: 'record',
  FIELD_INTEGRITY_EXCEPTION: 'record',
  NUMBER_OUTSIDE_VALID_RANGE: 'record',
  INVALID_TYPE_ON_FIELD_IN_RECORD: 'record',
  FIELD_CUSTOM_VALIDATION_EXCEPTION: 'record',
  FIELD_FILTER_VALIDATION_EXCEPTION: 'record',
  CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY: 'record',
  TRANSFER_REQUIRES_READ: 'record',
  DUPLICATE_VALUE: 'record',
  DUPLICATES_DETECTED: 'record',
  UNABLE_TO_LOCK_ROW: 'retry',
  QUERY_TIMEOUT: 'retry',
  SERVER_UNAVAILABLE: 'retry',
  UNKNOWN_EXCEPTION: 'retry',
  ALL_OR_NONE_OPERATION_ROLLED_BACK: 'retry',
  PROCESSING_HALTED: 'retry',
  INVALID_QUERY_LOCATOR: 'position',
  REQUEST_LIMIT_EXCEEDED: 'limit',
  STORAGE_LIMIT_EXCEEDED: 'storage',
};

/**
 * The error that says what to do next about an org's refusal.
 * @param doing What was asked of the org, as a noun: `the query of Lead`.
 * @param now Milliseconds since 1970, for the end of a wait.
 */
export function orgError(fault: OrgFault, doing: string, now: number): PlumblineError {
  const kind = kinds[fault.code] ?? (/^ERROR_HTTP_[5]/.test(fault.code) ? 'retry' : 'configuration');
  const fields = fault.fields && fault.fields.length > 0 ? ` (fields: ${fault.fields.join(', ')})` : '';
  const said = `Salesforce refused ${doing}: ${fault.code}`;
  const options = { cause: new OrgReply(fault.code) };
  switch (kind) {
    case 'credentials':
      return new CredentialsError(
        `${said}. The session is no longer valid, and a new login did not help.`,
        [
          'In Salesforce, check that the integration user is active and has the permission set of the app.',
          'Then run `plumbline connect` again.',
        ],
        options,
      );
    case 'access':
      return new SettingsError(
        `${said}${fields}: ${fault.message}`,
        [
          'Give the integration user the missing right, with the permission set that `plumbline check` makes.',
          'If the org has no API access (Professional Edition without the add-on), ask Salesforce for it.',
        ],
        options,
      );
    case 'configuration':
      return new SettingsError(
        `${said}${fields}: ${fault.message}`,
        [
          'Correct the object, field or filter that the message names in the sync, and activate it again.',
          'If the field exists, the integration user cannot see it: give it read access.',
        ],
        options,
      );
    case 'record':
      // The org's sentence may quote the value, so only the code and the fields go on.
      return new RecordError(
        `${said}${fields}.`,
        ['Correct the record in Salesforce; it is sent again by itself.'],
        options,
      );
    case 'storage':
      return new SettingsError(
        `${said}: the org has no storage left.`,
        ['Free storage in Setup, Storage Usage.'],
        options,
      );
    case 'position':
      return new PositionLostError(
        `${said}: the place where reading stopped is no longer known to the org.`,
        [],
        options,
      );
    case 'limit':
      return limitError(fault, doing, now, options);
    case 'retry':
      return new RetryError(`${said}${fields}. It may work in a moment.`, [], options);
  }
}

/** True when the session is no longer valid: a new login may help. */
export function hasEnded({ code }: OrgFault): boolean {
  return kinds[code] === 'credentials';
}

function limitError(fault: OrgFault, doing: string, now: number, options: ErrorOptions): WaitError {
  const concurrent = /ConcurrentRequests|concurrent/i.test(fault.message);
  const until = now + (concurrent ? concurrentLimitPause : dailyLimitPause);
  const when = new Date(until).toISOString();
  return concurrent
    ? new WaitError(
        `Too many long requests run in the org at once, so ${doing} waits until ${when}.`,
        until,
        ['Nothing to do: it goes on by itself.'],
        options,
      )
    : new WaitError(
        `The org has used up its API calls of the last 24 hours, so ${doing} waits; next try at ${when}.`,
        until,
        [
          'Nothing to do: calls come back by themselves, 24 hours after each was made.',
          'In Setup, Company Information shows the limit; other integrations share it.',
        ],
        options,
      );
}

/** The fault of a non-2xx reply: an array of errors, one object, or HTML (maintenance pages). */
export function faultOf(status: number, body: string): OrgFault {
  const parsed = parse(body);
  const first: unknown = Array.isArray(parsed) ? parsed[0] : parsed;
  if (typeof first === 'object' && first !== null && 'errorCode' in first && typeof first.errorCode === 'string') {
    const message = 'message' in first && typeof first.message === 'string' ? first.message : '';
    const fields =
      'fields' in first && Array.isArray(first.fields) ? first.fields.filter((f) => typeof f === 'string') : [];
    return { code: first.errorCode, message, fields };
  }
  // The identity service answers 403 with this word alone where the others answer 401 with a code.
  if (body.trim() === 'Bad_OAuth_Token') return { code: 'INVALID_SESSION_ID', message: 'Bad_OAuth_Token' };
  return { code: `ERROR_HTTP_${status}`, message: `HTTP status ${status} without an error code` };
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    // Not JSON is an answer too: the caller falls back to the HTTP status.
    return undefined;
  }
}
