import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import type { FieldType } from '../contract/index.ts';
import { addFields, customField, makeFixture, type Fixture } from '../fixture.ts';
import { formulaField } from './fixture.ts';

let fixture: Fixture;
let id: string;

const choice = (value: string) => ({ value, label: value, active: true, defaultValue: false });

before(() => {
  fixture = makeFixture();
  addFields(
    fixture.org,
    'Lead',
    customField('Amount__c', { type: 'double', precision: 12, scale: 2 }),
    customField('Blank__c', { type: 'double', precision: 12, scale: 2 }),
    customField('Share__c', { type: 'percent', precision: 5, scale: 2 }),
    customField('Day__c', { type: 'date' }),
    customField('When__c', { type: 'datetime' }),
    customField('Tags__c', { type: 'multipicklist', picklistValues: ['A', 'B', 'C'].map(choice) }),
    customField('Level__c', { type: 'picklist', picklistValues: ['Gold', 'Tin'].map(choice) }),
    customField('Account__c', { type: 'reference', referenceTo: ['Account'], relationshipName: 'Account__r' }),
  );
  const [account] = fixture.insert('Account', { Name: 'Acme' });
  [id = ''] = fixture.insert('Lead', {
    FirstName: 'Zoë',
    LastName: 'Doe',
    Company: 'Acme, Inc.',
    Amount__c: 12.5,
    Share__c: 25,
    Day__c: '2024-02-29',
    When__c: '2026-01-01T09:00:00Z',
    Tags__c: 'A;C',
    Level__c: 'Gold',
    Account__c: account,
  });
});

/** Deploys these formulas as fields of one type and reads them of the one lead. */
function values(type: FieldType, formulas: readonly string[], treat: 'BlankAsBlank' | 'BlankAsZero'): unknown[] {
  const { org, query } = fixture;
  const names = formulas.map((_, index) => `F${index}__c`);
  const fields = names.map((name, index) =>
    formulaField(name, type, formulas[index] ?? '', { formulaTreatBlanksAs: treat }),
  );
  const change = { objects: [], removedObjects: [] };
  org.applySchema({ ...change, fields: fields.map((field) => ({ object: 'Lead', field })), removedFields: [] });
  const [row] = query(`SELECT ${names.join(', ')} FROM Lead WHERE Id = '${id}'`);
  org.applySchema({ ...change, fields: [], removedFields: names.map((field) => ({ object: 'Lead', field })) });
  return Object.values(row as Record<string, unknown>);
}

function check(
  type: FieldType,
  cases: readonly (readonly [string, unknown])[],
  treat: 'BlankAsBlank' | 'BlankAsZero' = 'BlankAsZero',
): void {
  const found = values(
    type,
    cases.map(([formula]) => formula),
    treat,
  );
  assert.deepEqual(
    cases.map(([formula], index) => [formula, found[index]]),
    cases,
  );
}

test('numbers are decimals, and blanks are zeroes or blanks as the field says', () => {
  check('double', [
    ['Amount__c * 2 + 1', 26],
    ['0.1 + 0.2', 0.3],
    ['1 / 3', 0.333333],
    ['2 ^ 10', 1024],
    ['-Amount__c', -12.5],
    ['Amount__c + Blank__c', 12.5],
    ['1 / Blank__c', null],
    ['Share__c', 0.25],
    ['ABS(-3)', 3],
    ['CEILING(-2.5) * 10 + CEILING(2.1)', -27],
    ['FLOOR(-2.5) * 10 + FLOOR(2.9)', -18],
    ['MCEILING(-2.5) * 10 + MFLOOR(-2.5)', -23],
    ['ROUND(1.005, 2)', 1.01],
    ['ROUND(-2.5, 0)', -3],
    ['ROUND(1250, -2)', 1300],
    ['MIN(3, 1, 2) + MAX(3, 1, 2) * 10', 31],
    ['MOD(7, 3)', 1],
    ['MOD(1, 0)', null],
    ['NULLVALUE(Blank__c, 7)', 0],
  ]);
  check(
    'double',
    [
      ['Amount__c + Blank__c', null],
      ['BLANKVALUE(Blank__c, 7)', 7],
      ['IF(Blank__c > 0, 1, 2)', 2],
      ['MAX(Blank__c, 1)', null],
    ],
    'BlankAsBlank',
  );
  check('percent', [['Share__c * 2', 50]]);
});

