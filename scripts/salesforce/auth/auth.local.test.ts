import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { createLocalOrg, manualClock } from '../../../local/org/index.ts';
import { CredentialsError, type Clock } from '../../engine/index.ts';
import { connectSalesforce, loginByClientCredentials, loginByJwt, makeKeyPair, type Login } from '../index.ts';

const orgClock = manualClock(Date.parse('2026-11-21T10:00:00Z'));
const clock: Clock = { now: () => orgClock.now(), sleep: async (milliseconds) => orgClock.advance(milliseconds) };
const org = createLocalOrg({ clock: orgClock });
const keys = await makeKeyPair('plumbline-test', clock.now());
const user = org.core.integrationUserId;
const transport = (request: Request): Promise<Response> => org.fetch(request);
const connect = (login: Login) => connectSalesforce({ transport, login, clock });

function usernameOf(id: string): string {
  const session = { userId: org.core.adminUserId, token: '', origin: 'test' };
  const [row] = org.core.prepare(`SELECT Username FROM User WHERE Id = '${id}'`, session).run().rows;
  const username = row?.values.get('Username');
  assert.ok(typeof username === 'string');
  return username;
}

const app = { clientId: 'plumbline', certificatePem: keys.certificate, preAuthorisedUserIds: [user] };
const credentials = {
  clientId: 'plumbline',
  username: usernameOf(user),
  privateKey: keys.privateKey,
  loginUrl: 'https://login.salesforce.com',
};

test('a key pair made here logs in to the local org by JWT, and again when the session has ended', async () => {
  org.registerApp(app);
  const { client } = connect(loginByJwt(credentials, transport, clock));
  assert.deepEqual(await client.identity(), { orgId: org.core.id, userId: user, username: credentials.username });
  org.expireSessions();
  assert.equal((await client.identity()).userId, user);
});

test('K-44: a user who is not pre-authorised is refused by the local org, and told what to mend', async () => {
  org.registerApp({ ...app, preAuthorisedUserIds: [] });
  const { client } = connect(loginByJwt(credentials, transport, clock));
  await assert.rejects(
    client.identity(),
    (error) => error instanceof CredentialsError && /pre-authorised/.test(error.message),
  );
});

test('another key than the uploaded one is refused by the local org', async () => {
  org.registerApp(app);
  const { privateKey } = await makeKeyPair('other', clock.now());
  await assert.rejects(
    connect(loginByJwt({ ...credentials, privateKey }, transport, clock)).client.identity(),
    CredentialsError,
  );
});

test('client credentials log in to the local org as the run-as user', async () => {
  const clientSecretHash = createHash('sha256').update('hidden').digest('hex');
  org.registerApp({ clientId: 'other', preAuthorisedUserIds: [], runAsUserId: user, clientSecretHash });
  const loginUrl = 'https://acme.my.salesforce.com';
  const login = loginByClientCredentials({ clientId: 'other', clientSecret: 'hidden', loginUrl }, transport);
  assert.equal((await connect(login).client.identity()).userId, user);
  const wrong = loginByClientCredentials({ clientId: 'other', clientSecret: 'guess', loginUrl }, transport);
  await assert.rejects(connect(wrong).client.identity(), CredentialsError);
});
