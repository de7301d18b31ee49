import assert from 'node:assert/strict';
import test from 'node:test';
import { testClient, type Reply } from './test-client.ts';

const path = '/api/users/bulkUpdate';

function failed(reply: Reply): Record<string, readonly string[]> {
  const buckets = reply.body['failedUpdates'] as Record<string, readonly string[]>;
  return Object.fromEntries(Object.entries(buckets).filter(([, names]) => names.length > 0));
}

test('a batch counts what it wrote and names what failed, by cause', async () => {
  const client = testClient();
  await client.post('/api/users/forget', { email: 'gone@x.com' });
  await client.post(path, {
    users: [{ email: 'first@x.com', userId: 'u1', dataFields: { score: 1, since: '2026-01-01' } }],
  });
  const reply = await client.post(path, {
    users: [
      { email: 'a@x.com', dataFields: { plan: 'pro' } },
      { email: 'A@X.com', dataFields: { plan: 'pro' } },
      { email: 'not an address' },
      { email: 'gone@x.com' },
      { email: 'b@x.com', dataFields: { score: 'high' } },
      { email: 'b@x.com', dataFields: { score: 'higher' } },
      { userId: 'nobody' },
      { email: 'c@x.com', userId: 'u1' },
    ],
  });
  assert.equal(reply.status, 200);
  assert.equal(reply.body['successCount'], 2);
  assert.equal(reply.body['failCount'], 6);
  assert.deepEqual(reply.body['createdFields'], ['plan']);
  assert.deepEqual(reply.body['noOpEmails'], ['A@X.com']);
  assert.deepEqual(reply.body['invalidEmails'], ['not an address']);
  assert.deepEqual(failed(reply), {
    invalidEmails: ['not an address'],
    notFoundUserIds: ['nobody'],
    invalidDataEmails: ['b@x.com', 'b@x.com'],
    conflictEmails: ['c@x.com'],
    forgottenEmails: ['gone@x.com'],
  });
  assert.deepEqual(
    client.users().map(({ email }) => email),
    ['first@x.com', 'a@x.com'],
  );
});

test('a user that is refused does not fix a type for the project', async () => {
  const client = testClient();
  await client.post(path, { users: [{ email: 'bad', dataFields: { score: 'high' } }] });
  const reply = await client.post(path, { users: [{ email: 'a@x.com', dataFields: { score: 1 } }] });
  assert.equal(reply.body['successCount'], 1);
});

test('update-only makes no user, and new fields can be kept out', async () => {
  const client = testClient();
  const refused = await client.post(path, { users: [{ email: 'a@x.com' }], updateOnly: true });
  assert.deepEqual(failed(refused), { notFoundEmails: ['a@x.com'] });
  const users = [{ email: 'a@x.com', dataFields: { plan: 'pro', o: { x: 1 } } }];
  const filtered = await client.post(path, { users, createNewFields: false });
  assert.deepEqual(filtered.body['filteredOutFields'], ['plan', 'o']);
  assert.deepEqual(client.users(), [{ email: 'a@x.com', dataFields: {} }]);
});

test('a body that is not what it should be is refused by path, and nothing of it is written', async () => {
  const client = testClient();
  const users = [{ email: 'a@x.com' }, { email: 'b@x.com', preferUserId: 'yes' }, { userId: 3, dataFields: [] }];
  const reply = await client.post(path, { users });
  assert.equal(reply.status, 400);
  assert.equal(reply.body['code'], 'BadJsonBody');
  assert.equal(reply.body['msg'], '[/api/users/bulkUpdate] Invalid JSON body');
  assert.deepEqual(reply.body['params'], {
    'obj.users[1].preferUserId': 'Boolean value expected',
    'obj.users[2].userId': 'String value expected',
    'obj.users[2].email': 'email or userId is required',
    'obj.users[2].dataFields': 'Object value expected',
  });
  assert.equal((await client.post(path, '{')).body['code'], 'BadJsonBody');
  assert.deepEqual(client.users(), []);
});

test('a batch holds 1,000 users and 4 MB', async () => {
  const client = testClient();
  const users = Array.from({ length: 1001 }, (_, index) => ({ email: `u${index}@x.com` }));
  assert.equal((await client.post(path, { users: users.slice(1) })).body['successCount'], 1000);
  assert.equal((await client.post(path, { users })).body['code'], 'BatchTooLarge');
  const large = await client.post(path, { users: [{ email: 'a@x.com', dataFields: { text: 'é'.repeat(2_000_000) } }] });
  assert.deepEqual([large.status, large.body['code']], [413, 'BatchTooLarge']);
});

