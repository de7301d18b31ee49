import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import type { DmlResult, Session } from '../contract/index.ts';
import { addFields, addObjects, customField, customObject, makeFixture, plain } from '../fixture.ts';

const made = makeFixture();
const { org, insert } = made;
const member: Session = { userId: org.integrationUserId, token: '', origin: 'com/salesforce/api/rest/66.0' };
let set = '';

function allow(object: string, ...what: readonly string[]): void {
  const flags = Object.fromEntries(what.map((name) => [`Permissions${name}`, true]));
  const [present] = made.query(
    `SELECT Id FROM ObjectPermissions WHERE SobjectType = '${object}' AND ParentId = '${set}'`,
  );
  if (present !== undefined) made.dml('delete', 'ObjectPermissions', present as Record<string, unknown>);
  insert('ObjectPermissions', { ParentId: set, SobjectType: object, PermissionsRead: true, ...flags });
}

function allowField(field: string, edit = false): void {
  const [object] = field.split('.');
  insert('FieldPermissions', {
    ParentId: set,
    SobjectType: object,
    Field: field,
    PermissionsRead: true,
    PermissionsEdit: edit,
  });
}

const ask = (soql: string): unknown[] => org.prepare(soql, member).run().rows.map(plain);

function write(operation: 'insert' | 'update' | 'delete', object: string, record: Record<string, unknown>) {
  const [result] = org.dml({ operation, object, records: [record], allOrNone: false, session: member });
  return result as DmlResult;
}

const code = (result: DmlResult) => result.errors[0]?.statusCode;

function fieldNames(object: string): string[] {
  const { fields } = org.schema.describe(object, member) as { fields: { name: string }[] };
  return fields.map(({ name }) => name);
}

before(() => {
  addFields(org, 'Lead', customField('Score__c', { type: 'double', precision: 5, scale: 0 }));
  addObjects(
    org,
    customObject('Private__c', [customField('Note__c', { type: 'string', length: 20 })], { sharingModel: 'Private' }),
  );
  [set = ''] = insert('PermissionSet', { Name: 'Test', Label: 'Test' });
  insert('PermissionSetAssignment', { PermissionSetId: set, AssigneeId: org.integrationUserId });
});

describe('an object that nobody granted', () => {
  test('K-08: is absent from describe, SOQL and DML', () => {
    const missing = { errorCode: 'INVALID_TYPE', message: /sObject type 'Case' is not supported/ };
    assert.throws(() => org.schema.describe('Case', member), { status: 404, errorCode: 'NOT_FOUND' });
    assert.equal(org.schemaFor(member).object('Case'), undefined);
    assert.ok(
      !org
        .schemaFor(member)
        .objects()
        .some(({ name }) => name === 'Case'),
    );
    assert.throws(() => ask('SELECT Id FROM Case'), missing);
    assert.throws(() => write('insert', 'Case', { Subject: 'x' }), missing);
  });

  test('K-08: is no parent and no child list either', () => {
    allow('Contact');
    allowField('Contact.AccountId');
    assert.throws(() => ask('SELECT Account.Name FROM Contact'), {
      errorCode: 'INVALID_FIELD',
      message: /Didn't understand relationship 'Account'/,
    });
    assert.throws(() => ask('SELECT (SELECT Id FROM Cases) FROM Contact'), { errorCode: 'INVALID_TYPE' });
    allow('Account');
    assert.deepEqual(ask('SELECT Account.Name FROM Contact'), []);
  });
});

describe('fields', () => {
  before(() => allow('Lead', 'Create', 'Edit'));

  test('K-08: a field without read permission is absent from describe and refused in SOQL and DML', () => {
    assert.ok(!fieldNames('Lead').includes('Score__c') && !fieldNames('Lead').includes('Email'));
    assert.ok(
      ['Id', 'LastName', 'Name', 'Company', 'IsConverted', 'OwnerId'].every((name) =>
        fieldNames('Lead').includes(name),
      ),
    );
    for (const soql of [
      'SELECT Email FROM Lead',
      "SELECT Id FROM Lead WHERE Email = 'x'",
      'SELECT Id FROM Lead ORDER BY Email',
      'SELECT COUNT(Id), Email FROM Lead GROUP BY Email',
    ]) {
      assert.throws(() => ask(soql), {
        errorCode: 'INVALID_FIELD',
        message: /No such column 'Email' on entity 'Lead'/,
      });
    }
    assert.throws(() => write('insert', 'Lead', { LastName: 'A', Company: 'C', Score__c: 1 }), {
      errorCode: 'INVALID_FIELD',
      message: "No such column 'Score__c' on sobject of type Lead",
    });
    assert.ok(!org.prepare('SELECT FIELDS(ALL) FROM Lead LIMIT 1', member).columns.includes('Email'));
  });

  test('K-09: a field that can only be read is refused at the record, in words that name it', () => {
    allowField('Lead.Score__c');
    assert.ok(fieldNames('Lead').includes('Score__c'));
    const result = write('insert', 'Lead', { LastName: 'A', Company: 'C', Score__c: 1 });
    assert.equal(code(result), 'INVALID_FIELD_FOR_INSERT_UPDATE');
    assert.match(
      result.errors[0]?.message ?? '',
      /Unable to create\/update fields: Score__c\. Please check the security/,
    );
  });

  test('what is granted later counts at once', () => {
    allowField('Lead.Score__c', true);
    assert.ok(write('insert', 'Lead', { LastName: 'A', Company: 'C', Score__c: 1 }).success);
    assert.deepEqual(ask("SELECT Score__c FROM Lead WHERE LastName = 'A'"), [{ Score__c: 1 }]);
  });

  test('parts of an address go with the address', () => {
    assert.throws(() => ask('SELECT City FROM Lead'), { errorCode: 'INVALID_FIELD' });
    allowField('Lead.Address', true);
    assert.ok(write('insert', 'Lead', { LastName: 'B', Company: 'C', City: 'Bonn' }).success);
    assert.deepEqual(ask("SELECT City FROM Lead WHERE LastName = 'B'"), [{ City: 'Bonn' }]);
  });
});

