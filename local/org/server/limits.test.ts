import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testOrg } from './test-org.ts';

type Errors = readonly { readonly errorCode: string; readonly message: string }[];
type Results = readonly { readonly success: boolean; readonly errors: { statusCode: string; message: string }[] }[];

const lead = (values: Record<string, unknown> = {}) => ({
  attributes: { type: 'Lead' },
  LastName: 'L',
  Company: 'C',
  ...values,
});
const QUERY = '/query?q=SELECT+Id+FROM+Lead';

test('K-15: once 25 requests run for more than 20 seconds, no further one is taken', async () => {
  const { org, clock, call, json } = testOrg();
  org.faults.add({ kind: 'slow', milliseconds: 60_000, times: 25 });
  const long = Array.from({ length: 25 }, () => call('GET', '/limits'));
  await new Promise(setImmediate);
  assert.equal((await call('GET', '/limits')).status, 200, 'they do not count before they are long');
  clock.advance(20_000);
  const refused = await json<Errors>('GET', '/limits');
  assert.equal(refused[0]?.errorCode, 'REQUEST_LIMIT_EXCEEDED');
  assert.match(refused[0].message, /ConcurrentRequests .* exceeded/);
  clock.advance(40_000);
  await Promise.all(long);
  assert.equal((await call('GET', '/limits')).status, 200);
});

test('K-15: an app with a limit of its own is told what it used, and refused when it is used up', async () => {
  const { org, control } = testOrg();
  await control('POST', '/local/apps', { clientId: 'plumbline', name: 'Plumbline', dailyApiRequests: 2 });
  const issued = await control('POST', '/local/tokens', { user: org.core.adminUserId, clientId: 'plumbline' });
  const { accessToken } = (await issued.json()) as { accessToken: string };
  const ask = () =>
    org.fetch(
      new Request('http://org.local/services/data/v66.0/limits', {
        headers: { authorization: `Bearer ${accessToken}` },
      }),
    );
  const first = await ask();
  assert.match(
    first.headers.get('sforce-limit-info') ?? '',
    /^api-usage=1\/100000; per-app-api-usage=1\/2\(appName=Plumbline\)$/,
  );
  const body = (await first.json()) as { DailyApiRequests: Record<string, unknown> };
  assert.deepEqual(body.DailyApiRequests['Plumbline'], { Max: 2, Remaining: 1 });
  assert.equal((await ask()).status, 200);
  const refused = await ask();
  assert.equal(refused.status, 403);
  assert.equal(((await refused.json()) as Errors)[0]?.errorCode, 'REQUEST_LIMIT_EXCEEDED');
});

test('K-19: a query that runs for too long ends with QUERY_TIMEOUT, by REST and as a Bulk job', async () => {
  const { org, clock, call, json } = testOrg();
  org.faults.timeOut({ matching: 'from lead', times: 2 });
  assert.deepEqual(await json<Errors>('GET', QUERY), [
    { message: 'Your query request was running for too long.', errorCode: 'QUERY_TIMEOUT' },
  ]);
  assert.equal((await call('GET', '/query?q=SELECT+Id+FROM+Account')).status, 200);
  const job = { operation: 'query', query: 'SELECT Id FROM Lead' };
  const { id } = await json<{ id: string }>('POST', '/jobs/query', job);
  clock.advance(1000);
  const { state, errorMessage } = await json<{ state: string; errorMessage: string }>('GET', `/jobs/query/${id}`);
  assert.equal(state, 'Failed');
  assert.match(errorMessage, /^QUERY_TIMEOUT/);
  assert.equal((await call('GET', QUERY)).status, 200);
});

test('K-19: a trigger that does not cope with many records fails them all, and none of a smaller batch', async () => {
  const { org, json } = testOrg();
  org.faults.overload({ object: 'Lead', mostRecords: 2 });
  const save = (count: number) =>
    json<Results>('POST', '/composite/sobjects', { records: Array.from({ length: count }, () => lead()) });
  for (const { errors } of await save(3)) {
    assert.equal(errors[0]?.statusCode, 'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY');
    assert.match(errors[0].message, /Apex CPU time limit exceeded$/);
  }
  assert.deepEqual(
    (await save(2)).map(({ success }) => success),
    [true, true],
  );
});

test('a full storage takes no new record, and lets those that are there be changed', async () => {
  const { org, call, json, control } = testOrg();
  const made = await json<{ id: string }>('POST', '/sobjects/Lead', lead());
  await control('POST', '/local/limits', { dataStorageMegabytes: 0 });
  const refused = await json<Errors>('POST', '/sobjects/Lead', lead());
  assert.deepEqual(refused, [{ message: 'storage limit exceeded', errorCode: 'STORAGE_LIMIT_EXCEEDED', fields: [] }]);
  const upserted = await json<Results>('PATCH', '/composite/sobjects/Lead/Id', { records: [lead({ id: made.id })] });
  assert.equal(upserted[0]?.success, true);
  assert.equal((await call('PATCH', `/sobjects/Lead/${made.id}`, { Company: 'D' })).status, 204);
  const { DataStorageMB } = await json<{ DataStorageMB: unknown }>('GET', '/limits');
  assert.deepEqual(DataStorageMB, { Max: 0, Remaining: 0 });
  assert.equal(org.core.storedRecords(), 1);
});

