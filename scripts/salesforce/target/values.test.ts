import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { OrgObject } from '../describe.ts';
import { field } from '../testing/index.ts';
import { choiceProblem } from './values.ts';

const partner = '012000000000001AAA';
const values = [
  { value: 'gold', label: 'Gold partner' },
  { value: 'web', label: 'Web' },
];
const lead: OrgObject = {
  name: 'Lead',
  label: 'Lead',
  rights: { create: true, edit: true, delete: true },
  recordTypes: [
    { id: partner, name: 'Partner', available: true, master: false },
    { id: '012000000000002AAA', name: 'Internal', available: false, master: false },
  ],
  keyPrefix: '00Q',
  fields: new Map([
    ['level__c', field('Level__c', 'picklist', { restricted: true, values })],
    ['source', field('Source', 'picklist', { values })],
  ]),
  parents: new Map(),
};

test('K-34: a record type that the integration user may not use is found before the record leaves', () => {
  assert.equal(choiceProblem(lead, { RecordTypeId: partner.slice(0, 15) }, undefined), undefined);
  assert.equal(
    choiceProblem(lead, { RecordTypeId: '012000000000002AAA' }, undefined),
    'the record type Internal is not available to the integration user',
  );
  assert.equal(
    choiceProblem(lead, { RecordTypeId: '012000000000009AAA' }, undefined),
    'RecordTypeId names no record type of Lead',
  );
});

test("K-28: a value of the field's list that the record's type does not offer is found before the record leaves", () => {
  const offered = new Map([['Level__c', new Set(['gold'])]]);
  assert.equal(choiceProblem(lead, { RecordTypeId: partner, Level__c: 'gold' }, offered), undefined);
  assert.equal(
    choiceProblem(lead, { RecordTypeId: partner, Level__c: 'web' }, offered),
    'Level__c does not take this value with the record type of the record',
  );
  assert.equal(choiceProblem(lead, { Source: 'anything' }, undefined), undefined, 'an open list takes other values');
});
