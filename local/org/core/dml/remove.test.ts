import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addObjects, customField, customObject, makeFixture } from '../fixture.ts';

function masterField(name: string, parent: string, children = 'Children__r') {
  return customField(name, {
    type: 'reference',
    referenceTo: [parent],
    deleteConstraint: 'Cascade',
    childRelationshipName: children,
    required: true,
    nillable: false,
  });
}

test('K-25: a deleted record is in the recycle bin with what was deleted with it, and comes back with it', () => {
  const { insert, dml, query, clock } = makeFixture();
  const [account, parent] = insert('Account', { Name: 'A' }, { Name: 'P' });
  insert('Contact', { LastName: 'C', AccountId: account }, { LastName: 'Gone before', AccountId: account });
  dml('update', 'Account', { Id: account, ParentId: parent });
  clock.advance(5_000);
  const before = query("SELECT Id FROM Contact WHERE LastName = 'Gone before'") as { Id: string }[];
  dml('delete', 'Contact', { Id: before[0]?.Id });
  assert.equal(dml('delete', 'Account', { Id: account })[0]?.success, true);
  assert.deepEqual(query('SELECT LastName FROM Contact'), []);
  assert.deepEqual(query('SELECT LastName, IsDeleted, SystemModstamp FROM Contact ORDER BY LastName', true), [
    { LastName: 'C', IsDeleted: true, SystemModstamp: '2026-01-01T10:00:05.000+0000' },
    { LastName: 'Gone before', IsDeleted: true, SystemModstamp: '2026-01-01T10:00:05.000+0000' },
  ]);
  assert.equal(dml('delete', 'Account', { Id: account })[0]?.errors[0]?.statusCode, 'ENTITY_IS_DELETED');
  assert.equal(dml('undelete', 'Account', { Id: account })[0]?.success, true);
  assert.deepEqual(query('SELECT LastName, Account.Name FROM Contact'), [{ LastName: 'C', Account: { Name: 'A' } }]);
  assert.equal(dml('undelete', 'Account', { Id: account })[0]?.errors[0]?.statusCode, 'UNDELETE_FAILED');
});

test('a lookup is cleared, and stamped, when its parent is deleted; a restricted one keeps the parent', () => {
  const { org, insert, dml, query, clock } = makeFixture();
  const lookup = (name: string, deleteConstraint: 'SetNull' | 'Restrict') =>
    customField(name, {
      type: 'reference',
      referenceTo: ['Account'],
      deleteConstraint,
      childRelationshipName: `${name.slice(0, -3)}s__r`,
    });
  addObjects(org, customObject('Visit__c', [lookup('At__c', 'SetNull'), lookup('Bound__c', 'Restrict')]));
  const [free, bound] = insert('Account', { Name: 'Free' }, { Name: 'Bound' });
  insert('Visit__c', { Name: 'v', At__c: free, Bound__c: bound });
  clock.advance(1_000);
  const told: unknown[] = [];
  org.onCommit(({ changes }) => told.push(...changes.map(({ object, type }) => `${type} ${object}`)));
  const [deleted, refused] = dml('delete', 'Account', { Id: free }, { Id: bound });
  assert.equal(deleted?.success, true);
  assert.equal(refused?.errors[0]?.statusCode, 'DELETE_FAILED');
  assert.match(
    refused?.errors[0]?.message ?? '',
    /Your attempt to delete Bound could not be completed because it is associated with the following visit__cs|visits/i,
  );
  assert.deepEqual(told, ['DELETE Account', 'UPDATE Visit__c']);
  assert.deepEqual(query('SELECT At__c, Bound__c, SystemModstamp FROM Visit__c'), [
    { At__c: null, Bound__c: bound, SystemModstamp: '2026-01-01T10:00:01.000+0000' },
  ]);
});

test('K-25: an undelete restores the lookups that its delete cleared, unless they were set anew', () => {
  const { insert, dml, query } = makeFixture();
  const [parent, other] = insert('Account', { Name: 'Parent' }, { Name: 'Other' });
  insert('Account', { Name: 'Left', ParentId: parent });
  const [moved] = insert('Account', { Name: 'Moved', ParentId: parent });
  dml('delete', 'Account', { Id: parent });
  dml('update', 'Account', { Id: moved, ParentId: other });
  assert.ok(dml('undelete', 'Account', { Id: parent })[0]?.success);
  assert.deepEqual(query("SELECT ParentId FROM Account WHERE Name IN ('Left', 'Moved') ORDER BY Name"), [
    { ParentId: parent },
    { ParentId: other },
  ]);
});

test('a record that comes back without its parent refers to it again only when that is back too', () => {
  const { insert, dml, query } = makeFixture();
  const accountOf = (name: string) => query(`SELECT AccountId FROM Contact WHERE LastName = '${name}'`);
  const [kept, gone] = insert('Account', { Name: 'Kept' }, { Name: 'Gone' });
  const [one, two] = insert('Contact', { LastName: 'One', AccountId: kept }, { LastName: 'Two', AccountId: gone });
  dml('delete', 'Account', { Id: kept }, { Id: gone });
  assert.deepEqual(
    dml('undelete', 'Contact', { Id: one }, { Id: two }).map((result) => result.success),
    [true, true],
  );
  assert.deepEqual([...accountOf('One'), ...accountOf('Two')], [{ AccountId: null }, { AccountId: null }]);
  dml('hardDelete', 'Account', { Id: gone });
  dml('undelete', 'Account', { Id: kept });
  assert.deepEqual([...accountOf('One'), ...accountOf('Two')], [{ AccountId: kept }, { AccountId: null }]);
});

