import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { testClient, type TestClient } from './test-client.ts';

function values(client: TestClient, id: string): unknown {
  for (const account of client.pendo.control.accounts()) if (account.id === id) return account.metadata['custom'];
  return undefined;
}

test('a bulk write sets what it names, tells what is missing or does not fit, and is a 200 all the same', async () => {
  const client = testClient();
  const { status, body } = await client.write([
    { accountId: 'a1', values: { A_String: 'gold', a_integer: 7 } },
    { accountId: 'nobody', values: { a_string: 'x' } },
    { accountId: 'a2', values: { a_string: 'y', a_integer: '7' } },
  ]);
  assert.equal(status, 200);
  assert.deepEqual(body, {
    total: 3,
    updated: 1,
    failed: 2,
    missing: ['nobody'],
    errors: ['a2: the value of "a_integer" is not of type integer'],
    kind: 'account',
  });
  assert.deepEqual(values(client, 'a1'), { a_string: 'gold', a_integer: 7 });
  assert.equal(values(client, 'a2'), undefined);
});

test('what is unknown is made when the call says so', async () => {
  const client = testClient();
  const { body } = await client.write([{ accountId: 'new', values: { a_boolean: true } }], '?create=true');
  assert.deepEqual(body, { total: 1, updated: 1, failed: 0, missing: [], errors: [], kind: 'account' });
  assert.deepEqual(values(client, 'new'), { a_boolean: true });
});

test('a field without a mapping refuses the call, before anything is written, or its record alone', async () => {
  const client = testClient();
  const records = [
    { accountId: 'a1', values: { a_string: 'x' } },
    { accountId: 'a2', values: { unmapped: 'x' } },
  ];
  assert.equal((await client.write(records)).status, 400);
  assert.equal(values(client, 'a1'), undefined);
  client.pendo.control.setHabits({ unmappedField: 'record', errors: 'object' });
  const { body } = await client.write(records);
  const errors = [{ id: 'a2', message: 'The account field "custom.unmapped" has no mapping' }];
  assert.deepEqual(body, { total: 2, updated: 1, failed: 1, missing: [], errors, kind: 'account' });
});

test('empty lists are told, null or absent', async () => {
  const client = testClient();
  const ask = async (): Promise<unknown> => (await client.write([{ accountId: 'a1', values: { a_string: 'x' } }])).body;
  const told = { total: 1, updated: 1, failed: 0, kind: 'account' };
  client.pendo.control.setHabits({ emptyLists: 'null' });
  assert.deepEqual(await ask(), { ...told, missing: null, errors: null });
  client.pendo.control.setHabits({ emptyLists: 'absent' });
  assert.deepEqual(await ask(), told);
});

test('values must fit the type of their field; times and dates come in two shapes and are kept in one', async () => {
  const client = testClient();
  const fits: Record<string, unknown[]> = {
    a_string: ['', 'x'],
    a_integer: [0, -5],
    a_float: [1.5, 2],
    a_boolean: [false],
    a_time: [1_700_000_000_000, '2023-11-14T22:13:20Z'],
    a_date: ['2024-02-29', 1_709_164_800_000, '2024-02-29T00:00:00Z'],
    a_list: [['a', 'b'], []],
  };
  for (const [name, all] of Object.entries(fits)) {
    for (const value of all) {
      assert.deepEqual((await client.write([{ accountId: 'a1', values: { [name]: value } }])).status, 200);
      assert.equal(
        ((await client.write([{ accountId: 'a1', values: { [name]: value } }])).body as { updated: number }).updated,
        1,
      );
    }
  }
  const { a_time, a_date } = values(client, 'a1') as Record<string, unknown>;
  assert.deepEqual({ a_time, a_date }, { a_time: 1_700_000_000_000, a_date: '2024-02-29' });
  const misfits: Record<string, unknown> = {
    a_string: 1,
    a_integer: 1.5,
    a_float: '1',
    a_boolean: 'true',
    a_time: 'yesterday',
    a_date: '2023-02-29',
    a_list: 'a;b',
  };
  for (const [name, value] of Object.entries(misfits)) {
    const { body } = await client.write([{ accountId: 'a1', values: { [name]: value } }]);
    assert.equal((body as { failed: number }).failed, 1, name);
  }
});

