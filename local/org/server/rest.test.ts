import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testOrg } from './test-org.ts';

interface Failure {
  readonly errorCode: string;
  readonly message: string;
}

test('errors are arrays with their HTTP status', async () => {
  const { org, call } = testOrg();
  const expected: [method: string, path: string, body: unknown, status: number, errorCode: string][] = [
    ['GET', '/nothing', undefined, 404, 'NOT_FOUND'],
    ['GET', '/sobjects/Nothing', undefined, 404, 'NOT_FOUND'],
    ['PUT', '/query?q=x', '{}', 405, 'METHOD_NOT_ALLOWED'],
    ['GET', '/query?q=SELEC', undefined, 400, 'MALFORMED_QUERY'],
    ['GET', '/query?q=SELECT+Id+FROM+Nothing', undefined, 400, 'INVALID_TYPE'],
    ['GET', '/query/01g000000000000AAA-2000', undefined, 400, 'INVALID_QUERY_LOCATOR'],
    ['POST', '/sobjects/Lead', '{', 400, 'JSON_PARSER_ERROR'],
    ['POST', '/sobjects/Lead', { LastName: 'x' }, 400, 'REQUIRED_FIELD_MISSING'],
    ['PATCH', '/sobjects/Lead/00Q000000000001EAA', { LastName: 'x' }, 404, 'NOT_FOUND'],
    ['GET', '/sobjects/Lead/Nothing__c/1', undefined, 404, 'NOT_FOUND'],
    ['POST', '/tooling/runTestsSynchronous', {}, 400, 'INVALID_INPUT'],
  ];
  for (const [method, path, body, status, errorCode] of expected) {
    const response = await call(method, path, body);
    const [failure] = (await response.json()) as Failure[];
    assert.deepEqual([path, response.status, failure?.errorCode], [path, status, errorCode]);
    assert.match(response.headers.get('sforce-limit-info') ?? '', /^api-usage=\d+\/100000$/);
  }
  const xml = await call('POST', '/sobjects/Lead', '<Lead/>', { 'content-type': 'application/xml' });
  assert.equal(xml.status, 415);
  const newer = await org.fetch(
    new Request('http://org.local/services/data/v67.0/limits', { headers: { authorization: 'x' } }),
  );
  assert.ok([401, 404].includes(newer.status));
});

test('a body over 50 MB is 413, a URI with headers over 16,384 bytes is 414', async () => {
  const { call } = testOrg();
  assert.equal((await call('POST', '/sobjects/Lead', 'x'.repeat(50 * 1024 * 1024 + 1))).status, 413);
  assert.equal((await call('GET', `/query?q=${'x'.repeat(16_384)}`)).status, 414);
});

test('pages of 2,000 rows or of batchSize hold every row once, and a page can be asked for again', async () => {
  const { org, call, json } = testOrg();
  const session = { userId: org.core.adminUserId, token: '', origin: '' };
  for (let from = 0; from < 2500; from += 200) {
    const records = Array.from({ length: Math.min(200, 2500 - from) }, (_, index) => ({
      LastName: `L${from + index}`,
      Company: 'C',
    }));
    org.core.dml({ operation: 'insert', object: 'Lead', records, allOrNone: true, session });
  }
  type Page = { totalSize: number; done: boolean; nextRecordsUrl?: string; records: { Id: string }[] };
  const first = await json<Page>('GET', '/query?q=SELECT+Id+FROM+Lead');
  assert.deepEqual([first.totalSize, first.done, first.records.length], [2500, false, 2000]);
  const next = (first.nextRecordsUrl ?? '').replace('/services/data/v66.0', '');
  const rest = await json<Page>('GET', next);
  assert.deepEqual([rest.done, rest.records.length, rest.nextRecordsUrl], [true, 500, undefined]);
  assert.deepEqual(await json<Page>('GET', next), rest);
  assert.equal(new Set([...first.records, ...rest.records].map(({ Id }) => Id)).size, 2500);
  const small = await json<Page>('GET', '/query?q=SELECT+Id+FROM+Lead', undefined, {
    'Sforce-Query-Options': 'batchSize=300',
  });
  assert.equal(small.records.length, 300);
  const count = await json<Page>('GET', '/query?q=SELECT+COUNT()+FROM+Lead');
  assert.deepEqual([count.totalSize, count.records], [2500, []]);
  assert.equal((await call('HEAD', '/limits')).status, 200);
});

