import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { testOrg } from './test-org.ts';
import type { TestOrg } from './test-org.ts';

const callback = 'https://app.example.com/callback';
const verifier = 'a-verifier-of-more-than-forty-three-characters-as-rfc-7636-asks';
const challenge = createHash('sha256').update(verifier).digest('base64url');

async function withApp(): Promise<TestOrg> {
  const made = testOrg();
  const app = { clientId: 'web', clientSecret: 's3cret', callbackUrls: [callback], requirePkce: true };
  assert.equal((await made.control('POST', '/local/apps', app)).status, 201);
  return made;
}

function authorize({ org }: TestOrg, query: Record<string, string>, form?: Record<string, string>): Promise<Response> {
  const usual = {
    response_type: 'code',
    client_id: 'web',
    redirect_uri: callback,
    state: 'a&b',
    scope: 'api refresh_token',
  };
  const url = `http://org.local/services/oauth2/authorize?${new URLSearchParams({ ...usual, ...query }).toString()}`;
  const post = form ? { method: 'POST', body: new URLSearchParams(form) } : {};
  return org.fetch(new Request(url, { ...post, redirect: 'manual' }));
}

async function approve(made: TestOrg): Promise<URL> {
  const sent = await authorize(made, { code_challenge: challenge }, { user: made.org.core.integrationUserId });
  assert.equal(sent.status, 302);
  return new URL(sent.headers.get('location') ?? '');
}

async function token(
  { org }: TestOrg,
  form: Record<string, string>,
): Promise<{ status: number; body: Record<string, string> }> {
  const app = { client_id: 'web', client_secret: 's3cret', redirect_uri: callback };
  const body = new URLSearchParams({ ...app, ...form });
  const answer = await org.fetch(new Request('http://org.local/services/oauth2/token', { method: 'POST', body }));
  return { status: answer.status, body: (await answer.json()) as Record<string, string> };
}

const exchange = (code: string, more: Record<string, string> = {}): Record<string, string> => ({
  grant_type: 'authorization_code',
  code,
  code_verifier: verifier,
  ...more,
});

test('the web server flow with PKCE gives tokens of the user who approved; a code is good for one exchange', async () => {
  const made = await withApp();
  const page = await (await authorize(made, { code_challenge: challenge })).text();
  assert.match(page, /not Salesforce/);
  assert.match(page, new RegExp(made.org.core.integrationUserId));
  const back = await approve(made);
  assert.equal(back.origin + back.pathname, callback);
  assert.equal(back.searchParams.get('state'), 'a&b');
  const code = back.searchParams.get('code') ?? '';
  const granted = await token(made, exchange(code));
  assert.deepEqual([granted.status, granted.body['scope']], [200, 'api refresh_token']);
  assert.equal(made.org.authenticate(granted.body['access_token'] ?? '')?.userId, made.org.core.integrationUserId);
  const refresh = { grant_type: 'refresh_token', refresh_token: granted.body['refresh_token'] ?? '' };
  const renewed = await token(made, refresh);
  assert.ok(made.org.authenticate(renewed.body['access_token'] ?? ''));
  assert.equal((await token(made, exchange(code))).body['error_description'], 'invalid authorization code');
});

test('the web server flow refuses a wrong verifier, secret or address, a late code, and an app without PKCE', async () => {
  const made = await withApp();
  const refusal = async (more: Record<string, string>): Promise<unknown> => {
    const code = (await approve(made)).searchParams.get('code') ?? '';
    const { status, body } = await token(made, exchange(code, more));
    return [status, body['error'], body['error_description']];
  };
  assert.deepEqual(await refusal({ code_verifier: 'x' }), [400, 'invalid_grant', 'invalid code verifier']);
  assert.deepEqual(await refusal({ client_secret: 'x' }), [400, 'invalid_client', 'invalid client credentials']);
  const mismatch = [400, 'redirect_uri_mismatch', 'redirect_uri must match configuration'];
  assert.deepEqual(await refusal({ redirect_uri: 'https://app.example.com/other' }), mismatch);
  const late = (await approve(made)).searchParams.get('code') ?? '';
  made.clock.advance(15 * 60_000);
  assert.equal((await token(made, exchange(late))).body['error_description'], 'expired authorization code');
  const plain = await authorize(made, {});
  assert.match(plain.headers.get('location') ?? '', /error=invalid_request&error_description=missing\+required\+code/);
  assert.equal((await authorize(made, { redirect_uri: 'https://evil.example.com' })).status, 400);
  assert.equal((await authorize(made, { client_id: 'nobody' })).status, 400);
  const denied = await authorize(made, { code_challenge: challenge }, { deny: 'true' });
  assert.match(denied.headers.get('location') ?? '', /error=access_denied/);
});

test('K-43: a sixth approval of a user for an app revokes the oldest, and the tokens that came from it', async () => {
  const made = await withApp();
  const granted: Record<string, string>[] = [];
  for (let count = 0; count < 6; count += 1) {
    const code = (await approve(made)).searchParams.get('code') ?? '';
    granted.push((await token(made, exchange(code))).body);
  }
  const works = granted.map((each) => made.org.authenticate(each['access_token'] ?? '') !== undefined);
  assert.deepEqual(works, [false, true, true, true, true, true]);
  const refresh = { grant_type: 'refresh_token', refresh_token: granted[0]?.['refresh_token'] ?? '' };
  assert.equal((await token(made, refresh)).body['error_description'], 'expired access/refresh token');
});
