import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { isOwnField, ownFieldsOnly } from './own-fields.ts';

const limits = ownFieldsOnly({ prefix: 'Pendo_', systemObjects: ['account', 'visitor'] });

test('P-38: only custom fields with the prefix may be written in the org', () => {
  for (const name of ['Pendo_TimeOnSite_Last30Days__c', 'Pendo_X__c', 'Pendo_Days1__pc']) {
    assert(limits.mayWrite('Account', name), name);
  }
  const refused = [
    'Name',
    'Phone',
    'Score__c',
    'PendoScore__c',
    'Pendo_X',
    'Pendo_X__r',
    'Pendo_X__r.Name',
    'Pendo___c',
  ];
  for (const name of [...refused, 'ns__Pendo_X__c', 'Pendo__X__c', 'Pendo_X__c.Name', 'Pendo_X__c ', '', 'Pendo_']) {
    assert(!limits.mayWrite('Account', name), name);
  }
});

test('P-39: the prefix is case sensitive', () => {
  for (const name of ['pendo_x__c', 'PENDO_x__c', 'pENDO_X__c', 'Pendo_x__C'])
    assert(!limits.mayWrite('Account', name));
  fc.assert(
    fc.property(fc.mixedCase(fc.constant('Pendo_')), (prefix) => {
      assert.equal(isOwnField('Pendo_', `${prefix}Days__c`), prefix === 'Pendo_');
    }),
  );
});

test('P-44: no record of the org may be created, whatever its object', () => {
  for (const object of ['Account', 'Contact', 'Thing__c', 'Account ']) assert(limits.existingOnly(object));
});

test("the system's own objects are not narrowed", () => {
  assert(limits.mayWrite('account', 'custom.tier'));
  assert(!limits.existingOnly('visitor'));
});