test('child lists carry their own total; an empty one is null', async () => {
  const { json } = testOrg();
  const { id } = await json<{ id: string }>('POST', '/sobjects/Account', { Name: 'Parent' });
  await json('POST', '/sobjects/Account', { Name: 'Childless' });
  await json('POST', '/sobjects/Contact', { LastName: 'Child', AccountId: id });
  const soql = encodeURIComponent('SELECT Name, (SELECT LastName FROM Contacts) FROM Account ORDER BY Name');
  type Row = { Name: string; Contacts: { totalSize: number; done: boolean; records: { LastName: string }[] } | null };
  const { records } = await json<{ records: Row[] }>('GET', `/query?q=${soql}`);
  assert.equal(records[0]?.Contacts, null);
  assert.deepEqual([records[1]?.Contacts?.totalSize, records[1]?.Contacts?.done], [1, true]);
  assert.equal(records[1]?.Contacts?.records[0]?.LastName, 'Child');
});

test('describe answers 304 to who has it already, until a deploy changes the schema', async () => {
  const { org, clock, call } = testOrg();
  const first = await call('GET', '/sobjects/Lead/describe');
  const since = { 'If-Modified-Since': first.headers.get('last-modified') ?? '' };
  assert.equal((await call('GET', '/sobjects/Lead/describe', undefined, since)).status, 304);
  clock.advance(5000);
  const text = { name: 'Extra__c', label: 'Extra', type: 'string', custom: true, length: 10, required: false } as const;
  const flags = { unique: false, caseSensitive: false, externalId: false, idLookup: false, calculated: false } as const;
  const rights = { createable: true, updateable: true, nillable: true, filterable: true, referenceTo: [] } as const;
  org.core.applySchema({
    objects: [],
    fields: [{ object: 'Lead', field: { ...text, ...flags, ...rights } }],
    removedObjects: [],
    removedFields: [],
  });
  assert.equal((await call('GET', '/sobjects/Lead/describe', undefined, since)).status, 200);
});

test('collections: 200 records, ten chunks, one result each in order, all or none over several types', async () => {
  const { json, call } = testOrg();
  const record = (type: string, values: Record<string, unknown>) => ({ attributes: { type }, ...values });
  const lead = record('Lead', { LastName: 'L', Company: 'C' });
  const account = record('Account', { Name: 'A' });
  assert.equal((await call('POST', '/composite/sobjects', { records: Array(201).fill(lead) })).status, 400);
  const mixed = Array.from({ length: 11 }, (_, index) => (index % 2 ? lead : account));
  assert.equal((await call('POST', '/composite/sobjects', { records: mixed })).status, 400);
  type Result = { success: boolean; errors: { statusCode: string }[] };
  const body = { allOrNone: true, records: [lead, account, record('Account', {})] };
  const rolled = await json<Result[]>('POST', '/composite/sobjects', body);
  assert.deepEqual(
    rolled.map(({ errors }) => errors[0]?.statusCode),
    ['ALL_OR_NONE_OPERATION_ROLLED_BACK', 'ALL_OR_NONE_OPERATION_ROLLED_BACK', 'REQUIRED_FIELD_MISSING'],
  );
  assert.equal((await json<{ totalSize: number }>('GET', '/query?q=SELECT+Id+FROM+Lead')).totalSize, 0);
  const partial = await json<Result[]>('POST', '/composite/sobjects', { ...body, allOrNone: false });
  assert.deepEqual(
    partial.map(({ success }) => success),
    [true, true, false],
  );
});

