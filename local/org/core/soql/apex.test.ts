import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ApexQuery, BoundValue } from '../contract/index.ts';
import { makeFixture, plain } from '../fixture.ts';

function fromApex(values: Readonly<Record<string, BoundValue>>, rest: Partial<ApexQuery> = {}): ApexQuery {
  return {
    bind(expression) {
      const value = values[expression];
      if (value === undefined) throw new Error(`nothing is bound to ${expression}`);
      return value;
    },
    mode: 'system',
    sharing: false,
    ...rest,
  };
}

test('I-13: what Apex binds is a value, whatever is in it', () => {
  const { org, session, insert } = makeFixture();
  const names = ["o'hara", 'back\\slash', "') OR Name != null", '50%'];
  insert('Account', ...names.map((Name) => ({ Name })));
  const find = (condition: string, values: Readonly<Record<string, BoundValue>>) =>
    org
      .prepare(`SELECT Name FROM Account WHERE ${condition}`, session, { apex: fromApex(values) })
      .run()
      .rows.map((row) => plain(row)['Name']);
  for (const name of names) assert.deepEqual(find('Name = :name', { name }), [name]);
  assert.deepEqual(find('Name IN :some', { some: names.slice(0, 2) }), names.slice(0, 2));
  assert.deepEqual(find('Name IN (:one, :two)', { one: '50%', two: 'none' }), ['50%']);
  assert.deepEqual(find('Name IN :none', { none: [] }), []);
  assert.deepEqual(find('Name LIKE :pattern', { pattern: '50\\%' }), ['50%']);
  assert.deepEqual(find('Name LIKE :pattern', { pattern: '%hara' }), ["o'hara"]);
  assert.deepEqual(find('Name = :record.Name', { 'record.Name': '50%' }), ['50%']);
  assert.equal(find('CreatedDate >= :since', { since: { kind: 'datetime', text: '2026-01-01T10:00:00Z' } }).length, 4);
  assert.equal(find('Name != :nothing LIMIT :most', { nothing: null, most: 2 }).length, 2);
});

test('Apex finds deleted records with ALL ROWS, and says in whose rights it asks', () => {
  const { org, session, insert, dml } = makeFixture();
  const [first = '', second] = insert('Account', { Name: 'a' }, { Name: 'b' });
  insert('Contact', { LastName: 'c', AccountId: second });
  dml('delete', 'Account', { Id: first });
  const integration = { ...session, userId: org.integrationUserId };
  const count = (soql: string, rest: Partial<ApexQuery> = {}) =>
    org.prepare(soql, integration, { apex: fromApex({}, rest) }).run().totalSize;
  assert.equal(count('SELECT Id FROM Account ALL ROWS'), 2);
  assert.equal(count('SELECT Id FROM Account'), 1);
  for (const refused of ['SELECT Id FROM Account WITH USER_MODE']) {
    assert.throws(() => count(refused), { errorCode: 'INVALID_TYPE' });
  }
  assert.throws(() => count('SELECT Id FROM Account', { mode: 'user' }), { errorCode: 'INVALID_TYPE' });
  assert.equal(count('SELECT Id FROM Account WITH SYSTEM_MODE', { mode: 'user' }), 1);
  assert.throws(() => count('SELECT Id FROM Account WITH SECURITY_ENFORCED'), { errorCode: 'INSUFFICIENT_ACCESS' });
  assert.throws(() => count('SELECT FIELDS(ALL) FROM Account LIMIT 5'), { errorCode: 'MALFORMED_QUERY' });
});

test('FOR UPDATE does not get a record that an uncommitted transaction holds', async () => {
  const { org, clock, session, insert, dml, query } = makeFixture();
  const [id] = insert('Account', { Name: 'a' });
  org.delayCommits(1000);
  dml('update', 'Account', { Id: id, Name: 'b' });
  assert.throws(() => query('SELECT Id FROM Account FOR UPDATE'), { errorCode: 'UNABLE_TO_LOCK_ROW' });
  assert.equal(query('SELECT Id FROM Account FOR VIEW').length, 1);
  const committed = org.whenCommitted();
  clock.advance(1000);
  await committed;
  assert.equal(org.prepare('SELECT Id FROM Account FOR UPDATE', session).run().totalSize, 1);
});
