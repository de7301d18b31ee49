import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addObjects, customField, customObject, makeFixture, startOfTests } from './fixture.ts';
import { createOrg, manualClock } from './index.ts';

test('a new org has its own records, an administrator and an integration user', () => {
  const { query, org } = makeFixture(createOrg({ clock: manualClock(startOfTests), sandbox: true }));
  assert.deepEqual(query('SELECT Id, IsSandbox FROM Organization'), [{ Id: org.id, IsSandbox: true }]);
  assert.deepEqual(
    query('SELECT Username, IsActive, Profile.Name, Profile.UserLicense.Name FROM User ORDER BY Username'),
    [
      {
        Username: 'admin@plumbline.local',
        IsActive: true,
        Profile: { Name: 'System Administrator', UserLicense: { Name: 'Salesforce' } },
      },
      {
        Username: 'integration@plumbline.local',
        IsActive: true,
        Profile: { Name: 'Minimum Access - API Only Integrations', UserLicense: { Name: 'Salesforce Integration' } },
      },
    ],
  );
});

test('every profile has its permission set, and every user is assigned to that of theirs', () => {
  const { query } = makeFixture();
  assert.deepEqual(
    query(
      'SELECT Assignee.Name, PermissionSet.Profile.Name FROM PermissionSetAssignment WHERE PermissionSet.IsOwnedByProfile = true ORDER BY Assignee.Name',
    ),
    [
      { Assignee: { Name: 'Admin User' }, PermissionSet: { Profile: { Name: 'System Administrator' } } },
      {
        Assignee: { Name: 'Plumbline Integration' },
        PermissionSet: { Profile: { Name: 'Minimum Access - API Only Integrations' } },
      },
    ],
  );
});

test('the same seed gives the same IDs and keys, another seed others', () => {
  const run = (seed: number) => {
    const { org, insert } = makeFixture(createOrg({ clock: manualClock(startOfTests), seed }));
    const told: string[] = [];
    org.onCommit(({ key }) => told.push(key));
    return [org.id, ...insert('Account', { Name: 'A' }), ...told];
  };
  assert.deepEqual(run(5), run(5));
  assert.notDeepEqual(run(5), run(6));
});

test('N-06: a fork has the schema and the users, none of the records, and its own life', () => {
  const first = makeFixture();
  addObjects(first.org, customObject('Thing__c', [customField('A__c', { type: 'string', length: 10 })]));
  const profiles = first.query("SELECT Id FROM Profile WHERE Name = 'Standard User'") as { Id: string }[];
  const [user = ''] = first.insert('User', {
    Username: 'u@x.co',
    LastName: 'U',
    Email: 'u@x.co',
    Alias: 'u',
    ProfileId: profiles[0]?.Id,
    TimeZoneSidKey: 'GMT',
    LocaleSidKey: 'en_US',
    EmailEncodingKey: 'UTF-8',
    LanguageLocaleKey: 'en_US',
  });
  first.insert('Thing__c', { A__c: 'x' });
  const clock = manualClock(startOfTests);
  const second = makeFixture(first.org.fork({ clock, seed: 2 }));
  assert.equal(second.org.id, first.org.id);
  assert.deepEqual(second.query(`SELECT Name, Profile.Name, CreatedById FROM User WHERE Id = '${user}'`), [
    { Name: 'U', Profile: { Name: 'Standard User' }, CreatedById: first.org.adminUserId },
  ]);
  assert.deepEqual(second.query('SELECT Id FROM Thing__c'), []);
  second.insert('Thing__c', { A__c: 'y' });
  second.dml('update', 'User', { Id: user, LastName: 'Changed' });
  assert.deepEqual(first.query('SELECT A__c FROM Thing__c'), [{ A__c: 'x' }]);
  assert.deepEqual(first.query(`SELECT Name FROM User WHERE Id = '${user}'`), [{ Name: 'U' }]);
});

test('a fork with records has them under their IDs, the recycle bin included, and goes its own way from there', () => {
  const first = makeFixture();
  const [account = ''] = first.insert('Account', { Name: 'Acme' });
  const people = ['Kept', 'Gone'].map((LastName) => ({ LastName, AccountId: account }));
  const [kept = '', gone = ''] = first.insert('Contact', ...people);
  first.insert('Case', { Subject: 'first' });
  first.dml('delete', 'Contact', { Id: gone });
  const second = makeFixture(first.org.fork({ clock: manualClock(startOfTests), records: true }));
  const contacts = 'SELECT Id, LastName, Account.Name, SystemModstamp FROM Contact';
  assert.deepEqual(second.query(contacts), first.query(contacts));
  second.dml('undelete', 'Contact', { Id: gone });
  second.dml('update', 'Account', { Id: account, Name: 'Other' });
  second.insert('Case', { Subject: 'second' });
  assert.deepEqual(
    second.query('SELECT Id, Account.Name FROM Contact ORDER BY Id'),
    [kept, gone].map((Id) => ({ Id, Account: { Name: 'Other' } })),
  );
  assert.notDeepEqual(
    second.query("SELECT CaseNumber FROM Case WHERE Subject = 'first'"),
    second.query("SELECT CaseNumber FROM Case WHERE Subject = 'second'"),
  );
  assert.deepEqual(
    first.query('SELECT Id, Account.Name FROM Contact'),
    [kept].map((Id) => ({ Id, Account: { Name: 'Acme' } })),
  );
});

test('a session of an unknown user is refused', () => {
  const { org } = makeFixture();
  const session = { userId: '005010000009999AAA', token: 't', origin: 'o' };
  assert.throws(() => org.prepare('SELECT Id FROM Lead', session), { errorCode: 'INVALID_SESSION_ID' });
  assert.throws(() => org.dml({ operation: 'insert', object: 'Lead', records: [], allOrNone: false, session }), {
    errorCode: 'INVALID_SESSION_ID',
  });
});
