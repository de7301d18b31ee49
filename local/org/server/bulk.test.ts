import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testOrg } from './test-org.ts';
import type { TestOrg } from './test-org.ts';

interface Job {
  readonly id: string;
  readonly state: string;
  readonly errorMessage?: string;
  readonly numberRecordsProcessed: number;
  readonly numberRecordsFailed: number;
}

async function ingest(made: TestOrg, body: Record<string, unknown>, csv: string): Promise<Job> {
  const { id, state } = await made.json<Job>('POST', '/jobs/ingest', { contentType: 'CSV', ...body });
  assert.equal(state, 'Open');
  assert.equal((await made.call('PUT', `/jobs/ingest/${id}/batches`, csv, { 'content-type': 'text/csv' })).status, 201);
  assert.equal(
    (await made.json<Job>('PATCH', `/jobs/ingest/${id}`, { state: 'UploadComplete' })).state,
    'UploadComplete',
  );
  made.clock.advance(0);
  await made.org.core.whenCommitted();
  return made.json<Job>('GET', `/jobs/ingest/${id}`);
}

async function results(made: TestOrg, id: string, file: string): Promise<string> {
  return (await made.call('GET', `/jobs/ingest/${id}/${file}`)).text();
}

test('an insert with other delimiters and line endings keeps quoted cells, and says why a row failed', async () => {
  const made = testOrg();
  const csv = '"LastName"|Company|AnnualRevenue\r\n"A|""b""\nc"|Co|12\r\n|Co|\r\n';
  const job = await ingest(
    made,
    { object: 'Lead', operation: 'insert', columnDelimiter: 'PIPE', lineEnding: 'CRLF' },
    csv,
  );
  assert.deepEqual([job.state, job.numberRecordsProcessed, job.numberRecordsFailed], ['JobComplete', 2, 1]);
  const read = await made.json<{ records: { LastName: string; AnnualRevenue: number }[] }>(
    'GET',
    '/query?q=SELECT+LastName,AnnualRevenue+FROM+Lead',
  );
  assert.deepEqual([read.records[0]?.LastName, read.records[0]?.AnnualRevenue], ['A|"b"\nc', 12]);
  assert.match(
    await results(made, job.id, 'successfulResults'),
    /^"sf__Id"\|"sf__Created"\|"LastName"\|"Company"\|"AnnualRevenue"\r\n"00Q\w{15}"\|"true"\|/,
  );
  assert.match(
    await results(made, job.id, 'failedResults'),
    /"REQUIRED_FIELD_MISSING:[^"]*LastName --"\|""\|"Co"\|""\r\n$/,
  );
  assert.equal(await results(made, job.id, 'unprocessedrecords'), '"LastName"|"Company"|"AnnualRevenue"\r\n');
});

test('an empty cell leaves a value, #N/A empties it, a parent is found by its key', async () => {
  const made = testOrg();
  const { id } = await made.json<{ id: string }>('POST', '/sobjects/Contact', {
    LastName: 'L',
    Title: 'Boss',
    Phone: '1',
  });
  const csv = `Id,Title,Phone,Owner.Username\n${id},,#N/A,integration@plumbline.local\n`;
  const job = await ingest(made, { object: 'Contact', operation: 'update' }, csv);
  assert.deepEqual([job.state, job.numberRecordsFailed], ['JobComplete', 0]);
  const read = await made.json<Record<string, unknown>>('GET', `/sobjects/Contact/${id}?fields=Title,Phone,OwnerId`);
  assert.deepEqual([read['Title'], read['Phone'], read['OwnerId']], ['Boss', null, made.org.core.integrationUserId]);
});

test('a wrong heading, ragged row or line ending fails the job with its reason', async () => {
  const made = testOrg();
  const failures: [csv: string, message: RegExp][] = [
    ['LastName,Nothing__c\nA,b\n', /InvalidBatch : Field name not found : Nothing__c/],
    ['LastName,Company\nA\n', /row 2: The number of columns \(1\) does not match the header \(2\)/],
    ['LastName,Company\r\nA,b\r\n', /LineEnding is invalid on user data\. Current LineEnding setting is LF/],
  ];
  for (const [csv, message] of failures) {
    const job = await ingest(made, { object: 'Lead', operation: 'insert' }, csv);
    assert.equal(job.state, 'Failed');
    assert.match(job.errorMessage ?? '', message);
  }
});

