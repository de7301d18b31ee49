import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { SyncConfiguration } from '../../engine/index.ts';
import { createOrgDoor } from './door.ts';

const limits = {
  mayWrite: (_object: string, path: string) => /^Pendo_\w+__c$/.test(path),
  existingOnly: () => true,
};

function sync(targets: readonly string[], change: Partial<SyncConfiguration> = {}): SyncConfiguration {
  return {
    name: 'usage',
    connection: 'pendo',
    direction: 'systemToSalesforce',
    salesforceObject: 'Account',
    systemObject: 'account',
    key: { source: 'id', target: 'Pendo_Id__c' },
    include: 'all',
    precedence: 1,
    // As somebody would write it by hand who wants more than the system gives.
    rules: { create: true, update: true, delete: 'forget' },
    schedule: { pollSeconds: 60 },
    mappings: targets.map((target) => ({ source: target, target, blank: 'keep' })),
    ...change,
  };
}

test('P-40: a configuration edited by hand opens no field outside the namespace on the request itself', () => {
  const door = createOrgDoor(sync(['Phone', 'pendo_x__c', 'Pendo_X__c', 'Owner.Name']), limits);
  assert.equal(door.refusal('update', { Pendo_X__c: 0 }), undefined);
  assert.equal(door.refusal('update', { Pendo_X__c: 0, Phone: '1' }), 'the field Phone');
  assert.equal(door.refusal('update', { pendo_x__c: 0 }), 'the field pendo_x__c');
  assert.equal(door.refusal('update', { Owner: { Name: 'A' } }), 'the field Owner.Name');
  assert.equal(door.refusal('update', { Pendo_X__c: { Name: 'A' } }), 'the field Pendo_X__c.Name');
});

test('P-40: whatever is mapped and whatever a record holds, nothing outside the namespace passes', () => {
  const name = fc.oneof(
    fc.constantFrom('Name', 'Phone', 'Pendo_X__c', 'Pendo_Y__c', 'pendo_x__c', 'PENDO_Y__c', 'Pendo__Z__c', 'Id'),
    fc.string({ minLength: 1 }),
  );
  const values = fc.dictionary(name, fc.oneof(fc.string(), fc.integer(), fc.constant(null)), { minKeys: 1 });
  fc.assert(
    fc.property(fc.uniqueArray(name), values, (targets, record) => {
      const passes = createOrgDoor(sync(targets), limits).refusal('update', record) === undefined;
      const allowed = (each: string): boolean =>
        each === 'Id' || (targets.includes(each) && limits.mayWrite('Account', each));
      assert.equal(passes, Object.keys(record).every(allowed));
    }),
  );
});

test('P-44: a request that could make a record does not leave, though the rules of the sync allow creating', () => {
  const door = createOrgDoor(sync(['Pendo_X__c']), limits);
  assert.match(door.refusal('upsert', { Pendo_X__c: 1 }) ?? '', /could make a new one/);
  assert.match(door.refusal('delete', {}) ?? '', /by deleting it/, 'nor one that deletes');
  assert.equal(door.refusal('update', { Pendo_Id__c: 'a' }), 'the field Pendo_Id__c', 'the key stays at home');
});
