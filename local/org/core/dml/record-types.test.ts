import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { DmlResult, RecordTypeDefinition } from '../contract/index.ts';
import { addFields, addObjects, customField, customObject, makeFixture } from '../fixture.ts';

const values = (...names: readonly string[]) =>
  names.map((value, index) => ({ value, label: value, active: true, defaultValue: index === 0 }));
const recordType = (name: string, more: Partial<RecordTypeDefinition> = {}): RecordTypeDefinition => ({
  name,
  label: name,
  active: true,
  picklists: new Map(),
  ...more,
});

const { org, session, query, dml, insert } = makeFixture();
addFields(
  org,
  'Account',
  customField('Tier__c', { type: 'picklist', restricted: true, picklistValues: values('A', 'B', 'C') }),
  customField('Topics__c', { type: 'multipicklist', restricted: true, picklistValues: values('x', 'y', 'z') }),
);
const big = recordType('Big', {
  picklists: new Map([
    ['Tier__c', { values: ['B', 'C'], defaultValue: 'B' }],
    ['Topics__c', { values: ['x', 'y'] }],
    ['Industry', { values: ['Banking'], defaultValue: 'Banking' }],
  ]),
});
const change = { objects: [], fields: [], removedObjects: [], removedFields: [] };
const types = [big, recordType('Small'), recordType('Old', { active: false })];
org.applySchema({ ...change, recordTypes: types.map((each) => ({ object: 'Account', recordType: each })) });
const ids = new Map(
  (query("SELECT Id, DeveloperName FROM RecordType WHERE SobjectType = 'Account'") as Record<string, string>[]).map(
    ({ Id = '', DeveloperName = '' }) => [DeveloperName, Id],
  ),
);
const idOf = (name: string) => ids.get(name) ?? '';
const [ownSet] = query("SELECT Id FROM PermissionSet WHERE Profile.Name = 'System Administrator'") as { Id: string }[];
const grant = (name: string, isDefault: boolean, visible = true) =>
  org.platform.grantRecordTypes(ownSet?.Id ?? '', [{ object: 'Account', recordType: name, visible, isDefault }]);
const told = (results: readonly DmlResult[]) => results[0]?.errors[0];
const account = (fields: Record<string, unknown>) => dml('insert', 'Account', { Name: 'N', ...fields });

