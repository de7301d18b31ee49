import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addFields, customField, makeFixture, type Fixture } from '../fixture.ts';
import { addRules, formulaField } from './fixture.ts';

const person = { LastName: 'Doe', Company: 'Acme' };

type Rule = Parameters<typeof addRules>[2];

function fixtureWith(...rules: Rule[]): Fixture {
  const fixture = makeFixture();
  addFields(
    fixture.org,
    'Lead',
    customField('Ext__c', { type: 'string', length: 20, externalId: true, unique: true }),
    customField('Claimed_By__c', { type: 'string', length: 20 }),
    customField('Score__c', { type: 'double', precision: 5, scale: 0 }),
  );
  addRules(fixture, 'Lead', ...rules);
  return fixture;
}

const broken = (name: string, ...fields: string[]) => ({
  statusCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION',
  message: `${name} is broken`,
  fields,
});

test('a record that breaks rules is refused with each of their messages; the others are written', () => {
  const { dml, query } = fixtureWith(
    { name: 'Positive', formula: 'Score__c < 0', displayField: 'score__c' },
    { name: 'Named', formula: 'LastName = "Nobody"' },
    { name: 'Asleep', formula: 'TRUE', active: false },
  );
  const results = dml(
    'insert',
    'Lead',
    person,
    { ...person, LastName: 'Nobody', Score__c: -1 },
    { ...person, Score__c: 0 },
  );
  assert.deepEqual(
    results.map(({ success, errors }) => [success, errors]),
    [
      [true, []],
      [false, [broken('Positive', 'Score__c'), broken('Named')]],
      [true, []],
    ],
  );
  assert.equal(query('SELECT Id FROM Lead').length, 2);
});

test('rules judge defaults, and come before unique values', () => {
  const fixture = fixtureWith({
    name: 'Ext',
    formula: 'AND(Ext__c = "taken", ISPICKVAL(Status, "Open - Not Contacted"))',
  });
  const { dml, query } = fixture;
  assert.equal(dml('insert', 'Lead', { ...person, Ext__c: 'taken', Status: 'Closed - Converted' })[0]?.success, true);
  assert.deepEqual(dml('insert', 'Lead', { ...person, Ext__c: 'taken' })[0]?.errors, [broken('Ext')]);
  assert.equal(query('SELECT Id FROM Lead').length, 1);
});

test('ISNEW, ISCHANGED and PRIORVALUE know the record before, on insert, update and upsert', () => {
  const { dml, insert } = fixtureWith(
    {
      name: 'Claim',
      formula: 'AND(NOT(ISNEW()), ISCHANGED(Claimed_By__c), NOT(ISBLANK(PRIORVALUE(Claimed_By__c))))',
      displayField: 'Claimed_By__c',
    },
    { name: 'Fresh', formula: 'ISNEW() && PRIORVALUE(Company) = "Forbidden"' },
    { name: 'Untouched', formula: 'ISNEW() && ISCHANGED(Company)' },
    { name: 'Falling', formula: 'PRIORVALUE(Score__c) > Score__c' },
  );
  const [id = ''] = insert('Lead', { ...person, Ext__c: 'e1', Score__c: 5 });
  const errorsOf = (operation: 'insert' | 'update', record: object) => dml(operation, 'Lead', { ...record })[0]?.errors;
  assert.deepEqual(errorsOf('update', { Id: id, Claimed_By__c: 'a' }), []);
  assert.deepEqual(errorsOf('update', { Id: id, Claimed_By__c: 'a', LastName: 'Roe' }), []);
  assert.deepEqual(errorsOf('update', { Id: id, Claimed_By__c: 'b' }), [broken('Claim', 'Claimed_By__c')]);
  assert.deepEqual(errorsOf('update', { Id: id, Claimed_By__c: null }), [broken('Claim', 'Claimed_By__c')]);
  assert.deepEqual(errorsOf('update', { Id: id, Score__c: 4 }), [broken('Falling')]);
  assert.deepEqual(errorsOf('update', { Id: id, Score__c: null }), []);
  assert.deepEqual(errorsOf('insert', { ...person, Company: 'Forbidden' }), [broken('Fresh')]);
});

test('an upsert is judged as the insert or update that it is', () => {
  const { org, session } = fixtureWith(
    { name: 'New', formula: 'ISNEW() && Company = "X"' },
    { name: 'Old', formula: 'NOT(ISNEW()) && Company = "Y"' },
  );
  const upsert = (Company: string, Ext__c: string) =>
    org.dml({
      operation: 'upsert',
      object: 'Lead',
      externalIdField: 'Ext__c',
      records: [{ ...person, Company, Ext__c }],
      allOrNone: false,
      session,
    })[0];
  assert.deepEqual(upsert('X', 'one')?.errors, [broken('New')]);
  assert.equal(upsert('Y', 'one')?.created, true);
  assert.deepEqual(upsert('Y', 'one')?.errors, [broken('Old')]);
  assert.equal(upsert('X', 'one')?.success, true);
});

