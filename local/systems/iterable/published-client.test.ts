import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { IterableClient } from '@iterable/api';
import { serve, type Served } from '../serve.ts';
import { createLocalIterable, type LocalIterable } from './index.ts';

// The client that Iterable's maker publishes, over HTTP: it checks each reply against schemas of its own.
let iterable: LocalIterable;
let served: Served;
let client: IterableClient;

before(async () => {
  iterable = createLocalIterable({ apiKeys: ['key-1234'] });
  served = await serve(iterable.fetch, 0);
  client = new IterableClient({ apiKey: 'key-1234', baseUrl: served.url });
});

after(async () => {
  client.destroy();
  await served.close();
});

test('writes in bulk, reads back by email and by user ID', async () => {
  const written = await client.bulkUpdateUsers({
    users: [
      { email: 'ann@example.com', dataFields: { Name: { First: 'Ann', Last: '"Quotes", 🙂 שלום\n' }, score: 3 } },
      { email: 'bad', dataFields: {} },
    ],
  });
  assert.deepEqual([written.successCount, written.failCount, written.invalidEmails], [1, 1, ['bad']]);
  const read = await client.getUserByEmail({ email: 'ANN@example.com' });
  assert.equal(read.user?.email, 'ann@example.com');
  assert.deepEqual(read.user?.dataFields?.['Name'], { First: 'Ann', Last: '"Quotes", 🙂 שלום\n' });
  assert.equal((await client.getUserByUserId({ userId: 'nobody' })).user, undefined);
  assert.equal((await client.getUserFields()).fields['Name.First'], 'string');
});

test('updates, renames, merges and deletes single users', async () => {
  await client.updateUser({ email: 'old@example.com', dataFields: { plan: 'pro', tags: ['a'] } });
  await client.updateEmail({ currentEmail: 'old@example.com', newEmail: 'new@example.com' });
  await client.updateUser({ email: 'other@example.com', dataFields: { tags: ['b', 'a'] } });
  await client.mergeUsers({
    sourceEmail: 'new@example.com',
    destinationEmail: 'other@example.com',
    arrayMerge: [{ field: 'tags' }],
  });
  const emails = [...iterable.control.users()].map(({ email }) => email);
  assert.ok(!emails.includes('old@example.com') && !emails.includes('new@example.com'));
  const merged = [...iterable.control.users()].find(({ email }) => email === 'other@example.com');
  assert.deepEqual(merged?.dataFields, { plan: 'pro', tags: ['b', 'a'] });
  await client.deleteUserByEmail({ email: 'other@example.com' });
  await assert.rejects(client.deleteUserByEmail({ email: 'other@example.com' }), {
    statusCode: 400,
    code: 'BadParams',
  });
});

test('makes a list, subscribes to it and reads it as text', async () => {
  const { listId } = await client.createList({ name: 'News' });
  const reply = await client.subscribeUserToList({
    listId,
    subscribers: [{ email: 'b@example.com' }, { email: 'c@example.com' }],
  });
  assert.equal(reply.successCount, 2);
  await client.unsubscribeUserFromList({ listId, subscribers: [{ email: 'c@example.com' }] });
  assert.deepEqual((await client.getListUsers({ listId })).users, [{ email: 'b@example.com' }]);
  assert.equal((await client.getListSize({ listId })).size, 1);
  assert.deepEqual(
    (await client.getLists()).lists.map(({ id, name }) => [id, name]),
    [[listId, 'News']],
  );
  await client.updateUserSubscriptions({ email: 'c@example.com', emailListIds: [listId], unsubscribedChannelIds: [1] });
  assert.equal((await client.getListSize({ listId })).size, 2);
  await client.deleteList({ listId });
});

test('knows a wrong key, a clash of types and a cut connection for what they are', async () => {
  const stranger = new IterableClient({ apiKey: 'wrong', baseUrl: served.url });
  await assert.rejects(stranger.getLists(), { statusCode: 401, code: 'BadApiKey' });
  stranger.destroy();
  await client.updateUser({ email: 'd@example.com', dataFields: { since: '2026-01-01' } });
  await assert.rejects(client.updateUser({ email: 'd@example.com', dataFields: { since: 'GGG' } }), {
    statusCode: 400,
    code: 'RequestFieldsTypesMismatched',
  });
  iterable.control.setFaults({ scripted: [{ kind: 'cutBeforeApply' }] });
  await assert.rejects(client.updateUser({ email: 'd@example.com' }), { name: 'IterableNetworkError' });
  assert.equal((await client.updateUser({ email: 'd@example.com' })).code, 'Success');
});