describe('record types', () => {
  test("K-34: one that the user's profile does not have isn't valid for the user; nor is one that is inactive", () => {
    const refused = told(account({ RecordTypeId: idOf('Big') }));
    assert.equal(refused?.statusCode, 'INVALID_CROSS_REFERENCE_KEY');
    assert.equal(refused?.message, `Record Type ID: this ID value isn't valid for the user: ${idOf('Big')}`);
    grant('Big', false);
    grant('Old', false);
    assert.equal(told(account({ RecordTypeId: idOf('Big') })), undefined);
    assert.equal(told(account({ RecordTypeId: idOf('Old') }))?.statusCode, 'INVALID_CROSS_REFERENCE_KEY');
    const [plain] = insert('Account', { Name: 'Plain' });
    const changed = dml('update', 'Account', { Id: plain, RecordTypeId: idOf('Small') });
    assert.equal(told(changed)?.statusCode, 'INVALID_CROSS_REFERENCE_KEY');
  });

  test('K-28: restricted picklists take the values of the record type alone, others any', () => {
    const RecordTypeId = idOf('Big');
    const refused = told(account({ RecordTypeId, Tier__c: 'A' }));
    assert.equal(refused?.statusCode, 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST');
    assert.equal(refused?.message, 'Tier: bad value for restricted picklist field: A');
    assert.equal(
      told(account({ RecordTypeId, Topics__c: 'x;z' }))?.message,
      'Topics: bad value for restricted picklist field: z',
    );
    assert.equal(told(account({ RecordTypeId, Topics__c: 'y;x', Tier__c: 'c', Industry: 'Retail' })), undefined);
    assert.equal(told(account({ Tier__c: 'A' })), undefined);
    const [id] = insert('Account', { Name: 'A', RecordTypeId });
    assert.ok(told(dml('update', 'Account', { Id: id, Tier__c: 'A' })));
    assert.equal(
      told(dml('update', 'Account', { Id: id, Tier__c: 'A', RecordTypeId: '012000000000000AAA' })),
      undefined,
    );
  });

  test('fields are by default what the record type says, and the record type what the profile says', () => {
    const [none] = insert('Account', { Name: 'None' });
    grant('Big', true);
    const [own] = insert('Account', { Name: 'Own' });
    const [given] = insert('Account', { Name: 'Given', Tier__c: 'C' });
    const rows = query(
      `SELECT Tier__c, Industry, RecordType.DeveloperName FROM Account WHERE Id IN ('${none}', '${own}', '${given}') ORDER BY CreatedDate, Id`,
    );
    const ofBig = { RecordType: { DeveloperName: 'Big' } };
    assert.deepEqual(rows, [
      { Tier__c: 'A', Industry: null, RecordType: null },
      { Tier__c: 'B', Industry: 'Banking', ...ofBig },
      { Tier__c: 'C', Industry: 'Banking', ...ofBig },
    ]);
    grant('Big', false);
  });

  test('describe tells which there are, which the user may use, and their default', () => {
    const infos = () =>
      (org.schema.describe('Account', session)['recordTypeInfos'] as Record<string, unknown>[]).map((info) =>
        [info['developerName'], info['active'], info['available'], info['defaultRecordTypeMapping']].join(),
      );
    assert.deepEqual(infos(), [
      'Big,true,true,false',
      'Small,true,false,false',
      'Old,false,false,false',
      'Master,true,true,true',
    ]);
    grant('Big', true);
    assert.deepEqual(infos().slice(0, 1), ['Big,true,true,true']);
    grant('Big', false, false);
    assert.deepEqual(infos().slice(0, 1), ['Big,true,false,false']);
    grant('Big', false);
  });

  test('a fork keeps record types and who may use them', () => {
    const fork = makeFixture(org.fork());
    assert.equal(told(fork.dml('insert', 'Account', { Name: 'F', RecordTypeId: idOf('Big') })), undefined);
    assert.ok(told(fork.dml('insert', 'Account', { Name: 'F', RecordTypeId: idOf('Small') })));
  });

  test('a record type of another object, and one with values that are not there, is refused', () => {
    addObjects(org, customObject('Other__c', []));
    org.applySchema({ ...change, recordTypes: [{ object: 'Other__c', recordType: recordType('Own') }] });
    const [other] = query("SELECT Id FROM RecordType WHERE SobjectType = 'Other__c'") as { Id: string }[];
    assert.equal(told(account({ RecordTypeId: other?.Id }))?.statusCode, 'INVALID_CROSS_REFERENCE_KEY');
    assert.ok(org.schema.object('Other__c')?.fields.has('RecordTypeId'));
    const bad = recordType('Bad', { picklists: new Map([['Tier__c', { values: ['Q'] }]]) });
    assert.throws(() => org.applySchema({ ...change, recordTypes: [{ object: 'Account', recordType: bad }] }), {
      message: 'Account.Bad: Picklist value: Q in picklist: Tier__c not found',
    });
    org.applySchema({ ...change, removedObjects: ['Other__c'] });
    assert.deepEqual(query("SELECT Id FROM RecordType WHERE SobjectType = 'Other__c'"), []);
  });
});

test('describe tells with which controlling values a dependent one may be chosen', () => {
  const dependent = values('p', 'q').map((each, index) => ({
    ...each,
    controllingValues: index === 0 ? ['A', 'C'] : [],
  }));
  addFields(
    org,
    'Account',
    customField('Kind__c', { type: 'picklist', controllingField: 'Tier__c', picklistValues: dependent }),
  );
  const fields = org.schema.describe('Account', session)['fields'] as Record<string, unknown>[];
  const kind = fields.find(({ name }) => name === 'Kind__c');
  assert.deepEqual([kind?.['dependentPicklist'], kind?.['controllerName']], [true, 'Tier__c']);
  const validFor = (kind?.['picklistValues'] as { validFor: string }[]).map((each) => each.validFor);
  // 10100000 and 00000000: the first bit is the first controlling value.
  assert.deepEqual(validFor, [Buffer.from([0xa0]).toString('base64'), 'AA==']);
});