test('two writes in one transaction: the second is judged against the first, and a broken rule undoes all or none', () => {
  const { org, session, insert, query } = fixtureWith({
    name: 'Claim',
    formula: 'ISCHANGED(Claimed_By__c) && NOT(ISBLANK(PRIORVALUE(Claimed_By__c)))',
  });
  const [id] = insert('Lead', person);
  org.transaction(session, (dml) => {
    const claim = (by: string) =>
      dml({ operation: 'update', object: 'Lead', records: [{ Id: id, Claimed_By__c: by }], allOrNone: false })[0];
    assert.equal(claim('a')?.success, true);
    assert.deepEqual(claim('b')?.errors, [broken('Claim')]);
  });
  assert.deepEqual(query('SELECT Claimed_By__c FROM Lead'), [{ Claimed_By__c: 'a' }]);
  const records = [
    { Id: id, LastName: 'Roe' },
    { Id: id, Claimed_By__c: 'c' },
  ];
  const results = org.dml({ operation: 'update', object: 'Lead', records, allOrNone: true, session });
  assert.deepEqual(
    results.map(({ errors }) => errors[0]?.statusCode),
    ['ALL_OR_NONE_OPERATION_ROLLED_BACK', 'FIELD_CUSTOM_VALIDATION_EXCEPTION'],
  );
  assert.deepEqual(query('SELECT LastName FROM Lead'), [{ LastName: 'Doe' }]);
});

test('a lease is kept until the org’s clock has passed it', () => {
  const fixture = makeFixture();
  const { org, clock, insert, dml } = fixture;
  addFields(
    org,
    'Account',
    customField('Until__c', { type: 'datetime' }),
    customField('Holder__c', { type: 'string', length: 5 }),
  );
  addRules(fixture, 'Account', { name: 'Lease', formula: 'ISCHANGED(Holder__c) && PRIORVALUE(Until__c) > NOW()' });
  const [id] = insert('Account', { Name: 'A', Holder__c: 'a', Until__c: new Date(clock.now() + 60_000).toISOString() });
  const take = () => dml('update', 'Account', { Id: id, Holder__c: 'b' })[0]?.success;
  assert.equal(take(), false);
  clock.advance(59_000);
  assert.equal(take(), false);
  clock.advance(1_000);
  assert.equal(take(), true);
});

test('a formula field can be judged, with what it was before; a parent too', () => {
  const fixture = makeFixture();
  const { org, insert, dml } = fixture;
  addFields(org, 'Contact', formulaField('Loud__c', 'string', 'UPPER(LastName) & " " & UPPER(Account.Name)'));
  addRules(
    fixture,
    'Contact',
    { name: 'Kept', formula: 'ISCHANGED(Loud__c) && PRIORVALUE(Loud__c) = "ROE ACME"' },
    { name: 'Parent', formula: 'Account.Name = "Closed"' },
  );
  const [open, closed] = insert('Account', { Name: 'Acme' }, { Name: 'Closed' });
  const [id] = insert('Contact', { LastName: 'Doe', AccountId: open });
  const rename = (record: object) => dml('update', 'Contact', { Id: id, ...record })[0]?.errors;
  assert.deepEqual(rename({ LastName: 'Roe' }), []);
  assert.deepEqual(rename({ LastName: 'ROE' }), []);
  assert.deepEqual(rename({ LastName: 'Poe' }), [broken('Kept')]);
  assert.deepEqual(rename({ AccountId: closed, LastName: 'Poe' }), [broken('Kept'), broken('Parent')]);
  assert.deepEqual(dml('insert', 'Contact', { LastName: 'New', AccountId: closed })[0]?.errors, [broken('Parent')]);
});

test('a rule that meets what it cannot work with refuses the record and says so', () => {
  const { dml } = fixtureWith({ name: 'Ratio', formula: '1 / Score__c > 1' });
  assert.equal(dml('insert', 'Lead', person)[0]?.success, true);
  assert.deepEqual(dml('insert', 'Lead', { ...person, Score__c: 0 })[0]?.errors, [
    {
      statusCode: 'FORMULA_EXPRESSION_INVALID',
      message: 'The formula in the "Ratio" validation rule is invalid due to the following: Division by zero',
      fields: [],
    },
  ]);
});

test('REGEX must match the whole text', () => {
  const { dml } = fixtureWith({ name: 'Digits', formula: 'NOT(REGEX(Ext__c, "(?i)[a-f]{2}\\\\d+"))' });
  const codes = ['ab12', 'AB1', 'xab1', 'ab', ''].map(
    (Ext__c) => dml('insert', 'Lead', { ...person, Ext__c })[0]?.success,
  );
  assert.deepEqual(codes, [true, true, false, false, false]);
});

test('$Permission is what assigned permission sets grant, as the org’s records say', () => {
  const fixture = fixtureWith({ name: 'Allowed', formula: 'NOT($Permission.May_Write)' });
  const { org, dml, insert } = fixture;
  const add = () => dml('insert', 'Lead', person)[0]?.errors;
  assert.deepEqual(add(), [broken('Allowed')]);
  const [permission] = insert('CustomPermission', { DeveloperName: 'May_Write', MasterLabel: 'May write' });
  const [set] = insert('PermissionSet', { Name: 'Writers', Label: 'Writers' });
  insert('SetupEntityAccess', { ParentId: set, SetupEntityId: permission });
  assert.deepEqual(add(), [broken('Allowed')]);
  const [assignment] = insert('PermissionSetAssignment', { PermissionSetId: set, AssigneeId: org.adminUserId });
  assert.deepEqual(add(), []);
  assert.equal(makeFixture(org.fork()).dml('insert', 'Lead', person)[0]?.success, true);
  dml('delete', 'PermissionSetAssignment', { Id: assignment });
  assert.deepEqual(add(), [broken('Allowed')]);
});