test('a project holds 1,000 fields; a batch that exceeds them writes nothing', async () => {
  const client = testClient();
  const fields = (from: number, to: number): Record<string, number> =>
    Object.fromEntries(Array.from({ length: to - from }, (_, index) => [`f${from + index}`, 1]));
  assert.equal((await client.post(path, { users: [{ email: 'a@x.com', dataFields: fields(0, 1000) }] })).status, 200);
  const reply = await client.post(path, { users: [{ email: 'b@x.com', dataFields: fields(1000, 1001) }] });
  assert.equal(reply.body['code'], 'UniqueFieldsLimitExceeded');
  assert.equal((await client.post(path, { users: [{ email: 'c@x.com', dataFields: fields(0, 3) }] })).status, 200);
  assert.deepEqual(
    client.users().map(({ email }) => email),
    ['a@x.com', 'c@x.com'],
  );
});

test('a type clash can refuse the whole batch, as Iterable words it', async () => {
  const client = testClient({ typeMismatch: 'batch' });
  await client.post('/api/users/update', { email: 'a@x.com', dataFields: { signupDate: '2026-01-01' } });
  const reply = await client.post(path, {
    users: [
      { email: 'b@x.com', dataFields: { fresh: 1 } },
      { email: 'a@x.com', dataFields: { signupDate: 'GGG' } },
    ],
  });
  assert.equal(reply.body['code'], 'RequestFieldsTypesMismatched');
  assert.equal(
    reply.body['msg'],
    "Project 10216: The request does not have the same data types as the data previously submitted. Field 'signupDate' " +
      "already exists for type 'user' and has a data type of 'date' but possible types 'string, keyword' in the request.",
  );
  assert.equal(client.users().length, 1);
  const fields = (await client.get('/api/users/getFields')).body['fields'] as Record<string, string>;
  assert.equal(fields['fresh'], undefined);
});

test('user IDs: a placeholder address in an email-based project, no email in a hybrid one', async () => {
  const email = testClient();
  await email.post(path, { users: [{ userId: 'u1', preferUserId: true }] });
  assert.deepEqual(email.users(), [{ email: 'u1@placeholder.email', userId: 'u1', dataFields: {} }]);

  const hybrid = testClient({ mode: 'hybrid' });
  await hybrid.post(path, { users: [{ userId: 'u1' }, { email: 'a@x.com' }, { userId: 'u1', email: 'b@x.com' }] });
  const clash = await hybrid.post(path, { users: [{ userId: 'u1', email: 'a@x.com' }] });
  assert.deepEqual(failed(clash), { conflictUserIds: ['u1'] });
  assert.deepEqual(hybrid.users(), [
    { email: 'a@x.com', dataFields: {} },
    { email: 'b@x.com', userId: 'u1', dataFields: {} },
  ]);

  const userId = testClient({ mode: 'userID' });
  await userId.post(path, {
    users: [
      { userId: 'u1', email: 'a@x.com' },
      { userId: 'u2', email: 'a@x.com' },
    ],
  });
  assert.equal(userId.users().length, 2);
  assert.deepEqual(failed(await userId.post(path, { users: [{ email: 'b@x.com' }] })), { notFoundEmails: ['b@x.com'] });
});

test('single updates are refused with the code of their cause', async () => {
  const client = testClient();
  const update = '/api/users/update';
  const invalid = await client.post(update, { email: '000' });
  assert.deepEqual(invalid, {
    status: 400,
    body: { msg: 'Invalid email: 000', code: 'InvalidEmailAddressError', params: null },
  });
  await client.post('/api/users/forget', { email: 'gone@x.com' });
  assert.equal((await client.post(update, { email: 'gone@x.com' })).body['code'], 'ForgottenUserError');
  await client.post('/api/users/unforget', { email: 'gone@x.com' });
  assert.equal((await client.post(update, { email: 'gone@x.com' })).body['code'], 'Success');
  assert.equal((await client.post(update, { userId: 'nobody' })).body['code'], 'UnknownUserIdError');
});