test('an empty upload is a job of no records', async () => {
  const job = await ingest(testOrg(), { object: 'Lead', operation: 'insert' }, '');
  assert.deepEqual([job.state, job.numberRecordsProcessed], ['JobComplete', 0]);
});

test('an aborted job does nothing, a second upload is refused, a finished job can be deleted', async () => {
  const made = testOrg();
  const { id } = await made.json<Job>('POST', '/jobs/ingest', { object: 'Lead', operation: 'insert' });
  const put = () =>
    made.call('PUT', `/jobs/ingest/${id}/batches`, 'LastName,Company\nA,b\n', { 'content-type': 'text/csv' });
  assert.equal((await put()).status, 201);
  assert.equal((await put()).status, 400);
  assert.equal((await made.call('DELETE', `/jobs/ingest/${id}`)).status, 400);
  await made.json('PATCH', `/jobs/ingest/${id}`, { state: 'UploadComplete' });
  assert.equal((await made.json<Job>('PATCH', `/jobs/ingest/${id}`, { state: 'Aborted' })).state, 'Aborted');
  made.clock.advance(0);
  assert.equal((await made.json<{ totalSize: number }>('GET', '/query?q=SELECT+Id+FROM+Lead')).totalSize, 0);
  assert.equal((await made.call('DELETE', `/jobs/ingest/${id}`)).status, 204);
  assert.equal((await made.call('GET', `/jobs/ingest/${id}`)).status, 404);
});

test('query results come in pages, each with its heading, the last with the locator null', async () => {
  const made = testOrg({ resultPageRows: 4 });
  for (let index = 0; index < 10; index += 1)
    await made.call('POST', '/sobjects/Lead', { LastName: `L${index}`, Company: 'C, "x"' });
  const query = 'SELECT LastName, Company FROM Lead ORDER BY LastName';
  const job = await made.json<Job>('POST', '/jobs/query', { operation: 'query', query });
  assert.equal(job.state, 'UploadComplete');
  assert.equal((await made.call('GET', `/jobs/query/${job.id}/results`)).status, 400);
  made.clock.advance(0);
  assert.equal((await made.json<Job>('GET', `/jobs/query/${job.id}`)).numberRecordsProcessed, 10);
  const counts: string[] = [];
  let text = '';
  let locator = '';
  do {
    const page = await made.call('GET', `/jobs/query/${job.id}/results?locator=${locator}`);
    locator = page.headers.get('sforce-locator') ?? 'missing';
    counts.push(page.headers.get('sforce-numberofrecords') ?? '');
    const lines = (await page.text()).split('\n');
    assert.equal(lines.shift(), '"LastName","Company"');
    text += lines.join('\n');
  } while (locator !== 'null');
  assert.deepEqual(counts, ['4', '4', '2']);
  assert.equal(text.trim().split('\n').length, 10);
  const all = await made.call('GET', `/jobs/query/${job.id}/results?maxRecords=50`);
  assert.equal(all.headers.get('sforce-locator'), 'null');
  assert.equal((await made.call('GET', `/jobs/query/${job.id}/results?locator=bogus`)).status, 400);
});

test('a query without rows gives its heading alone; aggregates are refused', async () => {
  const made = testOrg();
  const job = await made.json<Job>('POST', '/jobs/query', {
    operation: 'query',
    query: 'SELECT Id, Owner.Name FROM Lead',
  });
  made.clock.advance(0);
  const page = await made.call('GET', `/jobs/query/${job.id}/results`);
  assert.deepEqual([page.headers.get('sforce-locator'), page.headers.get('sforce-numberofrecords')], ['null', '0']);
  assert.equal(await page.text(), '"Id","Owner.Name"\n');
  assert.equal(
    (await made.call('POST', '/jobs/query', { operation: 'query', query: 'SELECT COUNT(Id) FROM Lead' })).status,
    400,
  );
});
