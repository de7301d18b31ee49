import assert from 'node:assert/strict';
import { test } from 'node:test';
import { manualClock } from './clock.ts';
import { addFields, customField, makeFixture, startOfTests } from './fixture.ts';
import { createOrg } from './org.ts';
import type { Fixture } from './fixture.ts';

function make(): Fixture {
  const fixture = makeFixture(createOrg({ clock: manualClock(startOfTests), features: ['PersonAccounts'] }));
  addFields(fixture.org, 'Contact', customField('Tier__c', { type: 'string', length: 20 }));
  return fixture;
}

const code = ([result]: ReturnType<Fixture['dml']>) => result?.errors[0]?.statusCode;

test('a person account has the contact’s fields, custom ones as __pc, and a contact that follows it', () => {
  const { insert, query, dml } = make();
  const [id = ''] = insert('Account', {
    FirstName: 'Ada',
    LastName: 'Lovelace',
    PersonEmail: 'ada@example.com',
    PersonMailingCity: 'London',
    Phone: '1',
    Tier__pc: 'gold',
  });
  assert.deepEqual(
    query('SELECT Name, IsPersonAccount, RecordType.DeveloperName, PersonContact.Email, Tier__pc FROM Account'),
    [
      {
        Name: 'Ada Lovelace',
        IsPersonAccount: true,
        RecordType: { DeveloperName: 'PersonAccount' },
        PersonContact: { Email: 'ada@example.com' },
        Tier__pc: 'gold',
      },
    ],
  );
  const contacts = 'SELECT Name, AccountId, MailingCity, Phone, Tier__c, IsPersonAccount FROM Contact';
  const contact = { Name: 'Ada Lovelace', AccountId: id, MailingCity: 'London', Phone: '1', IsPersonAccount: true };
  assert.deepEqual(query(contacts), [{ ...contact, Tier__c: 'gold' }]);
  assert.equal(dml('update', 'Account', { Id: id, LastName: 'King', Tier__pc: null })[0]?.success, true);
  assert.deepEqual(query(contacts), [{ ...contact, Name: 'Ada King', Tier__c: null }]);
  dml('delete', 'Account', { Id: id });
  assert.deepEqual(query(contacts), []);
  dml('undelete', 'Account', { Id: id });
  assert.equal(query(contacts).length, 1);
});

test('each kind of account refuses the fields of the other, and the contact of a person is read-only', () => {
  const { insert, query, dml } = make();
  const [business = ''] = insert('Account', { Name: 'Acme' });
  assert.deepEqual(dml('update', 'Account', { Id: business, PersonEmail: 'a@b.co' })[0]?.errors[0], {
    statusCode: 'INVALID_FIELD_FOR_INSERT_UPDATE',
    message: 'Account: bad field names on insert/update call: PersonEmail',
    fields: ['PersonEmail'],
  });
  const [person = ''] = insert('Account', { LastName: 'Doe' });
  assert.equal(code(dml('update', 'Account', { Id: person, Name: 'Other' })), 'INVALID_FIELD_FOR_INSERT_UPDATE');
  assert.equal(code(dml('update', 'Account', { Id: person, LastName: null })), 'REQUIRED_FIELD_MISSING');
  const [contact] = query('SELECT Id FROM Contact') as { Id: string }[];
  assert.equal(code(dml('update', 'Contact', { Id: contact?.Id, Title: 'x' })), 'INVALID_FIELD_FOR_INSERT_UPDATE');
  assert.equal(code(dml('delete', 'Contact', { Id: contact?.Id })), 'INVALID_FIELD_FOR_INSERT_UPDATE');
  assert.equal(code(dml('insert', 'Contact', { LastName: 'x', AccountId: person })), 'FIELD_INTEGRITY_EXCEPTION');
});