test('a record that must have a parent does not come back without it', () => {
  const { org, insert, dml, query } = makeFixture();
  addObjects(org, customObject('Visit__c', [masterField('Of__c', 'Account')]));
  const [account] = insert('Account', { Name: 'A' });
  const [visit] = insert('Visit__c', { Name: 'v', Of__c: account });
  dml('delete', 'Account', { Id: account });
  assert.equal(dml('undelete', 'Visit__c', { Id: visit })[0]?.errors[0]?.statusCode, 'UNDELETE_FAILED');
  dml('undelete', 'Account', { Id: account });
  assert.deepEqual(query('SELECT Of__c FROM Visit__c'), [{ Of__c: account }]);
});

test('all that a delete took along comes back together, whatever refers to what of it, or is gone for good', () => {
  const { org, insert, dml, query } = makeFixture();
  addObjects(
    org,
    customObject('Badge__c', [masterField('Of__c', 'Account', 'Badges__r'), masterField('Visit__c', 'Visit__c')]),
    customObject('Visit__c', [masterField('Of__c', 'Account')]),
    customObject('Note__c', [masterField('Badge__c', 'Badge__c')]),
  );
  const [account] = insert('Account', { Name: 'A' });
  const [boss] = insert('Contact', { LastName: 'Boss', AccountId: account });
  insert('Contact', { LastName: 'C', AccountId: account, ReportsToId: boss });
  const [visit] = insert('Visit__c', { Name: 'v', Of__c: account });
  const [badge] = insert('Badge__c', { Name: 'b', Of__c: account, Visit__c: visit });
  insert('Note__c', { Name: 'n', Badge__c: badge });
  dml('delete', 'Account', { Id: account });
  assert.equal(dml('undelete', 'Account', { Id: account })[0]?.success, true);
  assert.deepEqual(query('SELECT Of__c, Visit__c FROM Badge__c'), [{ Of__c: account, Visit__c: visit }]);
  assert.deepEqual(query('SELECT Badge__c FROM Note__c'), [{ Badge__c: badge }]);
  assert.deepEqual(query('SELECT LastName, ReportsToId FROM Contact ORDER BY LastName'), [
    { LastName: 'Boss', ReportsToId: null },
    { LastName: 'C', ReportsToId: boss },
  ]);
  dml('hardDelete', 'Account', { Id: account });
  for (const object of ['Contact', 'Visit__c', 'Badge__c', 'Note__c'])
    assert.deepEqual(query(`SELECT Id FROM ${object}`, true), []);
});

test('a hard delete leaves nothing, and users cannot be deleted', () => {
  const { org, insert, dml, query } = makeFixture();
  const [one, two] = insert('Lead', { LastName: 'A', Company: 'A' }, { LastName: 'B', Company: 'B' });
  dml('delete', 'Lead', { Id: one });
  assert.deepEqual(
    dml('hardDelete', 'Lead', { Id: one }, { Id: two }).map((result) => result.success),
    [true, true],
  );
  assert.deepEqual(query('SELECT Id FROM Lead', true), []);
  assert.equal(dml('undelete', 'Lead', { Id: one })[0]?.errors[0]?.statusCode, 'INVALID_CROSS_REFERENCE_KEY');
  assert.equal(
    dml('delete', 'User', { Id: org.integrationUserId })[0]?.errors[0]?.statusCode,
    'INSUFFICIENT_ACCESS_OR_READONLY',
  );
});

test('deletes and undeletes are told as such', () => {
  const { org, insert, dml } = makeFixture();
  const [id] = insert('Lead', { LastName: 'A', Company: 'A' });
  const told: unknown[] = [];
  org.onCommit(({ changes }) => told.push(...changes.map(({ type, changed }) => [type, changed.get('LastName')])));
  dml('delete', 'Lead', { Id: id });
  dml('undelete', 'Lead', { Id: id });
  dml('hardDelete', 'Lead', { Id: id });
  assert.deepEqual(told, [
    ['DELETE', undefined],
    ['UNDELETE', 'A'],
    ['DELETE', undefined],
  ]);
});

test('K-25: a hard delete takes along what its delete does: nothing of it waits in the recycle bin', () => {
  const { insert, dml, query } = makeFixture();
  const [account = ''] = insert('Account', { Name: 'Gone' });
  const [contact = ''] = insert('Contact', { LastName: 'Gone too', AccountId: account });
  assert.equal(dml('hardDelete', 'Account', { Id: account })[0]?.success, true);
  assert.deepEqual(query(`SELECT Id FROM Contact WHERE Id = '${contact}'`, true), []);
  assert.equal(dml('undelete', 'Contact', { Id: contact })[0]?.success, false);
});
