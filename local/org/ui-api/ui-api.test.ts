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

test('K-34: a record type of the caller decides picklist values and defaults, and is told with its records', async () => {
  const { org, json, call } = testOrg();
  const { core } = org;
  const values = { values: ['Web', 'Other'], defaultValue: 'Other' };
  const picklists = new Map([['LeadSource', values]]);
  const recordType = { name: 'Online', label: 'Online lead', active: true, picklists };
  const recordTypes = [{ object: 'Lead', recordType }];
  core.applySchema({ objects: [], fields: [], removedObjects: [], removedFields: [], recordTypes });
  const session = { userId: core.adminUserId, token: '', origin: '' };
  const profile = `SELECT Id FROM PermissionSet WHERE Profile.Name = 'System Administrator'`;
  const set = String(core.prepare(profile, session).run().rows[0]?.id);
  core.platform.grantRecordTypes(set, [{ object: 'Lead', recordType: 'Online', visible: true, isDefault: true }]);
  interface Info {
    readonly defaultRecordTypeId: string;
    readonly recordTypeInfos: Readonly<Record<string, { readonly name: string; readonly available: boolean }>>;
  }
  const { defaultRecordTypeId: id, recordTypeInfos } = await json<Info>('GET', '/ui-api/object-info/Lead');
  assert.deepEqual([recordTypeInfos[id]?.name, recordTypeInfos[id]?.available], ['Online lead', true]);
  const path = `/ui-api/object-info/Lead/picklist-values`;
  const read = (type: string) =>
    json<{ values: { value: string }[]; defaultValue: { value: string } | null }>('GET', `${path}/${type}/LeadSource`);
  const own = await read(id);
  assert.deepEqual([own.values.map(({ value }) => value), own.defaultValue?.value], [['Web', 'Other'], 'Other']);
  assert.ok((await read('012000000000000AAA')).values.length > 2);
  assert.equal((await call('GET', `${path}/012000000000999AAA/LeadSource`)).status, 400);
  const made = await json<{ record: RecordBody }>('GET', '/ui-api/record-defaults/create/Lead');
  assert.equal(made.record.fields['LeadSource']?.value, 'Other');
  const body = { apiName: 'Lead', fields: { LastName: 'L', Company: 'C' } };
  const lead = await json<{ id: string }>('POST', '/ui-api/records', body);
  const told = await json<{ recordTypeInfo: { name: string } }>('GET', `/ui-api/records/${lead.id}?fields=Lead.Name`);
  assert.equal(told.recordTypeInfo.name, 'Online lead');
});

test('a dependent picklist tells what its values can be chosen with', async () => {
  const { org, json } = testOrg();
  const value = (name: string, controllingValues: readonly string[]) => ({
    ...{ value: name, label: name, active: true, defaultValue: false },
    controllingValues,
  });
  const rating = {
    type: 'picklist',
    controllingField: 'DoNotCall',
    picklistValues: [value('A', ['checked']), value('B', [])],
  };
  const usual = org.core.schema.object('Lead')?.fields.get('Rating');
  assert.ok(usual);
  const field = { ...usual, ...rating, name: 'Grade__c', custom: true } as typeof usual;
  org.core.applySchema({ objects: [], fields: [{ object: 'Lead', field }], removedObjects: [], removedFields: [] });
  const read = await json<object>('GET', '/ui-api/object-info/Lead/picklist-values/012000000000000AAA/Grade__c');
  assert.deepEqual(read, {
    controllerValues: { false: 0, true: 1 },
    defaultValue: null,
    values: [
      { attributes: null, label: 'A', validFor: [1], value: 'A' },
      { attributes: null, label: 'B', validFor: [], value: 'B' },
    ],
  });
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
