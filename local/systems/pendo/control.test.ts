import assert from 'node:assert/strict';
import test from 'node:test';
import { testClient, type TestClient } from './test-client.ts';

function ask(client: TestClient, path: string, method = 'GET', body?: unknown): Promise<Response> {
  return client.pendo.fetch(
    new Request(`http://127.0.0.1${path}`, { method, ...(body === undefined ? {} : { body: JSON.stringify(body) }) }),
  );
}

test('accounts and visitors come one a line, and can be edited, searched and taken away', async () => {
  const client = testClient();
  await ask(client, '/control/accounts/a1', 'PUT', { metadata: { custom: { A_String: 'gold' } } });
  const edit = { accountIds: ['a1'], usage: { '2026-11-20': { events: 1, minutes: 2, clicks: 0 } } };
  assert.equal((await ask(client, '/control/visitors/v%201', 'PUT', edit)).status, 200);
  const lines = async (path: string): Promise<unknown[]> => {
    const text = await (await ask(client, path)).text();
    return text
      .split('\n')
      .filter(Boolean)
      .map((line): unknown => JSON.parse(line));
  };
  assert.deepEqual(await lines('/control/accounts?search=GOLD'), [
    { id: 'a1', metadata: { custom: { a_string: 'gold' } } },
  ]);
  assert.deepEqual(await lines('/control/visitors'), [{ id: 'v 1', metadata: {}, accountIds: ['a1'] }]);
  await ask(client, '/control/visitors/v%201', 'DELETE');
  assert.deepEqual(await lines('/control/visitors'), []);
});

test('what the control API cannot do is a 400 that says why', async () => {
  const client = testClient();
  const wrong: [path: string, method: string, body: unknown, names: RegExp][] = [
    ['/control/accounts/a1', 'PUT', { metadata: { custom: { nothing: 1 } } }, /custom\.nothing/],
    ['/control/accounts/a1', 'PUT', { metadata: { custom: { a_integer: 'x' } } }, /a_integer/],
    ['/control/accounts/a1', 'PUT', { name: 'x' }, /name/],
    ['/control/faults', 'POST', { rates: { cutBefore: 1 } }, /cutBefore/],
    ['/control/habits', 'POST', { extraRows: 'some' }, /extraRows/],
    ['/control/reports/r', 'PUT', { name: 'x' }, /columns/],
    ['/control/generate', 'POST', { accounts: -1, visitors: 0 }, /accounts/],
  ];
  for (const [path, method, body, names] of wrong) {
    const response = await ask(client, path, method, body);
    assert.equal(response.status, 400, path);
    assert.match(((await response.json()) as { error: string }).error, names);
  }
});

test('the same seed generates the same accounts, visitors and usage; usage takes no room', async () => {
  const rows = async (): Promise<unknown> => {
    const client = testClient();
    client.pendo.control.clear();
    client.pendo.control.generate({ accounts: 50, visitors: 300, seed: 7 });
    client.pendo.control.putReport('r', {
      name: 'Activity',
      kind: 'visitor',
      type: 'List',
      shared: true,
      segmentId: 'everyone',
      range: { last: 30 },
      columns: [{ name: 'numMinutes', label: 'Minutes', from: { metric: 'numMinutes' } }],
    });
    return (await client.get('/api/v1/report/r/results.json')).body;
  };
  const made = (await rows()) as { numMinutes: number }[];
  assert.equal(made.length, 300);
  assert.ok(made.some(({ numMinutes }) => numMinutes > 0) && made.some(({ numMinutes }) => numMinutes === 0));
  assert.deepEqual(await rows(), made);
});

test('requests are logged without their key', async () => {
  const client = testClient();
  await client.get('/api/v1/report');
  const log = await (await ask(client, '/control/requests')).text();
  assert.match(log, /…1234/);
  assert.doesNotMatch(log, /key-1234/);
});
