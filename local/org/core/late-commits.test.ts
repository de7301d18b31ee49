import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addFields, customField, makeFixture, startOfTests } from './fixture.ts';

const person = { LastName: 'Doe', Company: 'Acme' };

test('a late commit: errors and IDs are known at once, the rows are seen later, with the stamps of their DML', async () => {
  const { org, clock, dml, query } = makeFixture();
  const told: number[] = [];
  org.onCommit(({ at }) => told.push(at));
  org.delayCommits(5_000);
  const [result, refused] = dml('insert', 'Lead', person, { Company: 'x' });
  assert.equal(result?.success, true);
  assert.equal(refused?.errors[0]?.statusCode, 'REQUIRED_FIELD_MISSING');
  let committed = false;
  const waiting = org.whenCommitted().then(() => {
    committed = true;
  });
  clock.advance(4_999);
  await Promise.resolve();
  assert.deepEqual([query('SELECT Id FROM Lead').length, committed, told], [0, false, []]);
  clock.advance(1);
  await waiting;
  assert.deepEqual(told, [startOfTests + 5_000]);
  assert.deepEqual(query('SELECT Id, SystemModstamp FROM Lead'), [
    { Id: result?.id, SystemModstamp: '2026-01-01T10:00:00.000+0000' },
  ]);
});

test('a shorter delay lets a later transaction commit first; a poll by stamp still finds the earlier one in its place', () => {
  const { org, clock, dml, query } = makeFixture();
  org.delayCommits(10_000);
  dml('insert', 'Lead', { ...person, LastName: 'Slow' });
  clock.advance(2_000);
  org.delayCommits(1_000);
  dml('insert', 'Lead', { ...person, LastName: 'Quick' });
  const poll = () =>
    query('SELECT LastName FROM Lead WHERE SystemModstamp >= 2026-01-01T09:00:00Z ORDER BY SystemModstamp, Id');
  clock.advance(1_000);
  assert.deepEqual(poll(), [{ LastName: 'Quick' }]);
  clock.advance(10_000);
  assert.deepEqual(poll(), [{ LastName: 'Slow' }, { LastName: 'Quick' }]);
});

test('K-18: rows, unique values and parents of an uncommitted transaction are locked', () => {
  const { org, clock, dml, insert, query } = makeFixture();
  addFields(org, 'Lead', customField('Ext__c', { type: 'string', length: 20, unique: true, externalId: true }));
  const [lead, account] = [...insert('Lead', { ...person, Title: 'old' }), ...insert('Account', { Name: 'A' })];
  org.delayCommits(1_000);
  dml('update', 'Lead', { Id: lead, Title: 'new', Ext__c: 'k' });
  dml('insert', 'Contact', { LastName: 'C', AccountId: account });
  org.delayCommits(0);
  const code = (results: ReturnType<typeof dml>) => results[0]?.errors[0]?.statusCode;
  assert.equal(code(dml('update', 'Lead', { Id: lead, Title: 'mine' })), 'UNABLE_TO_LOCK_ROW');
  assert.equal(code(dml('delete', 'Lead', { Id: lead })), 'UNABLE_TO_LOCK_ROW');
  assert.equal(code(dml('insert', 'Lead', { ...person, Ext__c: 'K' })), 'UNABLE_TO_LOCK_ROW');
  assert.equal(code(dml('delete', 'Account', { Id: account })), 'UNABLE_TO_LOCK_ROW');
  assert.equal(dml('update', 'Account', { Id: account, Name: 'B' })[0]?.success, true);
  assert.deepEqual(query('SELECT Title FROM Lead'), [{ Title: 'old' }]);
  clock.advance(1_000);
  assert.deepEqual(query('SELECT Title FROM Lead'), [{ Title: 'new' }]);
  assert.equal(code(dml('insert', 'Lead', { ...person, Ext__c: 'K' })), 'DUPLICATE_VALUE');
  assert.deepEqual(dml('delete', 'Account', { Id: account })[0]?.success, true);
  assert.deepEqual(query('SELECT Id FROM Contact'), []);
});

test('a parent that an uncommitted transaction deletes takes no new children', () => {
  const { org, clock, dml, insert } = makeFixture();
  const [account] = insert('Account', { Name: 'A' });
  org.delayCommits(1_000);
  dml('delete', 'Account', { Id: account });
  org.delayCommits(0);
  const child = { LastName: 'C', AccountId: account };
  assert.equal(dml('insert', 'Contact', child)[0]?.errors[0]?.statusCode, 'UNABLE_TO_LOCK_ROW');
  clock.advance(1_000);
  assert.equal(dml('insert', 'Contact', child)[0]?.errors[0]?.statusCode, 'ENTITY_IS_DELETED');
});
