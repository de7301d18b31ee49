import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addFields, customField, makeFixture } from '../fixture.ts';
import { formulaField } from './fixture.ts';

const person = { LastName: 'Doe', Company: 'Acme' };

function scored() {
  const fixture = makeFixture();
  addFields(
    fixture.org,
    'Lead',
    customField('Score__c', { type: 'double', precision: 9, scale: 0 }),
    formulaField('Double__c', 'double', 'Score__c * 2', { scale: 0, formulaTreatBlanksAs: 'BlankAsBlank' }),
    formulaField('Band__c', 'string', 'IF(Double__c > 10, "high, very", IF(ISBLANK(Score__c), "", "low"))', {
      formulaTreatBlanksAs: 'BlankAsBlank',
    }),
    formulaField('High__c', 'boolean', 'Double__c > 10'),
  );
  for (const score of [3, 9, null, 6]) fixture.insert('Lead', { ...person, Score__c: score });
  return fixture;
}

test('formulas are selected, filtered, ordered, grouped and counted like kept fields', () => {
  const { query } = scored();
  assert.deepEqual(query('SELECT Double__c, Band__c, High__c FROM Lead WHERE Double__c >= 6 ORDER BY Double__c DESC'), [
    { Double__c: 18, Band__c: 'high, very', High__c: true },
    { Double__c: 12, Band__c: 'high, very', High__c: true },
    { Double__c: 6, Band__c: 'low', High__c: false },
  ]);
  assert.deepEqual(query('SELECT Score__c FROM Lead WHERE High__c = false ORDER BY Score__c'), [
    { Score__c: null },
    { Score__c: 3 },
  ]);
  assert.deepEqual(
    query("SELECT Score__c FROM Lead WHERE Band__c LIKE 'HIGH%' AND Band__c IN ('high, very')").length,
    2,
  );
  assert.deepEqual(query('SELECT Double__c, Band__c FROM Lead WHERE Band__c = null'), [
    { Double__c: null, Band__c: null },
  ]);
  assert.deepEqual(query('SELECT Band__c, COUNT(Id) n, MAX(Double__c) m FROM Lead GROUP BY Band__c ORDER BY Band__c'), [
    { Band__c: null, n: 1, m: null },
    { Band__c: 'high, very', n: 2, m: 18 },
    { Band__c: 'low', n: 1, m: 6 },
  ]);
});

test('a parent’s formula is read through a lookup and in child lists', () => {
  const { org, insert, query, dml } = makeFixture();
  addFields(org, 'Account', formulaField('Loud__c', 'string', 'UPPER(Name)'));
  addFields(org, 'Contact', formulaField('Place__c', 'string', 'LastName & " at " & Account.Loud__c'));
  const [account] = insert('Account', { Name: 'Acme' });
  insert('Contact', { LastName: 'Doe', AccountId: account }, { LastName: 'Roe' });
  assert.deepEqual(query('SELECT Place__c, Account.Loud__c FROM Contact ORDER BY LastName'), [
    { Place__c: 'Doe at ACME', Account: { Loud__c: 'ACME' } },
    { Place__c: 'Roe at ', Account: null },
  ]);
  assert.deepEqual(query("SELECT Name FROM Contact WHERE Account.Loud__c = 'acme'").length, 1);
  dml('update', 'Account', { Id: account, Name: 'Zeta' });
  assert.deepEqual(query('SELECT (SELECT Place__c FROM Contacts) FROM Account'), [
    { Contacts: [{ Place__c: 'Doe at ZETA' }] },
  ]);
});

test('a Bulk result keeps the values of the moment when its rows were found', () => {
  const { org, clock, session, dml, query } = scored();
  addFields(org, 'Lead', formulaField('Age__c', 'double', '(NOW() - CreatedDate) * 24', { scale: 2 }));
  clock.advance(3_600_000);
  const prepared = org.prepare(
    'SELECT Score__c, Age__c, Band__c FROM Lead WHERE Score__c > 3 ORDER BY Score__c',
    session,
  );
  const [snapshot, rows] = [prepared.snapshot(), prepared.run()];
  clock.advance(3_600_000);
  for (const row of query('SELECT Id FROM Lead')) dml('update', 'Lead', { ...(row as object), Score__c: 0 });
  assert.equal(snapshot.csv(0, 2, ',', '\n'), '6,1,"high, very"\n9,1,"high, very"\n');
  assert.deepEqual(
    rows.rows.map((row) => row.values.get('Age__c')),
    [1, 1],
  );
  assert.deepEqual(query('SELECT Age__c FROM Lead LIMIT 1'), [{ Age__c: 2 }]);
});

test('nobody writes a formula field, and no change tells of it', () => {
  const { org, dml, insert } = scored();
  const [refused] = dml('insert', 'Lead', { ...person, Double__c: 4 });
  assert.equal(refused?.errors[0]?.statusCode, 'INVALID_FIELD_FOR_INSERT_UPDATE');
  assert.deepEqual(refused?.errors[0]?.fields, ['Double__c']);
  const told: string[] = [];
  org.onCommit(({ changes }) => {
    for (const { changed } of changes) told.push(...changed.keys());
  });
  const [id] = insert('Lead', { ...person, Score__c: 1 });
  dml('update', 'Lead', { Id: id, Score__c: 2 });
  assert.ok(told.includes('Score__c'));
  assert.deepEqual(
    told.filter((name) => ['Double__c', 'Band__c', 'High__c'].includes(name)),
    [],
  );
});

test('describe tells formula fields as an org does', () => {
  const { org, session } = scored();
  const { fields } = org.schema.describe('Lead', session) as { fields: Record<string, unknown>[] };
  const { calculated, calculatedFormula, createable, updateable, formulaTreatNullNumberAsZero, length } =
    fields.find(({ name }) => name === 'Band__c') ?? {};
  assert.deepEqual(
    { calculated, createable, updateable, formulaTreatNullNumberAsZero, length },
    { calculated: true, createable: false, updateable: false, formulaTreatNullNumberAsZero: false, length: 1300 },
  );
  assert.equal(fields.find(({ name }) => name === 'High__c')?.['formulaTreatNullNumberAsZero'], true);
  assert.match(String(calculatedFormula), /^IF\(Double__c/);
});
