import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inspect } from 'node:util';
import { CredentialsError, RetryError, WaitError } from '../../engine/index.ts';
import { loginByAccessToken } from '../auth/index.ts';
import { createTestChannel, createTestClock, createTestTransport, json, refusal } from '../testing/index.ts';
import { createChannel } from './channel.ts';
import { createJsforceConnection } from './jsforce.ts';

const limits = { method: 'GET', path: '/services/data/v66.0/limits', doing: 'the limits' };

function channelOf(answer: Parameters<typeof createTestTransport>[0]) {
  const { transport, calls } = createTestTransport(answer);
  let logins = 0;
  const login = {
    description: 'test',
    login: async () => {
      logins += 1;
      return { accessToken: `token${logins}`, instanceUrl: 'https://acme.my.salesforce.com' };
    },
  };
  return { channel: createChannel({ transport, login, clock: createTestClock() }), calls, logins: () => logins };
}

test('an ended session is opened again, once, for all who meet it', async () => {
  const { channel, calls, logins } = channelOf((call) =>
    call.headers.get('authorization') === 'Bearer token1' ? refusal(401, 'INVALID_SESSION_ID') : json({ ok: true }),
  );
  await Promise.all([channel.send(limits), channel.send(limits), channel.send(limits)]);
  assert.equal(logins(), 2);
  assert.equal(calls.length, 6);
});

test('K-43: a session that ends again at once is a credentials error, not a loop', async () => {
  const { channel, calls } = channelOf(() => refusal(401, 'INVALID_SESSION_ID', 'Session expired or invalid'));
  await assert.rejects(channel.send(limits), CredentialsError);
  assert.equal(calls.length, 2);
});

test('an access token alone cannot be renewed, and is in no error', async () => {
  const { transport } = createTestTransport(() => refusal(401, 'INVALID_SESSION_ID'));
  const login = loginByAccessToken({ accessToken: '00Dxx!secret', instanceUrl: 'https://acme.my.salesforce.com/' });
  const channel = createChannel({ transport, login, clock: createTestClock() });
  const error: unknown = await channel.send(limits).catch((thrown: unknown) => thrown);
  assert.ok(error instanceof CredentialsError);
  assert.doesNotMatch(inspect(error, { depth: 9 }), /secret/);
});

test('N-10: the calls left are what the org last told', async () => {
  const { channel } = channelOf(() =>
    json({}, 200, { 'sforce-limit-info': 'api-usage=18/5000; per-app-api-usage=17/250(appName=X)' }),
  );
  assert.equal(channel.budget(), undefined);
  await channel.send(limits);
  assert.deepEqual(channel.budget(), { used: 18, limit: 5000 });
});

test("time is the org's, and never later than when it began to answer", async () => {
  const clock = createTestClock();
  const transport = async (): Promise<Response> => {
    await clock.sleep(3_000);
    return json({}, 200, { date: 'Sat, 21 Nov 2026 12:00:05 GMT' });
  };
  const login = {
    description: 'test',
    login: async () => ({ accessToken: 't', instanceUrl: 'https://a.my.salesforce.com' }),
  };
  const { readAt } = await createChannel({ transport, login, clock }).send(limits);
  assert.equal(new Date(readAt).toISOString(), '2026-11-21T12:00:02.000Z');
});

test('a cut connection, a maintenance page and a used-up limit each say what to do next', async () => {
  const cut = createTestChannel(() => Promise.reject(new TypeError('fetch failed')));
  await assert.rejects(cut.channel.send(limits), RetryError);
  const html = createTestChannel(
    () => new Response('<html>', { status: 503, headers: { 'content-type': 'text/html' } }),
  );
  await assert.rejects(html.channel.send(limits), RetryError);
  const okHtml = createTestChannel(() => new Response('<html>', { headers: { 'content-type': 'text/html' } }));
  await assert.rejects(createJsforceConnection(okHtml.channel, 'the limits').limits(), /web page/);
  const full = createTestChannel(() => refusal(403, 'REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.'));
  await assert.rejects(full.channel.send(limits), WaitError);
});

test('jsforce goes through the channel, without retries or sessions of its own', async () => {
  const { channel, calls } = createTestChannel(() => refusal(503, 'SERVER_UNAVAILABLE'));
  await assert.rejects(createJsforceConnection(channel, 'the describe').describe('Lead'), /SERVER_UNAVAILABLE/);
  assert.equal(calls.length, 1);
  assert.equal(calls[0]?.url.href, 'https://acme.my.salesforce.com/services/data/v66.0/sobjects/Lead/describe');
  assert.equal(calls[0]?.headers.get('sforce-call-options'), 'client=Plumbline');
});
