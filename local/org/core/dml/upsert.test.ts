import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addFields, customField, makeFixture } from '../fixture.ts';

const person = { LastName: 'Doe', Company: 'Acme' };

function withExternalId() {
  const fixture = makeFixture();
  const { org, session } = fixture;
  const ext = (options = {}) => customField('Ext__c', { type: 'string', length: 40, externalId: true, ...options });
  addFields(org, 'Lead', ext({ unique: true }));
  addFields(org, 'Account', ext());
  const upsert = (object: string, externalIdField: string, ...records: Record<string, unknown>[]) =>
    org.dml({ operation: 'upsert', object, externalIdField, records, allOrNone: false, session });
  return { ...fixture, upsert };
}

test('K-20: an upsert by external ID creates once and updates from then on', () => {
  const { upsert, query } = withExternalId();
  const [first] = upsert('Lead', 'Ext__c', { ...person, Ext__c: 'a1' });
  const [second] = upsert('Lead', 'ext__C', { Ext__c: 'A1', Title: 'CEO' });
  assert.deepEqual([first?.created, second?.created], [true, false]);
  assert.equal(first?.id, second?.id);
  assert.deepEqual(query('SELECT Ext__c, Title FROM Lead'), [{ Ext__c: 'a1', Title: 'CEO' }]);
});

test('the same external ID twice in one request fails both', () => {
  const { upsert, query } = withExternalId();
  const results = upsert(
    'Lead',
    'Ext__c',
    { ...person, Ext__c: 'x' },
    { ...person, Ext__c: 'X' },
    { ...person, Ext__c: 'y' },
  );
  assert.deepEqual(
    results.map((result) => result.errors[0]?.statusCode),
    ['DUPLICATE_VALUE', 'DUPLICATE_VALUE', undefined],
  );
  assert.deepEqual(query('SELECT Ext__c FROM Lead'), [{ Ext__c: 'y' }]);
});

test('several matches, a missing key, and a field that finds nothing are refused', () => {
  const { upsert, insert } = withExternalId();
  insert('Account', { Name: 'A', Ext__c: 'dup' }, { Name: 'B', Ext__c: 'dup' });
  assert.equal(
    upsert('Account', 'Ext__c', { Name: 'C', Ext__c: 'dup' })[0]?.errors[0]?.statusCode,
    'DUPLICATE_EXTERNAL_ID',
  );
  assert.equal(upsert('Account', 'Ext__c', { Name: 'C' })[0]?.errors[0]?.statusCode, 'MISSING_ARGUMENT');
  assert.throws(() => upsert('Account', 'Site', { Name: 'C' }), { errorCode: 'INVALID_FIELD' });
});

test('an upsert by Id inserts without one and updates with one; by e-mail it finds the lead', () => {
  const { upsert } = withExternalId();
  const [made] = upsert('Lead', 'Id', { ...person, Email: 'a@b.co' });
  assert.equal(made?.created, true);
  assert.equal(upsert('Lead', 'Id', { Id: made?.id, Title: 'x' })[0]?.created, false);
  assert.equal(upsert('Lead', 'Email', { Email: 'A@B.CO', Title: 'y' })[0]?.id, made?.id);
  assert.equal(
    upsert('Lead', 'Id', { Id: '00Q010000009999', Title: 'x' })[0]?.errors[0]?.statusCode,
    'INVALID_CROSS_REFERENCE_KEY',
  );
});

test('a unique value that another record holds is refused, naming that record; a deleted one frees it', () => {
  const { insert, dml } = withExternalId();
  const [holder = '', other] = insert('Lead', { ...person, Ext__c: 'k' }, { ...person, Ext__c: 'other' });
  const [error] = dml('update', 'Lead', { Id: other, Ext__c: 'K' })[0]?.errors ?? [];
  assert.equal(error?.statusCode, 'DUPLICATE_VALUE');
  assert.equal(error?.message, `duplicate value found: Ext__c duplicates value on record with id: ${holder}`);
  dml('delete', 'Lead', { Id: holder });
  assert.equal(dml('update', 'Lead', { Id: other, Ext__c: 'K' })[0]?.success, true);
  assert.equal(dml('undelete', 'Lead', { Id: holder })[0]?.errors[0]?.statusCode, 'DUPLICATE_VALUE');
});

test('a parent is found by its external ID', () => {
  const { dml, insert, query } = withExternalId();
  insert('Account', { Name: 'A', Ext__c: 'acc' });
  const results = dml(
    'insert',
    'Contact',
    { LastName: 'One', Account: { Ext__c: 'ACC' } },
    { LastName: 'Two', Account: { attributes: { type: 'Account' }, Ext__c: 'nobody' } },
    { LastName: 'Three', Account: {} },
  );
  assert.equal(
    results[1]?.errors[0]?.message,
    'Foreign key external ID: nobody not found for field Ext__c in entity Account',
  );
  assert.equal(results[2]?.errors[0]?.statusCode, 'INVALID_FIELD');
  assert.deepEqual(query('SELECT LastName, Account.Name FROM Contact'), [{ LastName: 'One', Account: { Name: 'A' } }]);
  const owner = { attributes: { type: 'User' }, Username: 'integration@plumbline.local' };
  insert('Lead', { ...person, Owner: owner });
  assert.deepEqual(query('SELECT Owner.Name FROM Lead'), [{ Owner: { Name: 'Plumbline Integration' } }]);
});
