import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  CredentialsError,
  PositionLostError,
  RecordError,
  RetryError,
  SettingsError,
  WaitError,
} from '../engine/index.ts';
import { faultOf, orgError } from './errors.ts';

const now = Date.parse('2026-11-21T14:00:00Z');

const classes = [
  [CredentialsError, ['INVALID_SESSION_ID']],
  [
    SettingsError,
    [
      'API_DISABLED_FOR_ORG',
      'INSUFFICIENT_ACCESS',
      'INSUFFICIENT_ACCESS_OR_READONLY',
      'MALFORMED_QUERY',
      'INVALID_FIELD',
    ],
  ],
  [
    SettingsError,
    [
      'INVALID_TYPE',
      'INVALID_FIELD_FOR_INSERT_UPDATE',
      'STORAGE_LIMIT_EXCEEDED',
      'JSON_PARSER_ERROR',
      'EXCEEDED_ID_LIMIT',
    ],
  ],
  [
    SettingsError,
    [
      'INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY',
      'UNSUPPORTED_API_VERSION',
      'METHOD_NOT_ALLOWED',
      'ERROR_HTTP_414',
    ],
  ],
  [
    RecordError,
    ['NOT_FOUND', 'ENTITY_IS_DELETED', 'INVALID_CROSS_REFERENCE_KEY', 'MALFORMED_ID', 'REQUIRED_FIELD_MISSING'],
  ],
  [
    RecordError,
    [
      'STRING_TOO_LONG',
      'INVALID_EMAIL_ADDRESS',
      'FIELD_CUSTOM_VALIDATION_EXCEPTION',
      'DUPLICATE_VALUE',
      'DUPLICATES_DETECTED',
    ],
  ],
  [
    RetryError,
    [
      'UNABLE_TO_LOCK_ROW',
      'QUERY_TIMEOUT',
      'SERVER_UNAVAILABLE',
      'UNKNOWN_EXCEPTION',
      'PROCESSING_HALTED',
      'ERROR_HTTP_503',
    ],
  ],
  [RetryError, ['ALL_OR_NONE_OPERATION_ROLLED_BACK']],
  [PositionLostError, ['INVALID_QUERY_LOCATOR']],
  [WaitError, ['REQUEST_LIMIT_EXCEEDED']],
] as const;

test('K-07: every code of the reference says what to do next', () => {
  for (const [type, codes] of classes) {
    for (const code of codes) {
      const error = orgError({ code, message: 'm' }, 'a query', now);
      assert.ok(error instanceof type, code);
      assert.ok(error.actions.length > 0, code);
    }
  }
});

test('K-16: a used-up limit says until when it waits, in plain words', () => {
  const daily = orgError({ code: 'REQUEST_LIMIT_EXCEEDED', message: 'TotalRequests Limit exceeded.' }, 'a query', now);
  assert.match(daily.message, /API calls of the last 24 hours.*2026-11-21T14:15:00/);
  const busy = orgError(
    { code: 'REQUEST_LIMIT_EXCEEDED', message: 'ConcurrentRequests (Concurrent API Requests) Limit exceeded.' },
    'a query',
    now,
  );
  assert.ok(busy instanceof WaitError && busy.untilMilliseconds === now + 20_000);
});

test('K-09: a missing right is named with its fields', () => {
  const error = orgError(
    { code: 'INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY', message: 'no right on Owner', fields: ['OwnerId'] },
    'the update',
    now,
  );
  assert.match(error.message, /OwnerId.*no right on Owner/);
  assert.match(error.actions.join(' '), /permission set/);
});

test("a record's error does not quote the record", () => {
  const error = orgError(
    { code: 'INVALID_EMAIL_ADDRESS', message: 'Email: invalid email address: ada@', fields: ['Email'] },
    'the update',
    now,
  );
  assert.doesNotMatch(error.message, /ada@/);
  assert.match(error.message, /Email/);
});

test('a fault is read from arrays, objects, HTML and nothing', () => {
  assert.deepEqual(faultOf(400, '[{"errorCode":"INVALID_FIELD","message":"m","fields":["X__c"]}]'), {
    code: 'INVALID_FIELD',
    message: 'm',
    fields: ['X__c'],
  });
  assert.equal(faultOf(400, '{"errorCode":"INVALID_FIELD","message":"m"}').code, 'INVALID_FIELD');
  assert.equal(faultOf(503, '<html>Down for maintenance</html>').code, 'ERROR_HTTP_503');
  assert.equal(faultOf(404, '').code, 'ERROR_HTTP_404');
  assert.equal(faultOf(403, 'Bad_OAuth_Token').code, 'INVALID_SESSION_ID');
});

test('P-16: an org without API access is told as such, with whom to ask', () => {
  const error = orgError(
    { code: 'API_DISABLED_FOR_ORG', message: 'The REST API is not enabled.' },
    'who is logged in',
    now,
  );
  assert.equal(error.next, 'fixSettings');
  assert.match(error.actions.join(' '), /no API access \(Professional Edition without the add-on\)/);
});
