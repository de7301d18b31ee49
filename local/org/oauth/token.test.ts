import assert from 'node:assert/strict';
import { sign } from 'node:crypto';
import { before, test } from 'node:test';
import { generate } from 'selfsigned';
import { createApps, hashSecret } from './apps.ts';
import { createCodes } from './codes.ts';
import { createSessions } from './sessions.ts';
import { answerToken } from './token.ts';
import type { TokenAnswer, TokenWorld } from './token.ts';
import { createOrg, manualClock } from '../core/index.ts';
import type { ManualClock } from '../core/index.ts';

const ORIGIN = 'http://org.local';
const NOW = Date.UTC(2026, 10, 21, 9);
let pair: { private: string; cert: string };
let other: { private: string; cert: string };

before(async () => {
  const options = { keyType: 'rsa', keySize: 2048, algorithm: 'sha256' } as const;
  pair = await generate([{ name: 'commonName', value: 'app' }], options);
  other = await generate([{ name: 'commonName', value: 'other' }], options);
});

function world(): TokenWorld & { clock: ManualClock } {
  const clock = manualClock(NOW);
  const org = createOrg({ clock });
  const apps = createApps();
  apps.register({
    clientId: 'app',
    certificatePem: pair.cert,
    preAuthorisedUserIds: [org.integrationUserId],
    runAsUserId: org.integrationUserId,
    clientSecretHash: hashSecret('s3cret'),
  });
  return { org, apps, sessions: createSessions(org), codes: createCodes(clock), clock };
}

function assertion(claims: Record<string, unknown>, key: string): string {
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const text = `${part({ alg: 'RS256' })}.${part(claims)}`;
  return `${text}.${sign('RSA-SHA256', Buffer.from(text), key).toString('base64url')}`;
}

const CLAIMS = {
  iss: 'app',
  sub: 'integration@plumbline.local',
  aud: 'https://login.salesforce.com',
  exp: NOW / 1000 + 180,
};

function ask(of: TokenWorld, fields: Record<string, string>, authorization: string | null = null): TokenAnswer {
  return answerToken(of, new URLSearchParams(fields), ORIGIN, authorization);
}

function jwt(of: TokenWorld, claims: Record<string, unknown>, key = pair.private): TokenAnswer {
  const grant = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
  return ask(of, { grant_type: grant, assertion: assertion({ ...CLAIMS, ...claims }, key) });
}

test('a signed assertion of a pre-authorised user gives a token of that user', () => {
  const made = world();
  const answer = jwt(made, {});
  assert.equal(answer.status, 200);
  const token = answer.body['access_token'] ?? '';
  assert.ok(token.startsWith(`${made.org.id.slice(0, 15)}!`));
  assert.equal(made.sessions.authenticate(token), made.org.integrationUserId);
  assert.equal(answer.body['instance_url'], ORIGIN);
  assert.equal(answer.body['id'], `${ORIGIN}/id/${made.org.id}/${made.org.integrationUserId}`);
});

test('every other assertion is refused with the error that an org gives', () => {
  const made = world();
  const refusals: [answer: TokenAnswer, error: string, description: RegExp][] = [
    [jwt(made, { iss: 'nobody' }), 'invalid_client_id', /client identifier invalid/],
    [jwt(made, {}, other.private), 'invalid_grant', /invalid assertion/],
    [jwt(made, { aud: 'https://example.com' }), 'invalid_grant', /audience is invalid/],
    [jwt(made, { exp: NOW / 1000 - 1 }), 'invalid_grant', /expired/],
    [jwt(made, { sub: 'admin@plumbline.local' }), 'invalid_grant', /user hasn't approved this consumer/],
    [jwt(made, { sub: "x' OR Name != '" }), 'invalid_grant', /user hasn't approved this consumer/],
    [ask(made, { grant_type: 'password' }), 'unsupported_grant_type', /grant type not supported/],
  ];
  for (const [answer, error, description] of refusals) {
    assert.deepEqual([answer.status, answer.body['error']], [400, error]);
    assert.match(answer.body['error_description'] ?? '', description);
  }
});

test('client credentials run as the user of the app, by form or by Basic, and need the right secret', () => {
  const made = world();
  const form = { grant_type: 'client_credentials', client_id: 'app', client_secret: 's3cret' };
  const answer = ask(made, form);
  assert.equal(made.sessions.authenticate(answer.body['access_token'] ?? ''), made.org.integrationUserId);
  const basic = `Basic ${Buffer.from('app:s3cret').toString('base64')}`;
  assert.equal(ask(made, { grant_type: 'client_credentials' }, basic).status, 200);
  assert.equal(ask(made, { ...form, client_secret: 'wrong' }).body['error'], 'invalid_client');
});

test('a refresh token gives new access tokens until it is revoked, and then ends those too', () => {
  const made = world();
  const refreshToken = made.sessions.issueRefresh(made.org.integrationUserId, 'app');
  const form = { grant_type: 'refresh_token', client_id: 'app', refresh_token: refreshToken };
  const token = ask(made, form).body['access_token'] ?? '';
  assert.equal(made.sessions.authenticate(token), made.org.integrationUserId);
  assert.equal(made.sessions.revoke(refreshToken), true);
  assert.equal(made.sessions.authenticate(token), undefined);
  assert.equal(ask(made, form).body['error_description'], 'expired access/refresh token');
  assert.equal(made.sessions.revoke(refreshToken), false);
});

test('a certificate that cannot be read is refused when the app is registered', () => {
  const apps = createApps();
  assert.throws(
    () => apps.register({ clientId: 'x', certificatePem: 'no PEM', preAuthorisedUserIds: [] }),
    /The certificate of app x is no X\.509 PEM/,
  );
});
