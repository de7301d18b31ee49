import assert from 'node:assert/strict';
import test from 'node:test';
import { ConnectionCut } from '../kit/index.ts';
import { testClient, type TestClient } from './test-client.ts';

const path = '/api/users/bulkUpdate';
const write = (client: TestClient, value: string): ReturnType<TestClient['post']> =>
  client.post(path, { users: [{ email: 'a@x.com', dataFields: { value } }] });
const value = (client: TestClient): unknown =>
  (client.users()[0]?.['dataFields'] as Record<string, unknown> | undefined)?.['value'];

test('a key that is missing or wrong is a 401 in the envelope', async () => {
  const client = testClient();
  assert.equal((await client.post(path, { users: [] }, '')).body['msg'], 'No API key found on request');
  const wrong = await client.post(path, { users: [] }, 'other');
  assert.deepEqual([wrong.status, wrong.body['code']], [401, 'BadApiKey']);
  assert.equal((await client.get('/api/nothing')).status, 404);
});

test('five bulk updates a second are taken in any window of a second, the sixth is a bare 429', async () => {
  const client = testClient();
  for (let count = 0; count < 5; count++) {
    assert.equal((await write(client, `${count}`)).status, 200);
    client.clock.advance(100);
  }
  const refused = await client.iterable.fetch(
    new Request(`http://127.0.0.1${path}`, {
      method: 'POST',
      headers: { 'api-key': 'key-1234' },
      body: '{"users":[]}',
    }),
  );
  assert.equal(refused.status, 429);
  assert.deepEqual([...refused.headers.keys()], ['content-type']);
  assert.deepEqual(await refused.json(), {
    msg: 'Exceeded rate limit for endpoint: /api/users/bulkUpdate, project: 10216',
    code: 'RateLimitExceeded',
    params: {},
  });
  assert.equal((await client.get('/api/users/getFields')).status, 200);
  client.clock.advance(499);
  assert.equal((await write(client, 'x')).status, 429);
  client.clock.advance(1);
  assert.equal((await write(client, 'x')).status, 200);
  const stats = client.iterable.control.stats();
  assert.deepEqual([stats['requests'], stats['throttled']], [9, 2]);
});

test('each scripted fault does what its name says', async () => {
  const client = testClient({ limits: { bulkUpdatePerSecond: 1000 } });
  client.iterable.control.setFaults({
    scripted: [
      { kind: 'cutBeforeApply' },
      { kind: 'cutAfterApply' },
      { kind: 'late', milliseconds: 300 },
      { kind: 'error500' },
      { kind: 'error503' },
      { kind: 'throttle' },
    ],
  });
  await assert.rejects(write(client, 'one'), ConnectionCut);
  assert.equal(value(client), undefined);
  await assert.rejects(write(client, 'two'), TypeError);
  assert.equal(value(client), 'two');
  await assert.rejects(write(client, 'late'), TypeError);
  for (const status of [500, 503, 429]) assert.equal((await write(client, 'no')).status, status);
  assert.equal((await write(client, 'newer')).status, 200);
  client.clock.advance(299);
  assert.equal(value(client), 'newer');
  client.clock.advance(1);
  assert.equal(value(client), 'late');
  const stats = client.iterable.control.stats();
  assert.equal(stats['lateApplied'], 1);
  assert.deepEqual(stats['faults'], {
    cutBeforeApply: 1,
    cutAfterApply: 1,
    late: 1,
    error500: 1,
    error503: 1,
    throttle: 1,
  });
});

test('a duplicated write is applied twice and answered after the second, a slow one after its time', async () => {
  const client = testClient();
  client.iterable.control.setFaults({
    scripted: [{ kind: 'duplicate', milliseconds: 500 }, { kind: 'none' }, { kind: 'slow', milliseconds: 50 }],
  });
  const duplicated = write(client, 'old');
  await new Promise(setImmediate);
  assert.equal(value(client), 'old');
  await write(client, 'newer');
  client.clock.advance(500);
  assert.equal((await duplicated).status, 200);
  assert.equal(value(client), 'old');
  const slow = write(client, 'slow');
  await new Promise(setImmediate);
  assert.equal(value(client), 'slow');
  client.clock.advance(50);
  assert.equal((await slow).status, 200);
});

test('the same seed brings the same faults, another seed others', async () => {
  const faultsOf = async (seed: number): Promise<readonly string[]> => {
    const client = testClient({ limits: { bulkUpdatePerSecond: 1000 } });
    const late = { probability: 0.2, maximumMilliseconds: 500 };
    client.iterable.control.setFaults({
      seed,
      rates: { cutBeforeApply: 0.2, cutAfterApply: 0.2, error503: 0.2, late },
    });
    for (let count = 0; count < 60; count++) {
      await write(client, `${count}`).catch((error: unknown) => assert.ok(error instanceof ConnectionCut));
    }
    return client.iterable.control.requests().map(({ fault }) => fault);
  };
  assert.deepEqual(await faultsOf(7), await faultsOf(7));
  assert.notDeepEqual(await faultsOf(7), await faultsOf(8));
});

test('writes that are still to come are dropped when it closes', async () => {
  const client = testClient();
  client.iterable.control.setFaults({ scripted: [{ kind: 'late', milliseconds: 10 }] });
  await assert.rejects(write(client, 'late'));
  client.iterable.close();
  client.clock.advance(10);
  assert.equal(client.users().length, 0);
});
