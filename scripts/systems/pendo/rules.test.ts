import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FieldDescription, SyncConfiguration } from '../../engine/index.ts';
import { fieldRules, pendoType } from './field-rules.ts';
import { defaultSyncs } from './index.ts';
import { syncProblems } from './sync-rules.ts';
import { accountSync } from './test-connection.ts';
import { writeLimits } from './write-limits.ts';

function field(path: string, type = 'string', more: Partial<FieldDescription> = {}): FieldDescription {
  return { path, label: path, type, nillable: true, readable: true, writable: true, ...more };
}

const types = {
  ...{ int: 'integer', string: 'string', boolean: 'boolean', date: 'date', datetime: 'time', double: 'float' },
  ...{ combobox: 'string', currency: 'float', email: 'string', id: 'string', multipicklist: 'string' },
  ...{ percent: 'float', phone: 'string', picklist: 'string', url: 'string', number: 'integer' },
} as const;

for (const [type, expected] of Object.entries(types)) {
  test(`P-27: ${type} → ${expected}`, () => {
    assert.equal(pendoType(field('X__c', type)), expected);
    assert.equal(fieldRules.refusal('Account', field('X__c', type)), undefined);
    assert.equal(fieldRules.mismatch(field('X__c', type), field('custom.x', expected)), undefined);
    const other = expected === 'boolean' ? 'string' : 'boolean';
    assert.match(
      fieldRules.mismatch(field('X__c', type), field('custom.x', other)) ?? '',
      new RegExp(`X__c is a ${expected}.* custom.x takes a ${other}`),
    );
  });
}

test('P-X3: a Number field without decimals holds whole numbers', () => {
  assert.equal(pendoType(field('Seats__c', 'double', { scale: 0 })), 'integer');
  assert.equal(pendoType(field('Rate__c', 'double', { scale: 2 })), 'float');
  assert.equal(fieldRules.mismatch(field('Seats__c', 'double', { scale: 0 }), field('custom.x', 'float')), undefined);
});

test('P-X2: a url is taken as text, one of 255 characters too', () => {
  assert.equal(fieldRules.refusal('Account', field('Website', 'url', { length: 255 })), undefined);
});

test('P-26, P-28, P-X4: a field of any other type is refused with the reason, and so never offered', () => {
  for (const type of ['textarea', 'encryptedstring', 'time', 'location', 'base64', 'anyType', 'complexvalue', 'json']) {
    assert.match(fieldRules.refusal('Account', field('X__c', type)) ?? '', /which Pendo does not take/, type);
  }
});

test('P-29, P-30: lookup, record type, hierarchy, address, content, master-detail and formula are refused by name', () => {
  const refusal = (given: FieldDescription): string => fieldRules.refusal('Account', given) ?? '';
  assert.match(refusal(field('OwnerId', 'reference', { references: ['User'] })), /a lookup/);
  assert.match(refusal(field('RecordTypeId', 'reference', { references: ['RecordType'] })), /a record type/);
  assert.match(refusal(field('ParentId', 'reference', { references: ['Account'] })), /a hierarchy/);
  assert.match(refusal(field('Deal__c', 'reference', { references: ['Deal__c'], nillable: false })), /master-detail/);
  assert.match(refusal(field('Total__c', 'double', { computed: true })), /a formula/);
  assert.match(refusal(field('Body', 'base64')), /of the type base64/);
});

test('P-31: in the place of an address its parts are named, and those are taken', () => {
  assert.match(
    fieldRules.refusal('Account', field('BillingAddress', 'address')) ?? '',
    /BillingStreet and BillingCity/,
  );
  assert.equal(fieldRules.refusal('Account', field('BillingCity')), undefined);
});

test('P-25, P-X1: what begins with Pendo is kept for the push, PendoScore__c fits neither side and says so', () => {
  for (const path of ['Pendo_TimeOnSite_Last30Days__c', 'Pendo__c', 'pendo_x__c', 'Account.Pendo_X__c']) {
    assert.match(fieldRules.refusal('Account', field(path)) ?? '', /kept for values that come from Pendo/, path);
  }
  assert.match(
    fieldRules.refusal('Account', field('PendoScore__c')) ?? '',
    /only Pendo_ fields can be written from Pendo/,
  );
  assert.equal(writeLimits.mayWrite('Account', 'PendoScore__c'), false);
  assert.equal(fieldRules.refusal('Account', field('MyPendo__c')), undefined);
});

