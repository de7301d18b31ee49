import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CredentialsError, SettingsError } from '../../engine/index.ts';
import { bulkResult, refused, testTarget, user } from './test-target.ts';

const started = async (): Promise<void> => undefined;
const silent = (): never => assert.fail('a request left');

test('limits are the published ones, and those that may differ can be set', () => {
  const { limits } = testTarget(silent).target;
  assert.deepEqual(limits, {
    maxRecords: 1_000,
    maxBytes: 3_500_000,
    maxInFlight: 5,
    lateApplyMilliseconds: 10_000,
    requestsPerSecond: 5,
  });
  const other = testTarget(silent, { requestsPerSecond: 10, lateApplySeconds: 30 }).target.limits;
  assert.equal(other.requestsPerSecond, 10);
  assert.equal(other.lateApplyMilliseconds, 30_000);
  assert.throws(() => testTarget(silent, { region: 'us', baseUrl: 'https://evil.example' }), SettingsError);
});

test('I-X7, K-21: an email is trimmed and lower-cased; a blank one is no key, a broken one is invalid', () => {
  const { target } = testTarget(silent);
  assert.deepEqual(target.normaliseKey('user', '  Ada.Lovelace+x@Mail.Example '), {
    key: 'ada.lovelace+x@mail.example',
  });
  assert.deepEqual(target.normaliseKey('user', ' '), { reason: 'no-key' });
  for (const broken of [
    'ada',
    'ada@',
    '@x.example',
    'a@b',
    'a b@x.example',
    'a@x..example',
    'a@@x.example',
    `${'a'.repeat(250)}@x.example`,
  ]) {
    assert.deepEqual(target.normaliseKey('user', broken), { reason: 'invalid-key' }, broken);
  }
  const byId = testTarget(silent, { identity: 'userId' }).target;
  assert.deepEqual(byId.normaliseKey('user', ' U-1 '), { key: 'U-1' });
  assert.deepEqual(byId.normaliseKey('user', 'x'.repeat(53)), { reason: 'invalid-key' });
  assert.throws(() => target.normaliseKey('account', 'a'), /no object "account"/);
});

test('users are read one by one at three a second; one that Iterable does not know is absent', async () => {
  const { target, world } = testTarget(async ({ url }) =>
    Response.json(
      url.endsWith('?email=a%2Bb%40x.example')
        ? { user: { email: 'a+b@x.example', dataFields: { Lead: { Status: 'Open' } } } }
        : {},
    ),
  );
  const began = world.clock.now();
  const users = await target.read('user', ['a+b@x.example', 'no@x.example', 'c@x.example', 'd@x.example']);
  assert.deepEqual(
    [...users],
    [['a+b@x.example', { email: 'a+b@x.example', dataFields: { Lead: { Status: 'Open' } } }]],
  );
  assert.ok(world.clock.now() - began >= 1_000);
});

test('the fields of the project are described by the paths that mappings use', async () => {
  const fields = { email: 'string', 'Lead.Status': 'string', score: 'long', profileUpdatedAt: 'date', Name: 'object' };
  const { target } = testTarget(async () => Response.json({ fields }));
  const described = (await target.describe('user')).fields;
  assert.deepEqual(
    [...described.keys()],
    ['email', 'userId', 'dataFields.Lead.Status', 'dataFields.score', 'dataFields.profileUpdatedAt', 'dataFields.Name'],
  );
  assert.equal(described.get('dataFields.score')?.type, 'long');
  assert.equal(described.get('dataFields.profileUpdatedAt')?.writable, false);
});

test('a check names the data centre, or what is wrong with the key', async () => {
  const { target } = testTarget(
    async ({ url }) => {
      assert.equal(url, 'https://api.eu.iterable.com/api/channels');
      return Response.json({ channels: [{ id: 1 }] });
    },
    { region: 'eu' },
  );
  assert.deepEqual(await target.check(), { account: 'Iterable project in the EU data centre' });
  const odd = testTarget(async () => refused(401, 'Success')).target;
  await assert.rejects(odd.check(), CredentialsError);
  const forbidden = testTarget(async () => refused(403, 'Forbidden')).target;
  await assert.rejects(
    forbidden.check(),
    (error) => error instanceof CredentialsError && /server-side key/.test(error.actions.join()),
  );
});

test('I-X3: a delete has the user forgotten; one that Iterable does not know is forgotten already', async () => {
  const asked: string[] = [];
  const { target } = testTarget(async (request) => {
    const body = await request.text();
    asked.push(`${new URL(request.url).pathname} ${body}`);
    if (request.url.endsWith('/bulkUpdate')) return bulkResult(body);
    return body.includes('gone')
      ? refused(400, 'BadParams', { msg: 'User does not exist. Email: gone@x.example' })
      : Response.json({ code: 'Success', msg: '', params: null });
  });
  const records = [
    { key: 'a@x.example', action: 'delete', json: '' },
    user('b@x.example'),
    { key: 'gone@x.example', action: 'delete', json: '' },
  ] as const;
  const result = await target.send('user', records, 'live', started);
  assert.deepEqual(result, { kind: 'answered', deliveries: records.map(() => ({ kind: 'delivered' })) });
  assert.deepEqual(
    asked.map((line) => line.split(' ')[0]),
    ['/api/users/forget', '/api/users/forget', '/api/users/bulkUpdate'],
  );
  assert.equal(asked[0], '/api/users/forget {"email":"a@x.example"}');
});