test('a person account is described, told as changes of both its records, and granted by the contact’s fields', () => {
  const { org, insert, session } = make();
  const told: string[] = [];
  org.onCommit(({ changes }) => told.push(...changes.map(({ object, type }) => `${type} ${object}`)));
  insert('Account', { LastName: 'Doe', Tier__pc: 'gold' });
  assert.deepEqual(told.sort(), ['CREATE Account', 'CREATE Contact']);
  const described = org.schema.describe('Account', session) as { fields: { name: string; custom: boolean }[] };
  const tier = described.fields.find(({ name }) => name === 'Tier__pc');
  assert.equal(tier?.custom, true);
  const member = { ...session, userId: org.integrationUserId };
  const set = org.platform.put('PermissionSet', { Name: 'S', Label: 'S' });
  org.platform.put('PermissionSetAssignment', { PermissionSetId: set, AssigneeId: member.userId, IsActive: true });
  const rights = { ParentId: set, SobjectType: 'Account', PermissionsRead: true };
  org.platform.put('ObjectPermissions', rights);
  const ask = () => org.prepare('SELECT Tier__pc FROM Account', member).run().totalSize;
  assert.throws(ask, { errorCode: 'INVALID_FIELD' });
  const field = { ParentId: set, SobjectType: 'Contact', Field: 'Contact.Tier__c', PermissionsRead: true };
  org.platform.put('FieldPermissions', field);
  assert.equal(ask(), 1);
});

test('a lead without a company becomes a person account; a field that goes from Contact goes from Account', () => {
  const { org, insert, query, session } = make();
  const [leadId = ''] = insert('Lead', { FirstName: 'Ada', LastName: 'Lovelace', Email: 'ada@example.com' });
  const options = { convertedStatus: 'Closed - Converted', createOpportunity: false, overwriteLeadSource: false };
  const [converted] = org.convertLeads(session, [{ leadId, ...options }]);
  assert.equal(converted?.success, true, JSON.stringify(converted?.errors));
  assert.deepEqual(query('SELECT Name, PersonEmail, PersonContactId FROM Account'), [
    { Name: 'Ada Lovelace', PersonEmail: 'ada@example.com', PersonContactId: converted?.contactId },
  ]);
  const removedFields = [{ object: 'Contact', field: 'Tier__c' }];
  org.applySchema({ objects: [], fields: [], removedObjects: [], removedFields });
  assert.throws(() => query('SELECT Tier__pc FROM Account'), { errorCode: 'INVALID_FIELD' });
});

test('person accounts merge with each other alone: contacts go the same way, with what hangs on them', () => {
  const { insert, query, org, session } = make();
  const [master = '', loser = ''] = insert(
    'Account',
    { LastName: 'Doe' },
    { LastName: 'Deo', PersonEmail: 'd@x.example' },
  );
  const [business = ''] = insert('Account', { Name: 'Acme' });
  const contactOf = (id: string) =>
    (query(`SELECT PersonContactId FROM Account WHERE Id = '${id}'`) as { PersonContactId: string }[])[0]
      ?.PersonContactId;
  const [kept, lost] = [contactOf(master), contactOf(loser)];
  const [task = ''] = insert('Task', { Subject: 'Call', WhoId: lost });
  const [deal = ''] = insert('Opportunity', {
    ...{ AccountId: loser, Name: 'Deal', StageName: 'Prospecting', CloseDate: '2026-12-24' },
  });
  const merge = (object: string, masterId: string, other: string, values = {}) =>
    org.mergeRecords(session, [{ object, masterId, values, recordToMergeIds: [other] }])[0];
  assert.match(merge('Account', master, business)?.errors[0]?.message ?? '', /with person accounts alone/);
  assert.match(merge('Account', business, loser)?.errors[0]?.message ?? '', /with person accounts alone/);
  assert.equal(merge('Contact', kept ?? '', lost ?? '')?.errors[0]?.statusCode, 'INVALID_FIELD_FOR_INSERT_UPDATE');
  const merged = merge('Account', master, loser, { PersonEmail: 'd@x.example' });
  assert.deepEqual(merged?.errors, []);
  assert.deepEqual([...merged.updatedRelatedIds].sort(), [task, deal].sort());
  assert.deepEqual(query('SELECT Id, Email FROM Contact'), [{ Id: kept, Email: 'd@x.example' }]);
  assert.deepEqual(query('SELECT WhoId FROM Task'), [{ WhoId: kept }]);
  const gone = (object: string) =>
    org
      .prepare(`SELECT Id, MasterRecordId FROM ${object} WHERE IsDeleted = true`, session, { all: true })
      .run()
      .rows.map(({ values }) => [...values.values()]);
  assert.deepEqual(gone('Account'), [[loser, master]]);
  assert.deepEqual(gone('Contact'), [[lost, kept]]);
});