test('the tree creates parents with their children, or nothing', async () => {
  const { json, call } = testOrg();
  const child = (referenceId: string, LastName: string | null) => ({
    attributes: { type: 'Contact', referenceId },
    LastName,
  });
  const tree = (...children: unknown[]) => ({
    records: [{ attributes: { type: 'Account', referenceId: 'a' }, Name: 'Tree', Contacts: { records: children } }],
  });
  const failed = await call('POST', '/composite/tree/Account', tree(child('c1', 'One'), child('c2', null)));
  assert.equal(failed.status, 400);
  const { results } = (await failed.json()) as { results: { referenceId: string }[] };
  assert.deepEqual(
    results.map(({ referenceId }) => referenceId),
    ['c2'],
  );
  assert.equal((await json<{ totalSize: number }>('GET', '/query?q=SELECT+Id+FROM+Account')).totalSize, 0);
  assert.equal((await call('POST', '/composite/tree/Account', tree(child('c1', 'One')))).status, 201);
  const read = await json<{ records: { Account: { Name: string } }[] }>(
    'GET',
    '/query?q=SELECT+Account.Name+FROM+Contact',
  );
  assert.equal(read.records[0]?.Account.Name, 'Tree');
});

test('updated and deleted tell the IDs of their span', async () => {
  const { clock, json, call } = testOrg();
  const { id } = await json<{ id: string }>('POST', '/sobjects/Lead', { LastName: 'L', Company: 'C' });
  const gone = await json<{ id: string }>('POST', '/sobjects/Lead', { LastName: 'G', Company: 'C' });
  clock.advance(60_000);
  assert.equal((await call('DELETE', `/sobjects/Lead/${gone.id}`)).status, 204);
  clock.advance(60_000);
  const span = `start=2026-11-21T08:00:00%2B00:00&end=2026-11-21T10:00:00%2B00:00`;
  assert.deepEqual((await json<{ ids: string[] }>('GET', `/sobjects/Lead/updated?${span}`)).ids, [id]);
  const { deletedRecords } = await json<{ deletedRecords: { id: string }[] }>('GET', `/sobjects/Lead/deleted?${span}`);
  assert.deepEqual(
    deletedRecords.map((record) => record.id),
    [gone.id],
  );
});

test('limits tell the events delivered today, changes and platform events together, against the dial', async () => {
  const { clock, control, json, org } = testOrg();
  type Limits = { DailyDeliveredPlatformEvents: { Max: number; Remaining: number } };
  const deliveries = async () => Object.values((await json<Limits>('GET', '/limits')).DailyDeliveredPlatformEvents);
  assert.deepEqual(await deliveries(), [25_000, 25_000]);
  org.events.selectEntities(['Lead']);
  const readers = [1, 2].map(() => org.events.open('/data/LeadChangeEvent', { preset: 'latest' }));
  await json('POST', '/sobjects/Lead', { LastName: 'L', Company: 'C' });
  for (const reader of readers) assert.equal(reader.read(10).length, 1);
  assert.equal((await control('POST', '/local/limits', { dailyDeliveredEvents: 5 })).status, 200);
  assert.deepEqual(await deliveries(), [5, 3]);
  // In steps shorter than a session lives without a request.
  for (let hour = 0; hour < 16; hour += 1) {
    clock.advance(60 * 60_000);
    await deliveries();
  }
  assert.deepEqual(await deliveries(), [5, 5]);
});

test('a search finds by part of a name or an address in the objects that are named; wildcards are letters', async () => {
  const { call, json } = testOrg();
  await json('POST', '/sobjects/Lead', { LastName: 'Findme', Company: 'C', Email: 'some_one@example.com' });
  const search = async (query: string) =>
    (await json<{ searchRecords: { LastName: string }[] }>('GET', `/parameterizedSearch?${query}`)).searchRecords;
  assert.equal((await search('q=indm&sobject=Lead&fields=LastName'))[0]?.LastName, 'Findme');
  assert.equal((await search('q=some_one&sobject=Contact&sobject=Lead')).length, 1);
  assert.equal((await search('q=somexone&sobject=Lead')).length, 0);
  assert.equal((await search('q=some%25&sobject=Lead')).length, 0);
  assert.equal((await call('GET', '/parameterizedSearch?q=x')).status, 400);
});