describe('records', () => {
  test('without create, edit or delete on the object they are refused as an org words it', () => {
    allow('Account');
    const [id] = insert('Account', { Name: 'Acme' });
    assert.equal(code(write('insert', 'Account', { Name: 'B' })), 'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY');
    assert.equal(code(write('update', 'Account', { Id: id, Name: 'B' })), 'INSUFFICIENT_ACCESS_OR_READONLY');
    assert.equal(code(write('delete', 'Account', { Id: id })), 'INSUFFICIENT_ACCESS_OR_READONLY');
    assert.equal(code(write('insert', 'User', { Username: 'x' })), 'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY');
  });

  test('private records of others are absent, cannot be changed and cannot be referred to', () => {
    allow('Private__c', 'Create', 'Edit', 'Delete');
    const [theirs] = insert('Private__c', { Name: 'Theirs' });
    const own = write('insert', 'Private__c', { Name: 'Own' }).id;
    assert.deepEqual(ask('SELECT Name FROM Private__c'), [{ Name: 'Own' }]);
    assert.equal(org.prepare('SELECT COUNT() FROM Private__c', member).run().totalSize, 1);
    assert.equal(org.prepare('SELECT Id FROM Private__c', member).snapshot().size, 1);
    const refused = write('update', 'Private__c', { Id: theirs, Name: 'Mine' });
    assert.equal(code(refused), 'INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY');
    assert.ok(write('update', 'Private__c', { Id: own, Name: 'Mine' }).success);
    allow('Private__c', 'ViewAllRecords');
    assert.equal(ask('SELECT Id FROM Private__c').length, 2);
    assert.equal(code(write('update', 'Private__c', { Id: own, Name: 'Mine' })), 'INSUFFICIENT_ACCESS_OR_READONLY');
    allow('Private__c', 'ModifyAllRecords');
    assert.ok(write('update', 'Private__c', { Id: theirs, Name: 'Mine' }).success);
  });

  test("a queue's records are its members'", () => {
    allow('Private__c', 'Edit');
    const [group] = insert('Group', { Name: 'Q', Type: 'Queue' });
    const [unfit] = made.dml('insert', 'Private__c', { Name: 'Queued', OwnerId: group });
    assert.equal(unfit?.errors[0]?.message, 'Queue not associated with this SObject type');
    insert('QueueSobject', { QueueId: group, SobjectType: 'Private__c' });
    const [id] = insert('Private__c', { Name: 'Queued', OwnerId: group });
    assert.ok(!JSON.stringify(ask('SELECT Id FROM Private__c')).includes(id ?? ''));
    insert('GroupMember', { GroupId: group, UserOrGroupId: org.integrationUserId });
    assert.ok(JSON.stringify(ask('SELECT Id FROM Private__c')).includes(id ?? ''));
  });

  test('K-09: who does not own a record cannot give it away', () => {
    allow('Lead', 'Edit');
    const [id] = insert('Lead', { LastName: 'Given', Company: 'C' });
    const refused = write('update', 'Lead', { Id: id, OwnerId: org.integrationUserId });
    assert.equal(code(refused), 'INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY');
    assert.deepEqual(refused.errors[0]?.fields, ['OwnerId']);
  });

  test('leads are converted only by who may create what they become', () => {
    const [leadId = ''] = insert('Lead', { LastName: 'Conv', Company: 'C' });
    const conversion = {
      leadId,
      convertedStatus: 'Closed - Converted',
      createOpportunity: false,
      overwriteLeadSource: false,
    };
    const [refused] = org.convertLeads(member, [conversion]);
    assert.equal(refused?.errors[0]?.statusCode, 'INSUFFICIENT_ACCESS_OR_READONLY');
  });
});

test('View All is what change events need; a fork keeps rights', () => {
  allow('Contact');
  assert.equal(org.accessOf(member).viewsAll('Contact'), false);
  allow('Contact', 'ViewAllRecords');
  assert.equal(org.accessOf(member).viewsAll('Contact'), true);
  assert.equal(org.accessOf(made.session).viewsAll('Case'), true);
  assert.equal(org.fork().accessOf(member).viewsAll('Contact'), true);
  assert.equal(org.accessOf(member).apiEnabled, true);
});

test('a standard user reads and writes sales records, and no custom field that was not granted', () => {
  const [profile] = made.query("SELECT Id FROM Profile WHERE Name = 'Standard User'") as { Id: string }[];
  const user = { Username: 's@x.local', LastName: 'S', Email: 's@x.local', Alias: 's', CommunityNickname: 's' };
  const locale = {
    TimeZoneSidKey: 'GMT',
    LocaleSidKey: 'en_US',
    LanguageLocaleKey: 'en_US',
    EmailEncodingKey: 'UTF-8',
  };
  const [userId = ''] = insert('User', { ...user, ...locale, ProfileId: profile?.Id });
  const session = { ...member, userId };
  const records = [{ LastName: 'Std', Company: 'C', Email: 's@x.com' }];
  const [result] = org.dml({ operation: 'insert', object: 'Lead', records, allOrNone: false, session });
  assert.ok(result?.success, JSON.stringify(result));
  assert.throws(() => org.prepare('SELECT Score__c FROM Lead', session), { errorCode: 'INVALID_FIELD' });
});