test('an aggregate of more groups than fit a page is refused', async () => {
  const { org, json } = testOrg();
  const session = { userId: org.core.adminUserId, token: '', origin: '' };
  const records = Array.from({ length: 2001 }, (_, index) => lead({ Company: `c${index}` }));
  org.core.dml({ operation: 'insert', object: 'Lead', records, allOrNone: true, session });
  const refused = await json<Errors>('GET', '/query?q=SELECT+Company+FROM+Lead+GROUP+BY+Company');
  assert.equal(refused[0]?.errorCode, 'EXCEEDED_ID_LIMIT');
  const soql = '/query?q=SELECT+Company+FROM+Lead+GROUP+BY+Company+LIMIT+2000';
  assert.equal((await json<{ totalSize: number }>('GET', soql)).totalSize, 2000);
});

test('the session of a Lightning page is refused by the APIs', async () => {
  const { org } = testOrg();
  const authorization = `Bearer ${org.issuePageToken(org.core.adminUserId)}`;
  const refused = await org.fetch(
    new Request('http://org.local/services/data/v66.0/limits', { headers: { authorization } }),
  );
  assert.equal(refused.status, 401);
  assert.deepEqual(await refused.json(), [
    { message: 'This session is not valid for use with the REST API', errorCode: 'INVALID_SESSION_ID' },
  ]);
});

test('K-40: a refreshed sandbox has the same records under another org ID, and knows no session of before', async () => {
  const { org, call, json, control } = testOrg({ sandbox: true });
  const { id } = await json<{ id: string }>('POST', '/sobjects/Lead', lead());
  const before = org.core.id;
  const replay = org.events.latest;
  const { orgId } = (await (await control('POST', '/local/refresh')).json()) as { orgId: string };
  assert.notEqual(orgId, before);
  assert.equal(org.core.id, orgId);
  assert.equal((await call('GET', '/limits')).status, 401);
  const token = org.issueToken(org.core.adminUserId);
  assert.equal(token.slice(0, 15), orgId.slice(0, 15));
  const ask = async (soql: string) => {
    const url = `http://org.local/services/data/v66.0/query?q=${encodeURIComponent(soql)}`;
    const response = await org.fetch(new Request(url, { headers: { authorization: `Bearer ${token}` } }));
    return ((await response.json()) as { records: Record<string, unknown>[] }).records;
  };
  assert.equal((await ask('SELECT Id FROM Lead'))[0]?.['Id'], id);
  const [organization, another] = await ask('SELECT Id, IsSandbox FROM Organization');
  assert.equal(organization?.['Id'], orgId);
  assert.equal(organization['IsSandbox'], true);
  assert.equal(another, undefined);
  org.events.selectEntities(['Lead']);
  assert.throws(() => org.events.open('/data/LeadChangeEvent', { preset: 'custom', replayId: replay }), {
    message: /replay/i,
  });
});

test('a small edition takes five platform events and no sixth', () => {
  const { org } = testOrg({ edition: 'developer' });
  const add = (number: number): void =>
    org.core.applySchema({
      objects: [
        { name: `E${number}__e`, label: 'E', labelPlural: 'E', keyPrefix: '', kind: 'event', fields: new Map() },
      ],
      fields: [],
      removedObjects: [],
      removedFields: [],
    });
  for (const number of [1, 2, 3, 4, 5]) add(number);
  assert.throws(() => add(6), { errorCode: 'LIMIT_EXCEEDED', message: /^E6__e: .* 5 platform event definitions/ });
});

test('K-47: a gap in the change events is told on the dial, with the records or as an overflow', async () => {
  const { org, json, control } = testOrg();
  org.events.selectEntities(['Lead']);
  const { id } = await json<{ id: string }>('POST', '/sobjects/Lead', lead());
  const reader = org.events.open('/data/LeadChangeEvent', { preset: 'latest' });
  await control('POST', '/local/events/gap', { object: 'Lead', recordIds: [id], type: 'GAP_UPDATE' });
  await control('POST', '/local/events/gap', { object: 'Lead', type: 'GAP_OVERFLOW' });
  const told = reader.read(10).map(({ header }) => [header?.changeType, header?.recordIds]);
  assert.deepEqual(told, [
    ['GAP_UPDATE', [id]],
    ['GAP_OVERFLOW', ['000000000000000AAA']],
  ]);
  const { DailyDeliveredPlatformEvents } = await json<Record<string, unknown>>('GET', '/limits');
  assert.deepEqual(DailyDeliveredPlatformEvents, { Max: 25_000, Remaining: 24_998 });
});
