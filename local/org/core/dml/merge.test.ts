import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CommittedTransaction } from '../contract/index.ts';
import { makeFixture } from '../fixture.ts';

const { org, session, insert, dml, query } = makeFixture();

function merge(object: string, masterId: string, losers: readonly string[], values: Record<string, unknown> = {}) {
  const [result] = org.mergeRecords(session, [{ object, masterId, values, recordToMergeIds: losers }]);
  assert.ok(result !== undefined);
  return result;
}

test('K-26: a merged record is deleted and names its master, which keeps what referred to it', () => {
  const [master = '', first = '', second = ''] = insert('Account', { Name: 'A' }, { Name: 'B' }, { Name: 'C' });
  const [one, two] = insert('Contact', { LastName: 'One', AccountId: first }, { LastName: 'Two', AccountId: second });
  let told: CommittedTransaction | undefined;
  const stop = org.onCommit((transaction) => (told = transaction));
  const result = merge('Account', master, [first, second], { Phone: '1' });
  stop();
  assert.deepEqual(result, {
    id: master,
    success: true,
    mergedRecordIds: [first, second],
    updatedRelatedIds: [one, two],
    errors: [],
  });
  assert.deepEqual(query('SELECT Id, Phone FROM Account'), [{ Id: master, Phone: '1' }]);
  assert.deepEqual(query('SELECT AccountId FROM Contact'), [{ AccountId: master }, { AccountId: master }]);
  assert.deepEqual(query(`SELECT Id, MasterRecordId FROM Account WHERE IsDeleted = true`, true), [
    { Id: first, MasterRecordId: master },
    { Id: second, MasterRecordId: master },
  ]);
  const changes = told?.changes.map(({ type, id }) => `${type} ${id}`).toSorted();
  assert.deepEqual(
    changes,
    [`DELETE ${first}`, `DELETE ${second}`, `UPDATE ${master}`, `UPDATE ${one}`, `UPDATE ${two}`].toSorted(),
  );
  assert.equal(dml('update', 'Account', { Id: first, Name: 'X' })[0]?.errors[0]?.statusCode, 'ENTITY_IS_DELETED');
});

test('K-26: a merged record that is undeleted is a record of its own again', () => {
  const [master = '', loser = ''] = insert('Lead', { LastName: 'M', Company: 'C' }, { LastName: 'L', Company: 'C' });
  assert.ok(merge('Lead', master, [loser]).success);
  assert.ok(dml('undelete', 'Lead', { Id: loser })[0]?.success);
  assert.deepEqual(query(`SELECT IsDeleted, MasterRecordId FROM Lead WHERE Id = '${loser}'`), [
    { IsDeleted: false, MasterRecordId: null },
  ]);
});

test('what cannot be merged is said, and leaves all as it was', () => {
  const [a = '', b = '', c = '', d = ''] = insert(
    'Contact',
    { LastName: 'A' },
    { LastName: 'B' },
    { LastName: 'C' },
    { LastName: 'D' },
  );
  const [account = ''] = insert('Account', { Name: 'Acme' });
  const code = (result: ReturnType<typeof merge>) => result.errors[0]?.statusCode;
  assert.equal(code(merge('Contact', a, [b, c, d])), 'INVALID_OPERATION');
  assert.equal(code(merge('Contact', a, [a])), 'INVALID_OPERATION');
  assert.equal(code(merge('Contact', a, [account])), 'MALFORMED_ID');
  assert.equal(code(merge('Campaign', a, [b])), 'INVALID_OPERATION');
  assert.equal(code(merge('Contact', a, [b], { Email: 'no address' })), 'INVALID_EMAIL_ADDRESS');
  assert.equal(query(`SELECT Id FROM Contact WHERE LastName IN ('A', 'B', 'C', 'D')`).length, 4);
});
