import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testOrg } from './test-org.ts';
import type { TestOrg } from './test-org.ts';

const HEAD = '<?xml version="1.0" encoding="UTF-8"?><jobInfo xmlns="http://www.force.com/2009/06/asyncapi/dataload">';

async function send(made: TestOrg, path: string, body?: string, type = 'application/xml', token?: string) {
  const { core } = made.org;
  const request = new Request(`http://org.local/services/async/50.0${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { 'x-sfdc-session': token ?? made.org.issueToken(core.adminUserId), 'content-type': type },
    ...(body === undefined ? {} : { body }),
  });
  const response = await made.org.fetch(request);
  return { status: response.status, text: await response.text() };
}

function idIn(text: string): string {
  return /<id>(\w+)<\/id>/.exec(text)?.[1] ?? '';
}

async function openJob(made: TestOrg, members: string): Promise<string> {
  const made201 = await send(made, '/job', `${HEAD}${members}<contentType>CSV</contentType></jobInfo>`);
  assert.equal(made201.status, 201, made201.text);
  return idIn(made201.text);
}

test('the older Bulk API loads a batch, tells each row in its order, and closes the job', async () => {
  const made = testOrg();
  const job = await openJob(made, '<operation>insert</operation><object>Lead</object>');
  const batch = await send(made, `/job/${job}/batch`, 'LastName,Company\nA,"x, y"\n,B\n', 'text/csv');
  assert.deepEqual([batch.status, /<state>Queued</.test(batch.text)], [201, true]);
  made.clock.advance(0);
  await made.org.core.whenCommitted();
  const checked = await send(made, `/job/${job}/batch/${idIn(batch.text)}`);
  assert.match(checked.text, /<state>Completed<.*<numberRecordsProcessed>2<.*<numberRecordsFailed>1</);
  const result = await send(made, `/job/${job}/batch/${idIn(batch.text)}/result`);
  assert.match(
    result.text,
    /^"Id","Success","Created","Error"\n"00Q\w{15}","true","true",""\n"","false","false","REQUIRED_FIELD_MISSING:[^"]*LastName --"\n$/,
  );
  const closed = await send(made, `/job/${job}`, `${HEAD}<state>Closed</state></jobInfo>`);
  assert.match(closed.text, /<state>Closed<.*<numberBatchesCompleted>1</);
  const late = await send(made, `/job/${job}/batch`, 'LastName,Company\nA,b\n', 'text/csv');
  assert.deepEqual([late.status, /<exceptionCode>InvalidJobState</.test(late.text)], [400, true]);
});

test('a batch that cannot be read fails with its reason, one of an aborted job is not processed', async () => {
  const made = testOrg();
  const job = await openJob(made, '<operation>insert</operation><object>Lead</object>');
  const wrong = await send(made, `/job/${job}/batch`, 'Nothing__c\n1\n', 'text/csv');
  made.clock.advance(0);
  const failed = await send(made, `/job/${job}/batch/${idIn(wrong.text)}`);
  assert.match(failed.text, /<state>Failed<.*InvalidBatch : Field name not found : Nothing__c/);
  const waiting = await send(made, `/job/${job}/batch`, 'LastName,Company\nA,b\n', 'text/csv');
  await send(made, `/job/${job}`, `${HEAD}<state>Aborted</state></jobInfo>`);
  made.clock.advance(0);
  assert.match((await send(made, `/job/${job}/batch/${idIn(waiting.text)}`)).text, /<state>NotProcessed</);
  assert.equal((await made.json<{ totalSize: number }>('GET', '/query?q=SELECT+Id+FROM+Lead')).totalSize, 0);
});

test('a wrong session, a query and XML batches are refused as XML', async () => {
  const made = testOrg();
  const session = await send(made, '/job', `${HEAD}</jobInfo>`, 'application/xml', 'wrong');
  assert.deepEqual([session.status, /<exceptionCode>InvalidSessionId</.test(session.text)], [400, true]);
  const refusals: [members: string, message: RegExp][] = [
    ['<operation>query</operation><object>Lead</object>', /not yet: queries in Bulk API 1\.0/],
    ['<operation>insert</operation><object>Nothing</object><contentType>CSV</contentType>', /Unable to find object/],
    ['<operation>insert</operation><object>Lead</object>', /not yet: batches of XML/],
  ];
  for (const [members, message] of refusals) {
    const refused = await send(made, '/job', `${HEAD}${members}</jobInfo>`);
    assert.equal(refused.status, 400);
    assert.match(refused.text, message);
  }
});