test('P-38, P-39, P-40, P-44: of the org only Pendo_ custom fields may be written, of Pendo only metadata, and nothing is made', () => {
  for (const path of ['Pendo_X__c', 'Pendo_X__pc']) assert.equal(writeLimits.mayWrite('Account', path), true, path);
  for (const path of ['pendo_X__c', 'PENDO_X__c', 'Pendo_X', 'Name', 'Pendo_X__r.Name', 'XPendo_X__c'])
    assert.equal(writeLimits.mayWrite('Account', path), false, path);
  assert.equal(writeLimits.mayWrite('account', 'custom.arr'), true);
  assert.equal(writeLimits.mayWrite('account', 'auto.lastvisit'), false);
  assert.equal(writeLimits.mayWrite('account', 'pendo.donotprocess'), false);
  assert.equal(writeLimits.existingOnly('account') && writeLimits.existingOnly('Account'), true);
});

const push = (change: Partial<SyncConfiguration> = {}): SyncConfiguration =>
  accountSync({
    name: 'usage',
    direction: 'systemToSalesforce',
    systemObject: 'account-report/r1',
    key: { source: 'accountId', target: 'Id' },
    ...change,
  });

test('P-01, P-02, P-08: one object of the org for accounts and one for visitors, either of them left out', () => {
  const visitors = accountSync({ name: 'visitors', systemObject: 'visitor', salesforceObject: 'Contact' });
  assert.deepEqual([...syncProblems([accountSync(), visitors, push()])], []);
  assert.deepEqual([...syncProblems([visitors])], []);
  const second = accountSync({ name: 'second', salesforceObject: 'Asset' });
  assert.match(
    syncProblems([accountSync(), second]).get('second') ?? '',
    /accounts already maps the Accounts of Pendo/,
  );
});

test('P-09, P-21: a push goes to the object that is pulled from, and needs that pull', () => {
  assert.match(syncProblems([push()]).get('usage') ?? '', /no sync pulls into the Accounts of Pendo yet/);
  const elsewhere = syncProblems([accountSync(), push({ salesforceObject: 'Contact' })]);
  assert.match(elsewhere.get('usage') ?? '', /mapped to Account by accounts/);
});

test('P-10: custom objects, Account, Asset, Contact, Lead and Opportunity are allowed, any other standard object is not', () => {
  for (const salesforceObject of ['Account', 'Asset', 'Contact', 'Lead', 'Opportunity', 'Site__c']) {
    assert.deepEqual([...syncProblems([accountSync({ salesforceObject })])], [], salesforceObject);
  }
  for (const salesforceObject of ['Case', 'User', 'Campaign'])
    assert.match(syncProblems([accountSync({ salesforceObject })]).get('accounts') ?? '', /is not synced with/);
});

test('objects that cannot go that way are named with what to write', () => {
  assert.match(syncProblems([accountSync({ systemObject: 'accounts' })]).get('accounts') ?? '', /no object "accounts"/);
  assert.match(
    syncProblems([accountSync({ systemObject: 'account-report/x' })]).get('accounts') ?? '',
    /takes no values/,
  );
  assert.match(syncProblems([push({ systemObject: 'account' })]).get('usage') ?? '', /only reports are pushed/);
  const rules = { create: false, update: true, delete: 'forget' } as const;
  assert.match(syncProblems([accountSync({ rules })]).get('accounts') ?? '', /cannot be undone/);
});

test('P-11: the template maps accounts to Account and visitors to Contact', () => {
  const syncs = defaultSyncs('pendo');
  const pulls = syncs.filter(({ direction }) => direction === 'salesforceToSystem');
  assert.deepEqual(
    pulls.map(({ systemObject, salesforceObject }) => [systemObject, salesforceObject]),
    [
      ['account', 'Account'],
      ['visitor', 'Contact'],
    ],
  );
  assert.deepEqual([...syncProblems(syncs)], []);
});

test('P-03, P-07, P-33, P-44: both directions run each night; nothing is created or deleted; no blank wipes a value', () => {
  for (const { schedule, rules, mappings, include } of defaultSyncs('pendo')) {
    assert.match(schedule.sweepAt ?? '', /^02:[03]0$/);
    assert.deepEqual(rules, { create: false, update: true, delete: 'ignore' });
    assert.ok(mappings.every(({ blank }) => blank === 'keep'));
    assert.equal(include, 'all');
  }
});

test('P-41, P-52: the push fills Pendo_ fields named after metric and range, and the ID is its key, not a value', () => {
  const usage = defaultSyncs('pendo').find(({ direction }) => direction === 'systemToSalesforce');
  assert.equal(usage?.key.source, 'accountId');
  for (const { source, target } of usage?.mappings ?? []) {
    if (source === 'accountId') assert.equal(target, usage?.key.target);
    else assert.match(target, /^Pendo_\w+_Last30Days__c$/);
  }
});
