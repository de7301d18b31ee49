import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { isOwnField } from './own-fields.ts';

test('P-38: only custom fields with the prefix are a system’s own', () => {
  for (const name of ['Pendo_TimeOnSite_Last30Days__c', 'Pendo_X__c', 'Pendo_Days1__pc']) {
    assert(isOwnField('Pendo_', name), name);
  }
  const others = [
    'Name',
    'Phone',
    'Score__c',
    'PendoScore__c',
    'Pendo_X',
    'Pendo_X__r',
    'Pendo_X__r.Name',
    'Pendo___c',
  ];
  for (const name of [...others, 'ns__Pendo_X__c', 'Pendo__X__c', 'Pendo_X__c.Name', 'Pendo_X__c ', '', 'Pendo_']) {
    assert(!isOwnField('Pendo_', name), name);
  }
});

test('P-39: the prefix is case sensitive', () => {
  for (const name of ['pendo_x__c', 'PENDO_x__c', 'pENDO_X__c', 'Pendo_x__C']) assert(!isOwnField('Pendo_', name));
  fc.assert(
    fc.property(fc.mixedCase(fc.constant('Pendo_')), (prefix) => {
      assert.equal(isOwnField('Pendo_', `${prefix}Days__c`), prefix === 'Pendo_');
    }),
  );
});
