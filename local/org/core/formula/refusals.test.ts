import assert from 'node:assert/strict';
import { test } from 'node:test';
import { OrgError } from '../contract/index.ts';
import { addFields, customField, makeFixture } from '../fixture.ts';
import { addRules, formulaField } from './fixture.ts';

const fixture = makeFixture();
addFields(
  fixture.org,
  'Lead',
  customField('Tags__c', { type: 'multipicklist', picklistValues: [] }),
  customField('Long__c', { type: 'textarea', length: 1000 }),
);

/** The words with which a formula of this type is refused. */
function refusal(apply: () => void): string {
  try {
    apply();
  } catch (error) {
    if (error instanceof OrgError) return error.message;
    throw error;
  }
  return 'accepted';
}

const ofField = (formula: string, type: 'string' | 'boolean' | 'double' = 'boolean') =>
  refusal(() => addFields(fixture.org, 'Lead', formulaField('F__c', type, formula))).replace('Lead.F__c: ', '');
const ofRule = (formula: string) =>
  refusal(() => addRules(fixture, 'Lead', { name: 'R', formula })).replace('Lead.R: ', '');

test('what cannot be evaluated is refused when it is deployed, in an org’s words', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['X__c = 1', 'Error: Field X__c does not exist. Check spelling.'],
    ['Nobody__r.Name = "x"', 'Error: Field Nobody__r.Name does not exist. Check spelling.'],
    ['Owner:Group.Nothing = "x"', 'Error: Field Owner:Group.Nothing does not exist. Check spelling.'],
    ['FOO(1)', 'Error: Unknown function FOO. Check spelling.'],
    ['AND(1, TRUE)', "Error: Incorrect parameter type for function 'AND()'. Expected Boolean, received Number"],
    ['NOT(LastName)', "Error: Incorrect parameter type for function 'NOT()'. Expected Boolean, received Text"],
    ['IF(TRUE, TRUE)', "Error: Incorrect number of parameters for function 'IF()'. Expected 3, received 2"],
    ['NOW(1) = NOW()', "Error: Incorrect number of parameters for function 'NOW()'. Expected 0, received 1"],
    ['IF(TRUE, 1, "a") = 1', "Error: Incorrect parameter type for function 'IF()'. Expected Number, received Text"],
    [
      'LastName > "a"',
      "Error: Incorrect parameter type for operator '>'. Expected Number, Date, DateTime, received Text",
    ],
    ['LastName = 1', "Error: Incorrect parameter type for operator '='. Expected Text, received Number"],
    ['TODAY() + NOW() = NOW()', "Error: Incorrect parameter type for operator '+'. Expected Number, received DateTime"],
    ['LastName & 1 = "a"', "Error: Incorrect parameter type for operator '&'. Expected Text, received Number"],
    [
      'Status = "Open"',
      'Error: Field Status is a picklist field. Picklist fields are only supported in certain functions.',
    ],
    [
      'LEN(Status) = 1',
      'Error: Field Status is a picklist field. Picklist fields are only supported in certain functions.',
    ],
    [
      'ISPICKVAL(LastName, "a")',
      "Error: Incorrect parameter type for function 'ISPICKVAL()'. Expected Picklist, received Text",
    ],
    [
      'ISPICKVAL(Status, LastName)',
      "Error: Incorrect parameter type for function 'ISPICKVAL()'. Expected Text literal, received Text",
    ],
    [
      'TEXT(LastName) = "a"',
      "Error: Incorrect parameter type for function 'TEXT()'. Expected Number, Date, DateTime, Picklist, received Text",
    ],
    ['CASE(1, 1, TRUE) = TRUE', "Error: Incorrect number of parameters for function 'CASE()'. Expected 4, received 3"],
    ['1 + 1', 'Error: Formula result is data type (Number), incompatible with expected data type (Boolean).'],
    ['ISNEW()', 'Error: Function ISNEW may not be used in this type of formula'],
    ['REGEX(LastName, "a")', 'Error: Function REGEX may not be used in this type of formula'],
    [
      'ISBLANK(Long__c)',
      'Error: You referenced an unsupported field type called "Long Text Area" using the following field: Long__c',
    ],
    [
      'Owner.Email = "a"',
      'Error: Field Owner.Email does not exist. Check spelling. Say which object: Owner:Group or Owner:User.',
    ],
    ['HYPERLINK("a", "b") = "c"', 'not yet: the function HYPERLINK in formulas of the local org'],
    ['$Organization.Name = "a"', 'not yet: the global $Organization in formulas of the local org'],
    ['$Nothing.Name = "a"', 'Error: Field $Nothing.Name does not exist. Check spelling.'],
    ['F__c', 'Error: Field F__c may not refer to itself'],
    [`"${'x'.repeat(4000)}" = "y"`, 'Error: Formula is too long (4008 characters). Maximum length is 3900 characters.'],
    ['(1 = 1', "Error: Syntax error. Missing ')'"],
  ];
  for (const [formula, message] of cases) assert.equal(ofField(formula), message, formula);
  assert.equal(
    ofField('Tags__c', 'string'),
    'Error: Field Tags__c is a picklist field. Picklist fields are only supported in certain functions.',
  );
});

test('a rule is refused likewise, and when its field is not there', () => {
  assert.equal(
    ofRule('LastName'),
    'Error: Formula result is data type (Text), incompatible with expected data type (true or false).',
  );
  assert.equal(
    ofRule('ISCHANGED(LEFT(LastName, 1))'),
    "Error: Incorrect parameter type for function 'ISCHANGED()'. Expected Field, received Text",
  );
  assert.match(ofRule('REGEX(LastName, "(")'), /^not yet: the REGEX pattern/);
  assert.match(ofRule('REGEX(LastName, Company)'), /^not yet: a REGEX pattern that is no literal/);
  assert.equal(ofRule('ISBLANK(Long__c)'), 'accepted');
  assert.equal(
    refusal(() => addRules(fixture, 'Lead', { name: 'R', formula: 'FALSE', displayField: 'X__c' })),
    'Lead.R: Error: Field X__c does not exist. Check spelling.',
  );
});

test('a field that a formula needs is not removed, and formulas do not go in circles', () => {
  const { org } = fixture;
  addFields(org, 'Lead', customField('Base__c', { type: 'boolean' }), formulaField('One__c', 'boolean', 'Base__c'));
  addFields(org, 'Lead', formulaField('Two__c', 'boolean', 'One__c'));
  assert.equal(
    refusal(() => addFields(org, 'Lead', formulaField('One__c', 'boolean', 'Two__c'))),
    'Lead.Two__c: Error: Field Two__c may not refer to itself',
  );
  const removedFields = [{ object: 'Lead', field: 'Base__c' }];
  assert.equal(
    refusal(() => org.applySchema({ objects: [], fields: [], removedObjects: [], removedFields })),
    'Lead.One__c: Error: Field Base__c does not exist. Check spelling.',
  );
});
