import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { strToU8, zipSync } from 'fflate';
import jsforce from 'jsforce';
import type { Connection } from 'jsforce';
import { createLocalOrg, listen } from '../index.ts';
import type { ListeningOrg, LocalOrg } from '../index.ts';

const MANIFEST = `<?xml version="1.0" encoding="UTF-8"?>
<Package xmlns="http://soap.sforce.com/2006/04/metadata">
  <types><members>Lead.Score__c</members><members>Lead.Ext__c</members><name>CustomField</name></types>
  <version>66.0</version>
</Package>`;

function leadObject(fields: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<CustomObject xmlns="http://soap.sforce.com/2006/04/metadata">\n${fields}</CustomObject>\n`;
}

const FIELDS = `  <fields>
    <fullName>Ext__c</fullName>
    <externalId>true</externalId>
    <label>Ext</label>
    <length>40</length>
    <type>Text</type>
    <unique>true</unique>
  </fields>
  <fields>
    <fullName>Score__c</fullName>
    <label>Score</label>
    <precision>5</precision>
    <scale>1</scale>
    <type>Number</type>
  </fields>
`;

function zipOf(object: string): Buffer {
  return Buffer.from(zipSync({ 'package.xml': strToU8(MANIFEST), 'objects/Lead.object': strToU8(object) }));
}

describe('jsforce against the local org', () => {
  let org: LocalOrg;
  let http: ListeningOrg;
  let connection: Connection;

  before(async () => {
    org = createLocalOrg();
    http = await listen(org, 0);
    connection = new jsforce.Connection({
      instanceUrl: http.instanceUrl,
      accessToken: org.issueToken(org.core.adminUserId),
      version: '66.0',
      maxRequest: 10,
    });
  });
  after(() => http.close());

  test('deploy over SOAP: a planted mistake is named with its line, and nothing of it is applied', async () => {
    const wrong = leadObject(FIELDS.replace('<label>Score</label>', '<labell>Score</labell>'));
    connection.metadata.pollInterval = 5;
    const result = await connection.metadata.deploy(zipOf(wrong), { rollbackOnError: true }).complete(true);
    assert.equal(result.success, false);
    assert.equal(result.status, 'Failed');
    const [failure] = result.details?.componentFailures ?? [];
    assert.equal(failure?.fullName, 'Lead.Score__c');
    assert.equal(failure?.fileName, 'objects/Lead.object');
    assert.equal(Number(failure?.lineNumber), 13);
    assert.equal(failure?.changed, false);
    assert.match(String(failure?.problem), /labell invalid at this location in type CustomField/);
    await assert.rejects(async () => await connection.query('SELECT Ext__c FROM Lead'), { errorCode: 'INVALID_FIELD' });
  });

  test('deploy over SOAP and over REST succeeds; the second changes nothing', async () => {
    const first = await connection.metadata.deploy(zipOf(leadObject(FIELDS)), { rollbackOnError: true }).complete(true);
    assert.equal(first.status, 'Succeeded');
    assert.equal(first.numberComponentsDeployed, 2);
    const second = await connection.metadata
      .deployRest(zipOf(leadObject(FIELDS)), { rollbackOnError: true })
      .complete(true);
    assert.equal(second.status, 'Succeeded');
    const effects = (second.details?.componentSuccesses ?? []).map(({ fullName, changed }) => `${fullName} ${changed}`);
    assert.deepEqual(effects.sort(), ['Lead.Ext__c false', 'Lead.Score__c false']);
  });

  test('validation changes nothing; what was deployed is listed, read and retrieved again', async () => {
    const extra = FIELDS.replaceAll('Score__c', 'Rank__c').replaceAll('Ext__c', 'Key__c');
    const manifest = MANIFEST.replace('Score__c', 'Rank__c').replace('Ext__c', 'Key__c');
    const zip = zipSync({ 'package.xml': strToU8(manifest), 'objects/Lead.object': strToU8(leadObject(extra)) });
    const checked = await connection.metadata
      .deploy(Buffer.from(zip), { checkOnly: true, rollbackOnError: true })
      .complete();
    assert.equal(checked.status, 'Succeeded');
    const listed = await connection.metadata.list([{ type: 'CustomField' }]);
    assert.deepEqual(listed.map(({ fullName }) => fullName).sort(), ['Lead.Ext__c', 'Lead.Score__c']);
    const types = (await connection.metadata.describe()).metadataObjects.map(({ xmlName }) => xmlName);
    assert.ok(types.includes('CustomObject') && types.includes('PermissionSet'));
    const retrieved = await connection.metadata
      .retrieve({
        apiVersion: '66.0',
        singlePackage: true,
        unpackaged: { types: [{ name: 'CustomField', members: ['*'] }], version: '66.0' },
      } as never)
      .complete();
    assert.equal(retrieved.success, true);
    assert.ok(String(retrieved.zipFile).length > 100);
  });

  test('K-24, K-26: leads are converted and contacts merged over SOAP', async () => {
    const created = await connection.soap.create([{ type: 'Lead', LastName: 'Soap & Co', Company: 'Acme' }] as never);
    const [lead] = created as unknown as { id: string; success: boolean }[];
    assert.ok(lead?.success);
    const conversion = { leadId: lead.id, convertedStatus: 'Closed - Converted', doNotCreateOpportunity: true };
    const [converted] = await connection.soap.convertLead([
      { ...conversion, overwriteLeadSource: false, sendNotificationEmail: false },
    ] as never);
    assert.equal(converted?.success, true);
    const contact = await connection.sobject('Contact').retrieve(converted.contactId ?? '');
    assert.equal(contact['LastName'], 'Soap & Co');
    const again = await connection.soap.convertLead([
      { ...conversion, overwriteLeadSource: false, sendNotificationEmail: false },
    ] as never);
    assert.equal((again[0]?.errors as { statusCode?: string }[])[0]?.statusCode, 'CANNOT_UPDATE_CONVERTED_LEAD');
    const other = await connection.sobject('Contact').create({ LastName: 'Twin' });
    assert.ok(other.success);
    const request = `<request><masterRecord><type>Contact</type><Id>${converted.contactId}</Id><Title>Boss</Title></masterRecord><recordToMergeIds>${other.id}</recordToMergeIds></request>`;
    const merged = await connection.request<{ 'soapenv:Envelope'?: unknown } | string>({
      method: 'POST',
      url: `${http.instanceUrl}/services/Soap/u/66.0`,
      headers: { 'content-type': 'text/xml', SOAPAction: '""' },
      body: `<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Header><SessionHeader><sessionId>${connection.accessToken}</sessionId></SessionHeader></e:Header><e:Body><merge>${request}</merge></e:Body></e:Envelope>`,
    });
    assert.match(JSON.stringify(merged), new RegExp(`mergedRecordIds.*${other.id}`));
    const gone = await connection.query(`SELECT MasterRecordId FROM Contact WHERE Id = '${other.id}'`, {
      scanAll: true,
    });
    assert.equal(gone.records[0]?.['MasterRecordId'], converted.contactId);
    assert.equal((await connection.soap.getUserInfo()).userId, org.core.adminUserId);
  });

  test('create, retrieve, update, upsert and delete', async () => {
    const created = await connection
      .sobject('Lead')
      .create({ LastName: "O'Neil", Company: 'A "B", C', Ext__c: 'k 1é2' });
    assert.equal(created.success, true);
    const id = created.id ?? '';
    assert.equal((await connection.sobject('Lead').retrieve(id))['LastName'], "O'Neil");
    assert.equal((await connection.sobject('Lead').update({ Id: id, Score__c: 4.5 })).success, true);
    const upserted = await connection
      .sobject('Lead')
      .upsert({ Ext__c: 'k 1é2', LastName: 'Neu', Company: 'X' }, 'Ext__c');
    assert.equal(upserted.success, true);
    const read = await connection.query("SELECT LastName, Score__c, Owner.Name FROM Lead WHERE Ext__c = 'k 1é2'");
    assert.equal(read.totalSize, 1);
    const [record] = read.records;
    assert.deepEqual(
      [record?.['LastName'], record?.['Score__c'], (record?.['Owner'] as { Name: string } | undefined)?.Name],
      ['Neu', 4.5, 'Admin User'],
    );
    assert.equal((await connection.sobject('Lead').destroy(id)).success, true);
    await assert.rejects(connection.sobject('Lead').retrieve(id), { errorCode: 'ENTITY_IS_DELETED' });
    await assert.rejects(connection.sobject('Lead').create({ LastName: 'x' }), { errorCode: 'REQUIRED_FIELD_MISSING' });
    await assert.rejects(connection.sobject('Nothing__c').retrieve(id), { errorCode: 'NOT_FOUND' });
  });

  test('collections: 450 records in several calls, one result each, in order', async () => {
    const leads = Array.from({ length: 450 }, (_, index) => ({
      LastName: index === 7 ? null : `Last ${index}`,
      Company: 'Many',
      Ext__c: `many-${index}`,
    }));
    const results = await connection.sobject('Lead').create(leads, { allowRecursive: true });
    assert.equal(results.length, 450);
    assert.deepEqual(
      results.flatMap((result, index) => (result.success ? [] : [index])),
      [7],
    );
    assert.equal((results[7]?.errors[0] as { statusCode?: string } | undefined)?.statusCode, 'REQUIRED_FIELD_MISSING');
    const whole = await connection
      .sobject('Lead')
      .create([{ LastName: 'a', Company: 'Rolled' }, { Company: 'Rolled' }], { allOrNone: true });
    assert.deepEqual(
      whole.map((result) => result.success),
      [false, false],
    );
    assert.equal((await connection.query("SELECT Id FROM Lead WHERE Company = 'Rolled'")).totalSize, 0);
  });

  test('query and queryMore: every row once over all pages', async () => {
    const response = await connection.request<{ nextRecordsUrl?: string; records: { Id: string }[]; done: boolean }>({
      method: 'GET',
      url: `/services/data/v66.0/query?q=${encodeURIComponent("SELECT Id FROM Lead WHERE Company = 'Many'")}`,
      headers: { 'Sforce-Query-Options': 'batchSize=200' },
    });
    const ids = response.records.map((record) => record.Id);
    let next = response.nextRecordsUrl;
    assert.match(next ?? '', /\/query\/01g\w{15}-200$/);
    while (next !== undefined) {
      const page = await connection.queryMore(next);
      ids.push(...page.records.map((record) => String(record['Id'])));
      next = page.nextRecordsUrl;
    }
    assert.equal(new Set(ids).size, 449);
    assert.equal(ids.length, 449);
    await assert.rejects(async () => await connection.queryMore('/services/data/v66.0/query/01g000000000000AAA-2000'), {
      errorCode: 'INVALID_QUERY_LOCATOR',
    });
  });

  test('composite: a later call uses the answer of an earlier one; allOrNone rolls all of it back', async () => {
    const compositeRequest = [
      { method: 'POST', url: '/services/data/v66.0/sobjects/Account', referenceId: 'acc', body: { Name: 'Composite' } },
      {
        method: 'POST',
        url: '/services/data/v66.0/sobjects/Contact',
        referenceId: 'con',
        body: { LastName: 'Child', AccountId: '@{acc.id}' },
      },
    ];
    const run = (body: unknown) =>
      connection.requestPost<{ compositeResponse: { httpStatusCode: number; body: { id: string } }[] }>(
        '/services/data/v66.0/composite',
        body as Record<string, unknown>,
      );
    const done = await run({ allOrNone: true, compositeRequest });
    assert.deepEqual(
      done.compositeResponse.map(({ httpStatusCode }) => httpStatusCode),
      [201, 201],
    );
    const contact = await connection.query("SELECT Account.Name FROM Contact WHERE LastName = 'Child'");
    assert.equal((contact.records[0]?.['Account'] as { Name: string } | undefined)?.Name, 'Composite');
    const broken = [
      ...compositeRequest.map((request) => ({ ...request, body: { ...request.body, Name: 'Gone', LastName: 'Gone' } })),
    ];
    broken[1] = { ...compositeRequest[1], body: { LastName: null, AccountId: '@{acc.id}' } } as never;
    broken[0] = { ...compositeRequest[0], body: { Name: 'Gone' } } as never;
    const failed = await run({ allOrNone: true, compositeRequest: broken });
    assert.deepEqual(
      failed.compositeResponse.map(({ httpStatusCode }) => httpStatusCode),
      [400, 400],
    );
    assert.equal((await connection.query("SELECT Id FROM Account WHERE Name = 'Gone'")).totalSize, 0);
  });

  test('describe, describeGlobal, limits and identity', async () => {
    const lead = await connection.describe('Lead');
    assert.equal(lead.fields.find(({ name }) => name === 'Ext__c')?.externalId, true);
    const global = await connection.describeGlobal();
    assert.ok(global.sobjects.some(({ name, keyPrefix }) => name === 'Lead' && keyPrefix === '00Q'));
    const limits = await connection.limits();
    assert.ok((limits['DailyApiRequests']?.Remaining ?? 0) < 100_000);
    assert.equal(connection.limitInfo.apiUsage?.limit, 100_000);
    const identity = await connection.identity();
    assert.equal(identity.organization_id, org.core.id);
    assert.equal(identity.user_id, org.core.adminUserId);
  });

  test('bulk2 ingest: each row is created or failed, and the failed ones say why', async () => {
    const rows = Array.from({ length: 2500 }, (_, index) => ({
      LastName: index % 500 === 499 ? '' : `Bulk, "${index}"\nline`,
      Company: 'Bulk',
      Score__c: String(index / 10),
    }));
    connection.bulk2.pollInterval = 10;
    const results = await connection.bulk2.loadAndWaitForResults({ object: 'Lead', operation: 'insert', input: rows });
    assert.equal(results.successfulResults.length, 2495);
    assert.equal(results.failedResults.length, 5);
    assert.match(results.failedResults[0]?.sf__Error ?? '', /^REQUIRED_FIELD_MISSING:/);
    assert.equal(results.unprocessedRecords.length, 0);
    const [kept] = (
      await connection.query("SELECT LastName, Score__c FROM Lead WHERE Company = 'Bulk' AND Score__c = 12.3")
    ).records;
    assert.equal(kept?.['LastName'], 'Bulk, "123"\nline');
  });

  test('bulk2 query of one page gives every row', async () => {
    const stream = await connection.bulk2.query("SELECT Id, LastName FROM Lead WHERE Company = 'Bulk'", {
      pollInterval: 10,
    });
    const records = await stream.toArray();
    assert.equal(records.length, 2495);
    await assert.rejects(connection.bulk2.query('SELECT COUNT(Id) FROM Lead', { pollInterval: 10 }));
  });

  test('a revoked token is refused with INVALID_SESSION_ID', async () => {
    const token = org.issueToken(org.core.integrationUserId);
    const other = new jsforce.Connection({ instanceUrl: http.instanceUrl, accessToken: token, version: '66.0' });
    assert.ok(await other.limits());
    await fetch(`${http.instanceUrl}/services/oauth2/revoke`, { method: 'POST', body: new URLSearchParams({ token }) });
    await assert.rejects(other.limits(), { errorCode: 'INVALID_SESSION_ID' });
  });
});
