import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RetryError, SettingsError } from '../engine/index.ts';
import { connectSalesforce } from './index.ts';
import {
  collect,
  createTestClock,
  createTestTransport,
  json,
  page,
  refusal,
  testLogin,
  type Call,
} from './testing/index.ts';

function clientOf(answer: (call: Call) => Response) {
  const { transport, calls } = createTestTransport(answer);
  return { client: connectSalesforce({ transport, login: testLogin, clock: createTestClock() }).client, calls };
}

function leads(count: number): { readonly Id: string; readonly Status: string }[] {
  return Array.from({ length: count }, (_none, number) => ({
    Id: `00Q${String(number).padStart(15, '0')}`,
    Status: 'Open',
  }));
}

function recordsOf({ body }: Call): Record<string, unknown>[] {
  return (JSON.parse(body) as { records: Record<string, unknown>[] }).records;
}

test('a query is read page by page, only as far as it is asked for', async () => {
  const { client, calls } = clientOf(({ path }) =>
    path.endsWith('-2000')
      ? page([{ Id: '3' }])
      : page([{ Id: '1' }, { Id: '2' }], { done: false, nextRecordsUrl: '/services/data/v66.0/query/01gxx-2000' }),
  );
  assert.deepEqual(await collect(client.query('SELECT Id FROM Lead')), [{ Id: '1' }, { Id: '2' }, { Id: '3' }]);
  assert.deepEqual(await client.queryOne('SELECT Id FROM Lead'), { Id: '1' });
  assert.equal(calls.length, 3);
  const empty = clientOf(() => page([]));
  assert.equal(await empty.client.queryOne('SELECT Id FROM Lead'), undefined);
});

test('writes go in collections of 200, with one result per record in order (K-06, K-07)', async () => {
  const { client, calls } = clientOf((call) =>
    json(
      recordsOf(call).map((record, index) =>
        index === 1
          ? { success: false, errors: [{ statusCode: 'REQUIRED_FIELD_MISSING', message: 'm', fields: ['LastName'] }] }
          : { id: record['id'] ?? '00Q000000000009AAA', success: true, errors: [] },
      ),
    ),
  );
  const results = await client.update('Lead', leads(450));
  assert.deepEqual(
    calls.map((call) => recordsOf(call).length),
    [200, 200, 50],
  );
  assert.deepEqual(calls[0]?.method, 'PATCH');
  assert.equal(results.length, 450);
  assert.deepEqual(results[1], {
    success: false,
    errors: [{ statusCode: 'REQUIRED_FIELD_MISSING', message: 'm', fields: ['LastName'] }],
  });
  assert.deepEqual(results[449], { success: true, id: leads(450)[449]?.Id, created: false });
  const [created] = await client.create('Lead', [{ LastName: 'A' }]);
  assert.deepEqual(created, { success: true, id: '00Q000000000009AAA', created: true });
  assert.deepEqual(recordsOf(calls.at(-1)!), [{ attributes: { type: 'Lead' }, LastName: 'A' }]);
});

test('an upsert tells created from updated, and names its field in the path', async () => {
  const { client, calls } = clientOf(() =>
    json([{ id: '00Q000000000009AAA', success: true, created: true, errors: [] }]),
  );
  assert.deepEqual(await client.upsert('Lead', 'Ext__c', [{ Ext__c: 'a', LastName: 'A' }]), [
    { success: true, id: '00Q000000000009AAA', created: true },
  ]);
  assert.equal(calls[0]?.path, '/services/data/v66.0/composite/sobjects/Lead/Ext__c');
});

test('a delete names its IDs, and refuses what is no ID', async () => {
  const { client, calls } = clientOf(({ url }) =>
    json((url.searchParams.get('ids') ?? '').split(',').map((id) => ({ id, success: true, errors: [] }))),
  );
  const ids = leads(201).map(({ Id }) => Id);
  assert.equal((await client.delete('Lead', ids)).length, 201);
  assert.deepEqual(
    calls.map(({ method }) => method),
    ['DELETE', 'DELETE'],
  );
  await assert.rejects(client.delete('Lead', ['x&allOrNone=true']), SettingsError);
  await assert.rejects(client.update('Lead', [{ Status: 'Open' }]), /Give each record its Id|no record ID/);
});

test('an answer that does not account for each record is no success', async () => {
  const { client } = clientOf(() => json([{ id: '00Q000000000009AAA', success: true, errors: [] }]));
  await assert.rejects(client.create('Lead', [{ LastName: 'A' }, { LastName: 'B' }]), RetryError);
});

test('limits and identity are told in our words', async () => {
  const { client } = clientOf(({ path }) =>
    path.endsWith('/limits')
      ? json({ DailyApiRequests: { Max: 15_000, Remaining: 14_998, Plumbline: { Max: 0, Remaining: 0 } } })
      : json({
          organization_id: '00D000000000001AAA',
          user_id: '005000000000001AAA',
          preferred_username: 'sync@acme.example',
        }),
  );
  assert.deepEqual((await client.limits()).get('DailyApiRequests'), { max: 15_000, remaining: 14_998 });
  assert.deepEqual(await client.identity(), {
    orgId: '00D000000000001AAA',
    userId: '005000000000001AAA',
    username: 'sync@acme.example',
  });
  const refused = clientOf(() => refusal(400, 'INVALID_FIELD', "No such column 'Foo'"));
  await assert.rejects(collect(refused.client.query('SELECT Foo FROM Lead')), /No such column 'Foo'/);
});
