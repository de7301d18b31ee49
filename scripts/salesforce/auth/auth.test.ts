import assert from 'node:assert/strict';
import { createPublicKey, verify, X509Certificate } from 'node:crypto';
import { test } from 'node:test';
import { inspect } from 'node:util';
import { CredentialsError, RetryError } from '../../engine/index.ts';
import { createTestClock, createTestTransport, json } from '../testing/index.ts';
import { loginByClientCredentials, loginByJwt, makeKeyPair } from './index.ts';

const clock = createTestClock();
const keys = await makeKeyPair('plumbline-test', clock.now());
const jwt = {
  clientId: '3MVG9',
  username: 'sync@acme.example',
  privateKey: keys.privateKey,
  loginUrl: 'https://login.salesforce.com/',
};
const session = { access_token: '00Dxx!secret', instance_url: 'https://acme.my.salesforce.com/' };

test('a key pair is RSA 2048 with a certificate that an org takes for two years', () => {
  const certificate = new X509Certificate(keys.certificate);
  assert.equal(certificate.publicKey.asymmetricKeyDetails?.modulusLength, 2048);
  assert.match(certificate.subject, /CN=plumbline-test/);
  assert.ok(certificate.checkIssued(certificate) && certificate.verify(certificate.publicKey), 'signed by itself');
  assert.equal(Math.floor(Date.parse(certificate.validTo) / 1000), Math.floor(keys.expiresAt / 1000));
  assert.ok(Date.parse(certificate.validFrom) < clock.now());
});

test('a JWT login signs what the app, the user and the address need', async () => {
  const { transport, calls } = createTestTransport(() => json(session));
  assert.deepEqual(await loginByJwt(jwt, transport, clock).login(), {
    accessToken: '00Dxx!secret',
    instanceUrl: 'https://acme.my.salesforce.com',
  });
  const form = new URLSearchParams(calls[0]?.body);
  assert.equal(calls[0]?.url.href, 'https://login.salesforce.com/services/oauth2/token');
  assert.equal(form.get('grant_type'), 'urn:ietf:params:oauth:grant-type:jwt-bearer');
  const [header = '', claims = '', signed = ''] = (form.get('assertion') ?? '').split('.');
  assert.deepEqual(JSON.parse(Buffer.from(header, 'base64url').toString()), { alg: 'RS256' });
  assert.deepEqual(JSON.parse(Buffer.from(claims, 'base64url').toString()), {
    iss: '3MVG9',
    sub: 'sync@acme.example',
    aud: 'https://login.salesforce.com',
    exp: clock.now() / 1000 + 180,
  });
  const key = createPublicKey(keys.certificate);
  assert.ok(verify('RSA-SHA256', Buffer.from(`${header}.${claims}`), key, Buffer.from(signed, 'base64url')));
});

test('client credentials go to the My Domain address', async () => {
  const { transport, calls } = createTestTransport(() => json(session));
  const credentials = { clientId: 'id', clientSecret: 'hidden', loginUrl: 'https://acme.my.salesforce.com' };
  const login = loginByClientCredentials(credentials, transport);
  await login.login();
  assert.equal(calls[0]?.body, 'grant_type=client_credentials&client_id=id&client_secret=hidden');
  assert.doesNotMatch(login.description, /hidden/);
});

const refusals = [
  ['K-44', 'invalid_grant', "user hasn't approved this consumer", /pre-authorised/, /External Client App Manager/],
  ['K-44', 'OAUTH_APPROVAL_ERROR_GENERIC', 'An unexpected error', /pre-authorised/, /blocked since September 2025/],
  ['K-43', 'invalid_grant', 'expired access/refresh token', /expired or was revoked/, /five approvals/],
  ['login', 'invalid_grant', 'audience is invalid', /login address/, /test\.salesforce\.com/],
  ['login', 'invalid_grant', 'inactive user', /inactive or frozen/, /activate/],
  ['login', 'invalid_client_id', 'client identifier invalid', /does not know the app/, /10 minutes/],
  ['login', 'unsupported_grant_type', 'grant type not supported', /not enabled/, /JWT bearer/],
] as const;

for (const [id, error, description, wrong, action] of refusals) {
  test(`${id}: "${error}: ${description}" names what to mend`, async () => {
    const { transport } = createTestTransport(() => json({ error, error_description: description }, 400));
    const thrown: unknown = await loginByJwt(jwt, transport, clock)
      .login()
      .catch((cause: unknown) => cause);
    assert.ok(thrown instanceof CredentialsError);
    assert.match(thrown.message, wrong);
    assert.match(thrown.actions.join('\n'), action);
    assert.doesNotMatch(inspect(thrown, { depth: 9 }), /PRIVATE KEY|assertion=/);
  });
}

test('a login that meets a passing fault can be tried again', async () => {
  const busy = createTestTransport(() =>
    json({ error: 'invalid_grant', error_description: 'token request is already being processed' }, 400),
  );
  await assert.rejects(loginByJwt(jwt, busy.transport, clock).login(), RetryError);
  const html = createTestTransport(() => new Response('<html>', { status: 503 }));
  await assert.rejects(loginByJwt(jwt, html.transport, clock).login(), RetryError);
  const cut = createTestTransport(() => Promise.reject(new TypeError('fetch failed')));
  await assert.rejects(loginByJwt(jwt, cut.transport, clock).login(), RetryError);
});

test('a key that is no key is refused without being quoted', async () => {
  const { transport } = createTestTransport(() => json(session));
  const thrown: unknown = await loginByJwt({ ...jwt, privateKey: 'hidden words' }, transport, clock)
    .login()
    .catch((cause: unknown) => cause);
  assert.ok(thrown instanceof CredentialsError);
  assert.doesNotMatch(inspect(thrown, { depth: 9 }), /hidden/);
});
