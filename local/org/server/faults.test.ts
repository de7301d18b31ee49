import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ConnectionCut } from './faults.ts';
import { testOrg } from './test-org.ts';

const LEAD = { LastName: 'L', Company: 'C' };
const COUNT = '/query?q=SELECT+COUNT()+FROM+Lead';

test('a cut before leaves nothing, a cut after leaves the record, each hits as often as told', async () => {
  const { org, call, json } = testOrg();
  const count = async (): Promise<number> => (await json<{ totalSize: number }>('GET', COUNT)).totalSize;
  org.faults.add({ kind: 'cutBefore', path: '/sobjects/Lead' });
  await assert.rejects(call('POST', '/sobjects/Lead', LEAD), ConnectionCut);
  assert.equal(await count(), 0);
  org.faults.add({ kind: 'cutAfter', method: 'POST', skip: 1 });
  assert.equal((await call('POST', '/sobjects/Lead', LEAD)).status, 201);
  await assert.rejects(call('POST', '/sobjects/Lead', LEAD), { message: 'fetch failed' });
  assert.equal(await count(), 2);
  assert.equal((await call('POST', '/sobjects/Lead', LEAD)).status, 201);
});

test('503 comes as HTML, and a slow answer waits for the clock of the org', async () => {
  const { org, clock, call } = testOrg();
  org.faults.add({ kind: 'unavailable' });
  const refused = await call('GET', '/limits');
  assert.equal(refused.status, 503);
  assert.match(refused.headers.get('content-type') ?? '', /^text\/html/);
  org.faults.add({ kind: 'slow', milliseconds: 30_000 });
  let answered = false;
  const slow = call('GET', '/limits').then(() => (answered = true));
  await new Promise(setImmediate);
  assert.equal(answered, false);
  clock.advance(30_000);
  await slow;
});

test('locked records fail alone with UNABLE_TO_LOCK_ROW, and take the rest along under allOrNone', async () => {
  const { org, json } = testOrg();
  const account = await json<{ id: string }>('POST', '/sobjects/Account', { Name: 'Locked' });
  org.faults.lock({ values: [account.id], times: 2 });
  const contact = (values: Record<string, unknown>) => ({ attributes: { type: 'Contact' }, LastName: 'x', ...values });
  const records = [contact({}), contact({ AccountId: account.id })];
  const codes = async (allOrNone: boolean): Promise<(string | undefined)[]> => {
    const results = await json<{ errors: { statusCode: string }[] }[]>('POST', '/composite/sobjects', {
      allOrNone,
      records,
    });
    return results.map(({ errors }) => errors[0]?.statusCode);
  };
  assert.deepEqual(await codes(false), [undefined, 'UNABLE_TO_LOCK_ROW']);
  assert.deepEqual(await codes(true), ['ALL_OR_NONE_OPERATION_ROLLED_BACK', 'UNABLE_TO_LOCK_ROW']);
  assert.deepEqual(await codes(false), [undefined, undefined]);
});

test('an answer to a write comes after its commit, however late that is', async () => {
  const { org, clock, call, json } = testOrg();
  org.core.delayCommits(5000);
  let status = 0;
  const written = call('POST', '/sobjects/Lead', LEAD).then((response) => (status = response.status));
  await new Promise(setImmediate);
  assert.deepEqual([status, (await json<{ totalSize: number }>('GET', COUNT)).totalSize], [0, 0]);
  clock.advance(5000);
  await written;
  assert.deepEqual([status, (await json<{ totalSize: number }>('GET', COUNT)).totalSize], [201, 1]);
});

test('the daily limit refuses with REQUEST_LIMIT_EXCEEDED until its 24 hours are over', async () => {
  const { org, clock, call, json } = testOrg({ dailyApiRequests: 3 });
  for (let index = 0; index < 3; index += 1) assert.equal((await call('GET', '/limits')).status, 200);
  const refused = await call('GET', '/limits');
  assert.deepEqual([refused.status, refused.headers.get('sforce-limit-info')], [403, 'api-usage=3/3']);
  assert.deepEqual(await refused.json(), [
    { message: 'TotalRequests Limit exceeded.', errorCode: 'REQUEST_LIMIT_EXCEEDED' },
  ]);
  assert.equal(org.apiCalls(), 3);
  clock.advance(25 * 60 * 60 * 1000);
  const token = org.issueToken(org.core.adminUserId);
  const limits = await json<{ DailyApiRequests: { Remaining: number } }>('GET', '/limits', undefined, {
    authorization: `Bearer ${token}`,
  });
  assert.equal(limits.DailyApiRequests.Remaining, 2);
});

test('sessions end two idle hours after their last use, or when they are expired', async () => {
  const { org, clock, call } = testOrg();
  clock.advance(2 * 60 * 60 * 1000 - 1);
  assert.equal((await call('GET', '/limits')).status, 200);
  clock.advance(2 * 60 * 60 * 1000);
  const refused = await call('GET', '/limits');
  assert.equal(refused.status, 401);
  assert.deepEqual(await refused.json(), [{ message: 'Session expired or invalid', errorCode: 'INVALID_SESSION_ID' }]);
  const token = org.issueToken(org.core.adminUserId);
  assert.equal(org.authenticate(token)?.userId, org.core.adminUserId);
  assert.equal(org.expireSessions(), 1);
  assert.equal(org.authenticate(token), undefined);
});

test('the control door sets the dial and refuses what it does not know', async () => {
  const { call, control } = testOrg();
  assert.equal((await control('POST', '/local/faults', { faults: [{ kind: 'unavailable' }] })).status, 200);
  assert.equal((await call('GET', '/limits')).status, 503);
  const wrong = await control('POST', '/local/faults', { faults: [{ kind: 'explode' }] });
  assert.equal(wrong.status, 400);
  assert.match(await wrong.text(), /faults\[0\]\.kind/);
  const stats = (await (await control('GET', '/local/stats')).json()) as { apiCalls: number; byStatus: unknown };
  assert.deepEqual([stats.apiCalls, stats.byStatus], [0, { '503': 1 }]);
  const made = await control('POST', '/local/tokens', { user: 'integration@plumbline.local' });
  const { accessToken } = (await made.json()) as { accessToken: string };
  assert.equal((await call('GET', '/limits', undefined, { authorization: `Bearer ${accessToken}` })).status, 200);
});

test('a fork has the schema and the apps, and none of the records', async () => {
  const { org, call } = testOrg();
  assert.equal((await call('POST', '/sobjects/Lead', LEAD)).status, 201);
  const fork = org.fork();
  const headers = { authorization: `Bearer ${fork.issueToken(fork.core.adminUserId)}` };
  const response = await fork.fetch(new Request(`http://org.local/services/data/v66.0${COUNT}`, { headers }));
  assert.equal(((await response.json()) as { totalSize: number }).totalSize, 0);
});
