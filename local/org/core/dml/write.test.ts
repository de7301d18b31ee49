import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addFields, customField, makeFixture, type Fixture } from '../fixture.ts';

const person = { LastName: 'Doe', Company: 'Acme' };

function refusal(
  { dml }: Fixture,
  object: string,
  record: Record<string, unknown>,
): readonly [string, string, readonly string[]] {
  const [error] = dml('insert', object, record)[0]?.errors ?? [];
  return [error?.statusCode ?? 'none', error?.message ?? '', error?.fields ?? []];
}

test('each record is judged by itself, in an org’s codes and words', () => {
  const fixture = makeFixture();
  const [account = ''] = fixture.insert('Account', { Name: 'A' });
  addFields(
    fixture.org,
    'Lead',
    customField('Level__c', {
      type: 'picklist',
      restricted: true,
      picklistValues: [{ value: 'Gold', label: 'Gold', active: true, defaultValue: false }],
    }),
    customField('Score__c', { type: 'double', precision: 5, scale: 2 }),
    customField('When__c', { type: 'datetime' }),
    customField('Account__c', { type: 'reference', referenceTo: ['Account'], childRelationshipName: 'Leads__r' }),
  );
  const cases: [Record<string, unknown>, string, RegExp, string[]][] = [
    [{ Company: 'A' }, 'REQUIRED_FIELD_MISSING', /^Required fields are missing: \[LastName\]$/, ['LastName']],
    [
      { ...person, FirstName: 'x'.repeat(41) },
      'STRING_TOO_LONG',
      /^First Name: data value too large: x+ \(max length=40\)$/,
      ['FirstName'],
    ],
    [{ ...person, Email: 'nobody' }, 'INVALID_EMAIL_ADDRESS', /^Email: invalid email address: nobody$/, ['Email']],
    [
      { ...person, Level__c: 'Tin' },
      'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
      /bad value for restricted picklist field: Tin/,
      ['Level__c'],
    ],
    [
      { ...person, Score__c: 1000 },
      'NUMBER_OUTSIDE_VALID_RANGE',
      /value outside of valid range on numeric field: 1000/,
      ['Score__c'],
    ],
    [
      { ...person, NumberOfEmployees: 'many' },
      'INVALID_TYPE_ON_FIELD_IN_RECORD',
      /value not of required type: many/,
      ['NumberOfEmployees'],
    ],
    [
      { ...person, When__c: 'soon' },
      'INVALID_TYPE_ON_FIELD_IN_RECORD',
      /value not of required type: soon/,
      ['When__c'],
    ],
    [{ ...person, DoNotCall: 'maybe' }, 'INVALID_TYPE_ON_FIELD_IN_RECORD', /value not of required type/, ['DoNotCall']],
    [{ ...person, Account__c: 'abc' }, 'MALFORMED_ID', /id value of incorrect type: abc/, ['Account__c']],
    [
      { ...person, Account__c: `${account.slice(0, 15)}AAB` },
      'MALFORMED_ID',
      /id value of incorrect type/,
      ['Account__c'],
    ],
    [
      { ...person, Account__c: fixture.org.adminUserId },
      'FIELD_INTEGRITY_EXCEPTION',
      /id value of incorrect type/,
      ['Account__c'],
    ],
    [
      { ...person, Account__c: '001010000009999' },
      'INVALID_CROSS_REFERENCE_KEY',
      /^invalid cross reference id$/,
      ['Account__c'],
    ],
    [
      { ...person, Name: 'John Doe' },
      'INVALID_FIELD_FOR_INSERT_UPDATE',
      /Unable to create\/update fields: Name\./,
      ['Name'],
    ],
    [{ ...person, Id: account }, 'INVALID_FIELD_FOR_INSERT_UPDATE', /cannot specify Id in an insert call/, ['Id']],
  ];
  for (const [record, code, message, fields] of cases) {
    const [statusCode, text, named] = refusal(fixture, 'Lead', record);
    assert.equal(statusCode, code, text);
    assert.match(text, message);
    assert.deepEqual(named, fields);
  }
  assert.deepEqual(fixture.query('SELECT COUNT() FROM Lead'), []);
});

test('an unknown field refuses the whole request', () => {
  const { dml, org, session } = makeFixture();
  assert.throws(() => dml('insert', 'Lead', person, { ...person, X: 1 }), {
    errorCode: 'INVALID_FIELD',
    message: "No such column 'X' on sobject of type Lead",
  });
  assert.equal(org.prepare('SELECT COUNT() FROM Lead', session).run().totalSize, 0);
  assert.throws(() => dml('insert', 'Nothing', {}), { errorCode: 'INVALID_TYPE' });
});