test('texts', () => {
  check('string', [
    ['FirstName & " " & LastName', 'Zoë Doe'],
    ['FirstName + LastName', 'ZoëDoe'],
    ['Title & ""', null],
    ['LEFT(LastName, 2) & RIGHT(LastName, 2) & MID(LastName, 2, 1)', 'Dooeo'],
    ['RIGHT(LastName, 0)', null],
    ['UPPER(FirstName) & LOWER(LastName) & TRIM("  x ")', 'ZOËdoex'],
    ['SUBSTITUTE(Company, "Acme", "$& Co")', '$& Co, Inc.'],
    [
      'TEXT(Amount__c) & "/" & TEXT(Level__c) & "/" & TEXT(1000000000000000000000000) & "/" & TEXT(1/8000000)',
      '12.5/Gold/1000000000000000000000000/0.000000125',
    ],
    ['TEXT(Day__c) & "|" & TEXT(When__c)', '2024-02-29|2026-01-01 09:00:00Z'],
    ['CASE(Level__c, "Tin", "low", "Gold", "high", "none")', 'high'],
    ['IF(ISBLANK(Title), "no", Title)', 'no'],
    ['BLANKVALUE(Title, "none") & NULLVALUE(Title, "null")', 'none'],
    ['Account__r.Name & " of " & Owner:User.LastName', 'Acme of User'],
    ['$User.LastName & "/" & $Profile.Name', 'User/System Administrator'],
    ['CASESAFEID(Id)', id],
    ['Id', id.slice(0, 15)],
    ['"a\\"b\\\\c\\nd"', 'a"b\\c\nd'],
  ]);
  check('double', [
    ['LEN(FirstName) * 100 + LEN(Title)', 300],
    ['FIND("e", Company) * 100 + FIND("c", Company, 3)', 409],
    ['FIND("x", Company)', 0],
    ['VALUE("12.50")', 12.5],
    ['VALUE("twelve")', null],
    ['VALUE("")', null],
  ]);
});

test('conditions; texts are compared with regard to case', () => {
  const truths = [
    'LastName = "Doe"',
    'LastName <> "doe"',
    'Title = NULL',
    'NOT(Amount__c < 12.5) && Amount__c <= 12.5',
    'OR(FALSE, ISPICKVAL(Level__c, "Gold"))',
    'AND(INCLUDES(Tags__c, "C"), NOT(INCLUDES(Tags__c, "B")))',
    'CONTAINS(Company, "Inc") && BEGINS(Company, "Acme") && NOT(BEGINS(Company, "acme"))',
    'ISNUMBER("-1.5") && NOT(ISNUMBER("1,5")) && NOT(ISNUMBER(""))',
    'NOT(ISNULL(Title)) && ISBLANK(Title)',
    'NOT(ISBLANK(Level__c))',
    'CreatedDate = NOW() && TODAY() = DATEVALUE(NOW())',
    'NOT(IsConverted)',
    'OwnerId = $User.Id',
    'NOT($Permission.Anything)',
  ];
  check(
    'boolean',
    truths.map((formula) => [formula, true] as const),
  );
  check('boolean', [
    ['1/Blank__c > 1', null],
    ['NULL', false],
  ]);
});

test('dates: days are counted, and it is the org’s clock that tells the time', () => {
  check('date', [
    ['Day__c + 1', '2024-03-01'],
    ['Day__c - 1.9', '2024-02-28'],
    ['DATE(YEAR(Day__c) + 1, MONTH(Day__c), DAY(Day__c))', null],
    ['DATE(2026, 1, 31)', '2026-01-31'],
    ['DATEVALUE("2026-01-31")', '2026-01-31'],
    ['DATEVALUE("soon")', null],
    ['TODAY()', '2026-01-01'],
    ['IF(ISBLANK(Day__c), NULL, Day__c)', '2024-02-29'],
  ]);
  check('datetime', [
    ['When__c + 1/24', '2026-01-01T10:00:00.000+0000'],
    ['NOW()', '2026-01-01T10:00:00.000+0000'],
    ['DATETIMEVALUE("2026-01-31 10:00:00")', '2026-01-31T10:00:00.000+0000'],
  ]);
  check('double', [
    ['(NOW() - When__c) * 24', 1],
    ['TODAY() - Day__c', 672],
  ]);
  const { org, dml, clock } = fixture;
  clock.advance(14 * 3_600_000);
  check('boolean', [['NOW() - When__c > 14/24 && TODAY() = DATE(2026, 1, 2)', true]]);
  dml('update', 'User', { Id: org.adminUserId, TimeZoneSidKey: 'America/Los_Angeles' });
  check('date', [
    ['TODAY()', '2026-01-01'],
    ['DATEVALUE(NOW())', '2026-01-02'],
  ]);
});
