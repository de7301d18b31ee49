import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { testOrg } from '../server/test-org.ts';
import type { TestOrg } from '../server/test-org.ts';

interface Field {
  readonly displayValue: string | null;
  readonly value: unknown;
}

interface RecordBody {
  readonly apiName: string;
  readonly id: string;
  readonly fields: Readonly<Record<string, Field>>;
}

const forceApp = fileURLToPath(new URL('../../../force-app', import.meta.url));

async function lead(world: TestOrg, values: Record<string, unknown> = {}): Promise<string> {
  const made = await world.call('POST', '/ui-api/records', {
    apiName: 'Lead',
    fields: { LastName: 'Curie', Company: 'Radium', ...values },
  });
  assert.equal(made.status, 201);
  return ((await made.json()) as RecordBody).id;
}

test('a record tells the fields that were asked for, a parent as a record', async () => {
  const world = testOrg();
  const id = await lead(world, { Email: 'marie@example.com' });
  const path = `/ui-api/records/${id}?fields=Lead.Email,Lead.Owner.Name&optionalFields=Lead.Nothing__c,Lead.Phone`;
  const record = await world.json<RecordBody>('GET', path);
  assert.equal(record.apiName, 'Lead');
  assert.deepEqual(record.fields['Email'], { displayValue: null, value: 'marie@example.com' });
  assert.deepEqual(record.fields['Phone'], { displayValue: null, value: null });
  const owner = record.fields['Owner']?.value as RecordBody;
  assert.deepEqual([record.fields['Owner']?.displayValue, owner.apiName], ['Admin User', 'User']);
  assert.deepEqual(Object.keys(record.fields).sort(), ['Email', 'Owner', 'Phone']);
});

test('what cannot be read is refused by name in fields, and by ID', async () => {
  const world = testOrg();
  const id = await lead(world);
  for (const [path, status, errorCode] of [
    [`/ui-api/records/${id}?fields=Lead.Nothing__c`, 400, 'INVALID_FIELD'],
    [`/ui-api/records/${id}`, 400, 'MISSING_ARGUMENT'],
    ['/ui-api/records/00Q000000000001EAA?fields=Lead.Id', 404, 'NOT_FOUND'],
    ['/ui-api/object-info/Nothing', 403, 'INVALID_TYPE'],
    ['/ui-api/actions/global', 404, 'NOT_FOUND'],
  ] as const) {
    const answer = await world.call('GET', path);
    const [error] = (await answer.json()) as { errorCode: string }[];
    assert.deepEqual([path, answer.status, error?.errorCode], [path, status, errorCode]);
  }
});

test('what cannot be saved tells its fields; what can is answered with the record', async () => {
  const world = testOrg();
  const id = await lead(world);
  const refused = await world.call('PATCH', `/ui-api/records/${id}`, { fields: { Id: id, Email: 'no address' } });
  assert.equal(refused.status, 400);
  const [error] = (await refused.json()) as { output: { fieldErrors: Record<string, { errorCode: string }[]> } }[];
  assert.equal(error?.output.fieldErrors['Email']?.[0]?.errorCode, 'INVALID_EMAIL_ADDRESS');
  const saved = await world.json<RecordBody>('PATCH', `/ui-api/records/${id}`, { fields: { LastName: 'Skłodowska' } });
  assert.equal(saved.fields['LastName']?.value, 'Skłodowska');
  assert.equal((await world.call('DELETE', `/ui-api/records/${id}`)).status, 204);
  assert.equal((await world.call('GET', `/ui-api/records/${id}?fields=Lead.Id`)).status, 404);
});

test('object info, picklists and defaults are those of the schema', async () => {
  const world = testOrg();
  interface Info {
    readonly nameFields: readonly string[];
    readonly defaultRecordTypeId: string;
    readonly fields: Readonly<Record<string, { dataType: string; required: boolean; referenceToInfos: unknown[] }>>;
  }
  const info = await world.json<Info>('GET', '/ui-api/object-info/Lead');
  assert.deepEqual(info.nameFields, ['Name']);
  assert.deepEqual(
    [info.fields['Email']?.dataType, info.fields['LastName']?.required, info.fields['FirstName']?.required],
    ['Email', true, false],
  );
  const values = await world.json<{ values: { value: string }[] }>(
    'GET',
    `/ui-api/object-info/Lead/picklist-values/${info.defaultRecordTypeId}/Status`,
  );
  assert.ok(values.values.some(({ value }) => value === 'Open - Not Contacted'));
  const both = await world.json<{ hasErrors: boolean; results: { statusCode: number }[] }>(
    'GET',
    '/ui-api/object-info/batch/Lead,Nothing',
  );
  assert.deepEqual([both.hasErrors, both.results.map(({ statusCode }) => statusCode)], [true, [200, 403]]);
  const defaults = await world.json<{ record: RecordBody }>('GET', '/ui-api/record-defaults/create/Lead');
  assert.equal(defaults.record.fields['Company']?.value, null);
});

test('a deployed list view filters, and a list of all records can be searched page by page', async () => {
  const world = testOrg();
  const deployed = world.org.deployPackage(forceApp);
  assert.ok(deployed.success, JSON.stringify(deployed.details.componentFailures));
  world.org.assignPermissionSet('Plumbline_Admin', world.org.core.adminUserId);
  interface List {
    readonly records: readonly RecordBody[];
    readonly nextPageToken: string | null;
  }
  for (let number = 0; number < 3; number += 1) await lead(world, { Email: `searched${number}@example.com` });
  await lead(world, { Email: 'other@example.com' });
  const first = await world.json<List>('GET', '/ui-api/list-records/Lead/All?searchTerm=searched&pageSize=2');
  const rest = await world.json<List>(
    'GET',
    `/ui-api/list-records/Lead/All?searchTerm=searched&pageSize=2&pageToken=${first.nextPageToken}`,
  );
  assert.deepEqual([first.records.length, rest.records.length, rest.nextPageToken], [2, 1, null]);
  const paused = await world.json<{ displayColumns: { fieldApiName: string }[] }>(
    'GET',
    '/ui-api/list-info/Plumbline_Sync__c/Paused',
  );
  assert.equal(paused.displayColumns[0]?.fieldApiName, 'Name');
  assert.deepEqual((await world.json<List>('GET', '/ui-api/list-records/Plumbline_Sync__c/Paused')).records, []);
});