test('values are kept by their type, whether JSON or CSV brought them', () => {
  const { insert, query, org } = makeFixture();
  addFields(
    org,
    'Lead',
    customField('Tags__c', {
      type: 'multipicklist',
      length: 4099,
      picklistValues: ['a', 'b', 'c'].map((value) => ({ value, label: value, active: true, defaultValue: false })),
    }),
  );
  insert('Lead', {
    attributes: { type: 'Lead' },
    lastname: '  Doe ',
    FirstName: 'Jane',
    Company: 'A',
    NumberOfEmployees: '12',
    AnnualRevenue: 1000.4,
    HasOptedOutOfEmail: 'TRUE',
    Description: ' kept \n',
    Status: 'working - contacted',
    Title: '',
    Tags__c: 'c;A',
    EmailBouncedDate: '2026-01-01T12:00:00.9+02:00',
  });
  assert.deepEqual(
    query(
      'SELECT Name, LastName, NumberOfEmployees, AnnualRevenue, HasOptedOutOfEmail, DoNotCall, Description, Status, Title, Tags__c, EmailBouncedDate FROM Lead',
    ),
    [
      {
        Name: 'Jane Doe',
        LastName: 'Doe',
        NumberOfEmployees: 12,
        AnnualRevenue: 1000,
        HasOptedOutOfEmail: true,
        DoNotCall: false,
        Description: ' kept \n',
        Status: 'Working - Contacted',
        Title: null,
        Tags__c: 'a;c',
        EmailBouncedDate: '2026-01-01T10:00:00.000+0000',
      },
    ],
  );
});

test('an update stamps, even when it changes nothing, and tells only what changed', () => {
  const { insert, query, dml, clock, org } = makeFixture();
  const [id = ''] = insert('Lead', { ...person, Title: 'CEO' });
  const told: unknown[] = [];
  org.onCommit(({ changes }) => told.push(...changes.map(({ type, changed }) => [type, Object.fromEntries(changed)])));
  clock.advance(1_500);
  dml('update', 'Lead', { Id: id, Title: 'CEO' });
  clock.advance(1_500);
  dml('update', 'Lead', { Id: id.slice(0, 15), Title: null, FirstName: 'Jane' });
  assert.deepEqual(told, [
    ['UPDATE', { LastModifiedDate: '2026-01-01T10:00:01.000+0000' }],
    ['UPDATE', { LastModifiedDate: '2026-01-01T10:00:03.000+0000', Title: null, FirstName: 'Jane', Name: 'Jane Doe' }],
  ]);
  assert.deepEqual(query('SELECT CreatedDate, SystemModstamp FROM Lead'), [
    { CreatedDate: '2026-01-01T10:00:00.000+0000', SystemModstamp: '2026-01-01T10:00:03.000+0000' },
  ]);
});

test('an update needs an ID that is there, whole and of its object', () => {
  const { dml, insert } = makeFixture();
  const [account] = insert('Account', { Name: 'A' });
  const [lead] = insert('Lead', person);
  const codes = dml(
    'update',
    'Lead',
    { Title: 'x' },
    { Id: 'zz' },
    { Id: account },
    { Id: '00Q010000009999' },
    { Id: lead, LastName: null },
  );
  assert.deepEqual(
    codes.map((result) => result.errors[0]?.statusCode),
    ['MISSING_ARGUMENT', 'MALFORMED_ID', 'MALFORMED_ID', 'INVALID_CROSS_REFERENCE_KEY', 'REQUIRED_FIELD_MISSING'],
  );
  dml('delete', 'Lead', { Id: lead });
  assert.equal(dml('update', 'Lead', { Id: lead, Title: 'x' })[0]?.errors[0]?.statusCode, 'ENTITY_IS_DELETED');
});

test('all or none: the others are rolled back with their own code, and nothing is told', () => {
  const { org, session, query } = makeFixture();
  let told = 0;
  org.onCommit(() => told++);
  const results = org.dml({
    operation: 'insert',
    object: 'Lead',
    records: [person, { Company: 'x' }, person],
    allOrNone: true,
    session,
  });
  assert.deepEqual(
    results.map((result) => result.errors[0]?.statusCode),
    ['ALL_OR_NONE_OPERATION_ROLLED_BACK', 'REQUIRED_FIELD_MISSING', 'ALL_OR_NONE_OPERATION_ROLLED_BACK'],
  );
  assert.deepEqual(query('SELECT Id FROM Lead'), []);
  assert.equal(told, 0);
});

test('a transaction of several requests is committed whole, told once, and rolled back whole', () => {
  const { org, session, query } = makeFixture();
  const told: number[] = [];
  org.onCommit(({ changes }) => told.push(changes.length));
  org.transaction(session, (dml) => {
    const [account] = dml({ operation: 'insert', object: 'Account', records: [{ Name: 'A' }], allOrNone: true });
    dml({
      operation: 'insert',
      object: 'Contact',
      records: [{ LastName: 'C', AccountId: account?.id }],
      allOrNone: true,
    });
    dml({ operation: 'update', object: 'Account', records: [{ Id: account?.id, Name: 'B' }], allOrNone: true });
  });
  assert.deepEqual(told, [2]);
  assert.throws(() =>
    org.transaction(session, (dml) => {
      dml({ operation: 'insert', object: 'Account', records: [{ Name: 'C' }], allOrNone: true });
      throw new Error('stop');
    }),
  );
  assert.deepEqual(query('SELECT Name, (SELECT LastName FROM Contacts) FROM Account'), [
    { Name: 'B', Contacts: [{ LastName: 'C' }] },
  ]);
});

test('numbers are rounded to their scale as decimals, half away from zero', () => {
  const { org, insert, query } = makeFixture();
  addFields(org, 'Account', customField('Score__c', { type: 'double', precision: 10, scale: 2 }));
  insert('Account', ...[1.005, -1.005, '2.675', -0.001, 1e-9, 12345678.9].map((Score__c) => ({ Name: 'n', Score__c })));
  assert.deepEqual(
    (query('SELECT Score__c FROM Account ORDER BY Id') as { Score__c: number }[]).map((row) => row.Score__c),
    [1.01, -1.01, 2.68, 0, 0, 12345678.9],
  );
});
