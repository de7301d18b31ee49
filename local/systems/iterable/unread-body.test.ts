import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { testClient, type TestClient } from './test-client.ts';

const address = fc.integer({ min: 1, max: 6 }).map((number) => `u${number}@example.com`);
const text = fc.option(fc.string({ unit: 'binary', maxLength: 8 }));
const fields = fc.record(
  {
    name: text,
    age: fc.option(fc.integer()),
    company: fc.record({ name: fc.string(), city: fc.string() }, { requiredKeys: [] }),
  },
  { requiredKeys: [] },
);
const write = fc.record({ email: address, dataFields: fields }, { requiredKeys: ['email'] });
const step = fc.oneof(
  fc.record({ kind: fc.constant('write' as const), users: fc.array(write, { minLength: 1, maxLength: 8 }) }),
  fc.record({ kind: fc.constantFrom('read' as const, 'delete' as const), email: address }),
);

async function change(client: TestClient, path: string, body: unknown): Promise<void> {
  assert.equal((await client.post(path, body)).status, 200);
}

async function read(client: TestClient, email: string): Promise<unknown> {
  const { body } = await client.get(`/api/users/${email}`);
  return body;
}

test('users that were left in the body of a bulk write read, change and go as those written one by one', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
      const together = testClient();
      const alone = testClient();
      for (const each of steps) {
        for (const client of [together, alone]) client.clock.advance(10_000);
        if (each.kind === 'write') {
          await change(together, '/api/users/bulkUpdate', { users: each.users });
          for (const user of each.users) await change(alone, '/api/users/update', user);
        } else if (each.kind === 'read') {
          assert.deepEqual(await read(together, each.email), await read(alone, each.email));
        } else {
          for (const client of [together, alone]) await client.delete(`/api/users/${each.email}`);
        }
      }
      assert.deepEqual(together.users(), alone.users());
    }),
  );
});

test('of a body with many users each has its own fields, also when only one was looked at before', async () => {
  const client = testClient();
  const users = Array.from({ length: 1000 }, (_, place) => ({
    email: `u${place}@example.com`,
    dataFields: { place, name: place % 10 === 0 ? 'Zoë 日本 😀' : 'Ann' },
  }));
  await change(client, '/api/users/bulkUpdate', { users });
  await change(client, '/api/users/bulkUpdate', { users: [{ email: 'u500@example.com', dataFields: { place: -1 } }] });
  const expected = users.map(({ email, dataFields }, place) => ({
    email,
    dataFields: place === 500 ? { ...dataFields, place: -1 } : dataFields,
  }));
  assert.deepEqual(client.users(), expected);
});
