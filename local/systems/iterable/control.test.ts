import assert from 'node:assert/strict';
import test from 'node:test';
import { testClient, type TestClient } from './test-client.ts';

function ask(client: TestClient, path: string, init: RequestInit = {}): Promise<Response> {
  return client.iterable.fetch(new Request(`http://127.0.0.1${path}`, init));
}

test('users come one a line, all of them, and can be searched and emptied', async () => {
  const client = testClient();
  const users = Array.from({ length: 1000 }, (_, index) => ({
    email: `u${index}@x.com`,
    dataFields: { line: 'a\nb' },
  }));
  await client.post('/api/users/bulkUpdate', { users });
  await client.post('/api/users/bulkUpdate', { users: users.map(({ email }) => ({ email: `more.${email}` })) });
  const lines = (await (await ask(client, '/control/users')).text()).trimEnd().split('\n');
  assert.equal(lines.length, 2000);
  assert.deepEqual(JSON.parse(lines[0] ?? ''), { email: 'u0@x.com', dataFields: { line: 'a\nb' } });
  const found = await (await ask(client, '/control/users?search=MORE.U99&limit=5')).text();
  assert.equal(found.trimEnd().split('\n').length, 5);
  await ask(client, '/control/users', { method: 'DELETE' });
  assert.equal(await (await ask(client, '/control/users')).text(), '');
});

test('the dial is checked: what it does not know is refused and named', async () => {
  const client = testClient();
  const set = (dial: unknown): Promise<Response> =>
    ask(client, '/control/faults', { method: 'POST', body: JSON.stringify(dial) });
  const taken = await set({
    seed: 3,
    limits: { bulkUpdatePerSecond: 50 },
    rates: { late: { probability: 0.1, maximumMilliseconds: 900 } },
  });
  assert.equal(taken.status, 200);
  assert.equal(client.iterable.control.dial().limits?.bulkUpdatePerSecond, 50);
  for (const wrong of [{ rates: { cutBefore: 1 } }, { rates: { error500: 2 } }, { scripted: [{ kind: 'late' }] }, 3]) {
    const refused = await set(wrong);
    assert.equal(refused.status, 400);
    assert.equal(typeof ((await refused.json()) as { error: unknown }).error, 'string');
  }
  assert.equal(client.iterable.control.dial().seed, 3);
});

test('requests are logged without their key, and pages of other sites are kept out', async () => {
  const client = testClient();
  await client.get('/api/lists');
  const log = await (await ask(client, '/control/requests')).text();
  assert.match(log, /…1234/);
  assert.doesNotMatch(log, /key-1234/);
  const foreign = await ask(client, '/control/users', { method: 'DELETE', headers: { origin: 'https://example.com' } });
  assert.equal(foreign.status, 403);
  assert.match(await (await ask(client, '/')).text(), /Local Iterable/);
});