test('a body that is not an array of records with values is refused as a whole', async () => {
  const client = testClient();
  for (const wrong of [
    '{',
    {},
    [{}],
    [{ accountId: 1, values: {} }],
    [{ accountId: 'a1', values: [] }],
    [{ visitorId: 'a1', values: {} }],
  ])
    assert.equal((await client.write(wrong)).status, 400);
  assert.equal((await client.ask('POST', '/api/v1/metadata/account/auto/value', [])).status, 400);
  assert.equal((await client.ask('POST', '/api/v1/metadata/account/nothing/value', [])).status, 400);
  assert.equal((await client.ask('POST', '/api/v1/metadata/thing/custom/value', [])).status, 404);
});

test('a call that runs out of time has written its first records, and says 408', async () => {
  const client = testClient({ limits: { recordsPerCall: 1 } });
  const write = (count: number): Promise<{ readonly status: number }> =>
    client.write(['a1', 'a2'].slice(0, count).map((accountId) => ({ accountId, values: { a_integer: count } })));
  assert.equal((await write(2)).status, 408);
  assert.deepEqual([values(client, 'a1'), values(client, 'a2')], [{ a_integer: 2 }, undefined]);
  assert.equal((await write(1)).status, 200);
});

test('single values are read and written as raw JSON, with a path in base64 where IDs need it', async () => {
  const client = testClient();
  const path = '/api/v1/metadata/account/custom/value/a1/a_float';
  assert.equal((await client.ask('PUT', path, 2.5)).status, 200);
  assert.deepEqual(await client.get(path), { status: 200, body: 2.5 });
  assert.equal((await client.ask('PUT', path, '"two"')).status, 400);
  assert.equal((await client.ask('PUT', '/api/v1/metadata/account/custom/value/nobody/a_float', 1)).status, 404);
  assert.equal((await client.ask('PUT', '/api/v1/metadata/account/agent/value/a1/new', '"x"')).status, 400);
  client.pendo.control.putAccount('a/b ?', {});
  const base64 = (text: string): string => encodeURIComponent(Buffer.from(text).toString('base64'));
  const odd = `/api/v1/metadata/account/custom/value/${base64('a/b ?')}/${base64('made')}`;
  const headers = { 'x-pendo-base64-encoded-params': 'true' };
  assert.equal((await client.ask('PUT', odd, '"x"', headers)).status, 200);
  assert.deepEqual((await client.ask('GET', odd, undefined, headers)).body, 'x');
  const { body } = await client.get('/api/v1/metadata/schema/account');
  assert.equal((body as Record<string, Record<string, { Type: string }>>)['custom']?.['made']?.Type, 'string');
});

test('any writes leave what the last of each value said, and the same writes again change nothing', async () => {
  const record = fc.record({
    accountId: fc.constantFrom('a1', 'a2', 'a3'),
    values: fc.dictionary(fc.constantFrom('a_string', 'a_integer', 'a_list'), fc.constantFrom(null, 'x', 1, 2, ['y']), {
      maxKeys: 3,
    }),
  });
  const fits: Record<string, (value: unknown) => boolean> = {
    a_string: (value) => typeof value === 'string',
    a_integer: (value) => typeof value === 'number',
    a_list: Array.isArray,
  };
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(record, { maxLength: 6 }), { maxLength: 4 }), async (batches) => {
      const client = testClient();
      const model = new Map<string, Record<string, unknown>>([
        ['a1', {}],
        ['a2', {}],
      ]);
      for (const batch of batches) {
        await client.write(batch);
        for (const { accountId, values: written } of batch) {
          const held = model.get(accountId);
          const fitting = Object.entries(written).every(
            ([name, value]) => value === null || fits[name]?.(value) === true,
          );
          if (held === undefined || !fitting) continue;
          for (const [name, value] of Object.entries(written)) {
            if (value === null) delete held[name];
            else held[name] = value;
          }
        }
      }
      for (const [id, held] of model) assert.deepEqual(values(client, id) ?? {}, held);
      const last = batches.at(-1) ?? [];
      const once = new Map(last.map((each) => [each.accountId, each]));
      await client.write([...once.values()]);
      const before = client.pendo.control.stats()['valuesChanged'];
      await client.write([...once.values()]);
      assert.equal(client.pendo.control.stats()['valuesChanged'], before);
    }),
    { numRuns: 60 },
  );
});
