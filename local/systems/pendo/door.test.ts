import assert from 'node:assert/strict';
import test from 'node:test';
import { ConnectionCut } from '../kit/index.ts';
import { testClient, type TestClient } from './test-client.ts';

const gold = [{ accountId: 'a1', values: { a_string: 'gold' } }];
const as = (key: string): Readonly<Record<string, string>> => ({ 'x-pendo-integration-key': key });

function held(client: TestClient): unknown {
  return [...client.pendo.control.accounts()][0]?.metadata['custom']?.['a_string'];
}

test('a key that is absent, wrong, revoked or of another region is a 403 without a body', async () => {
  const client = testClient();
  const path = '/api/v1/token/verify';
  assert.deepEqual((await client.get(path)).body, { valid: true, writeAccess: true });
  assert.deepEqual((await client.ask('GET', path, undefined, as('reader-5678'))).body, {
    valid: true,
    writeAccess: false,
  });
  const forbidden = { status: 403, body: undefined };
  assert.deepEqual(await client.ask('GET', path, undefined, as('')), forbidden);
  assert.deepEqual(await client.ask('GET', path, undefined, as('wrong')), forbidden);
  assert.equal((await client.get(`https://app.pendo.io${path}`)).status, 200);
  assert.deepEqual(await client.get(`https://app.eu.pendo.io${path}`), forbidden);
  client.pendo.control.putKey('key-1234', { write: true, revoked: true });
  assert.deepEqual(await client.get(path), forbidden);
});

test('a key that may only read aggregates, and writes nothing', async () => {
  const client = testClient();
  const path = '/api/v1/metadata/account/custom/value';
  assert.deepEqual(await client.ask('POST', path, gold, as('reader-5678')), { status: 403, body: undefined });
  const request = { request: { pipeline: [{ source: { accounts: null } }] } };
  assert.equal((await client.ask('POST', '/api/v1/aggregation', request, as('reader-5678'))).status, 200);
  assert.equal(held(client), undefined);
});

test('calls that come too soon are told so by 429, or by 403 with a reason, as clients have seen', async () => {
  const client = testClient({ limits: { requestsPerSecond: 2 } });
  const statuses = async (): Promise<number[]> => {
    const answers = [
      await client.get('/api/v1/report'),
      await client.get('/api/v1/report'),
      await client.get('/api/v1/report'),
    ];
    return answers.map(({ status }) => status);
  };
  assert.deepEqual(await statuses(), [200, 200, 429]);
  client.clock.advance(1000);
  client.pendo.control.setHabits({ throttle: 403 });
  assert.deepEqual(await statuses(), [200, 200, 403]);
  assert.match(JSON.stringify((await client.get('/api/v1/report')).body), /rateLimitExceeded/);
});

test('a connection is cut before or after a write, and a write comes late or twice', async () => {
  const client = testClient();
  const { control } = client.pendo;
  control.setFaults({ scripted: [{ kind: 'cutBeforeApply' }, { kind: 'cutAfterApply' }] });
  await assert.rejects(client.write(gold), ConnectionCut);
  assert.equal(held(client), undefined);
  await assert.rejects(client.write(gold), ConnectionCut);
  assert.equal(held(client), 'gold');

  control.setFaults({ scripted: [{ kind: 'late', milliseconds: 500 }] });
  await assert.rejects(client.write([{ accountId: 'a1', values: { a_string: 'late' } }]), ConnectionCut);
  assert.deepEqual([held(client), control.stats()['latePending']], ['gold', 1]);
  client.clock.advance(500);
  assert.deepEqual([held(client), control.stats()['latePending']], ['late', 0]);

  control.setFaults({ scripted: [{ kind: 'duplicate', milliseconds: 500 }] });
  const twice = client.write(gold);
  while (control.stats()['latePending'] === 0) await Promise.resolve();
  await client.write([{ accountId: 'a1', values: { a_string: 'between' } }]);
  client.clock.advance(500);
  assert.equal((await twice).status, 200);
  assert.equal(held(client), 'gold');
});

test('what was still to come late is dropped at the end, what was written stays', async () => {
  const client = testClient();
  await client.write(gold);
  client.pendo.control.setFaults({ scripted: [{ kind: 'late', milliseconds: 500 }] });
  await assert.rejects(client.write([{ accountId: 'a1', values: { a_string: 'late' } }]), ConnectionCut);
  client.pendo.close();
  client.clock.advance(1000);
  assert.equal(held(client), 'gold');
});

test('a path that this stand-in does not have is named', async () => {
  const client = testClient();
  const { status, body } = await client.ask('POST', '/api/v1/segment/upload', {});
  assert.deepEqual([status, body], [404, 'The local Pendo does not have POST /api/v1/segment/upload']);
});
