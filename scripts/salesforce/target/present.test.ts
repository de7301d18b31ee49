import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { OrgObject } from '../describe.ts';
import { field } from '../testing/index.ts';
import { misfitOf } from './fit.ts';
import { holds } from './present.ts';

const fields = [
  field('Text__c', 'string', { length: 10 }),
  field('Long__c', 'textarea', { length: 100 }),
  field('Number__c', 'double', { precision: 8, scale: 2 }),
  field('Whole__c', 'double', { precision: 4, scale: 0 }),
  field('Flag__c', 'boolean'),
  field('Day__c', 'date'),
  field('Moment__c', 'datetime'),
  field('Topics__c', 'multipicklist'),
];
const account: OrgObject = {
  ...{ name: 'Account', label: 'Account', recordTypes: [], keyPrefix: '001', parents: new Map() },
  rights: { create: true, edit: true, delete: true },
  fields: new Map(fields.map((each) => [each.name.toLowerCase(), each])),
};

test('what the org shows in its own way is known as what was written', () => {
  const row = {
    Text__c: 'abc',
    Number__c: 1.5,
    Flag__c: false,
    Moment__c: '2026-01-02T03:04:05.000+0000',
    Topics__c: 'B;A',
    Long__c: null,
    Owner: { Name: 'Ada' },
  };
  const values = { Text__c: ' abc ', Number__c: 1.5, Flag__c: false, Topics__c: 'A;B', Long__c: null };
  assert(holds(account, row, { ...values, Moment__c: '2026-01-02T04:04:05.300+01:00' }));
  assert(holds(account, row, { Owner: { Name: 'Ada' } }));
  for (const other of [{ Text__c: 'abC' }, { Number__c: 0 }, { Flag__c: true }, { Long__c: 'x' }, { Text__c: null }]) {
    assert(!holds(account, row, other), JSON.stringify(other));
  }
  assert(!holds(account, row, { Owner: { Name: 'ada' } }));
  assert(!holds(account, row, { Moment__c: '2026-01-02T03:04:06Z' }));
  assert(!holds(account, { Number__c: null }, { Number__c: 0 }), 'P-X5: a measured zero is not a blank');
});

test('P-34: what fits a number’s digits is taken, what the org would round is not, whatever the number', () => {
  const cents = fc.integer({ min: -99_999_999, max: 99_999_999 });
  fc.assert(fc.property(cents, (value) => assert.equal(misfitOf(account, { Number__c: value / 100 }), undefined)));
  fc.assert(
    fc.property(cents, fc.integer({ min: 1, max: 9 }), (value, thousandths) => {
      const number = Number(
        `${Math.trunc(value / 100)}.${String(Math.abs(value) % 100).padStart(2, '0')}${thousandths}`,
      );
      assert.match(misfitOf(account, { Number__c: number })?.detail ?? '', /more decimals/);
    }),
  );
  assert.match(misfitOf(account, { Number__c: 1_000_000 })?.detail ?? '', /more than the 6 digits/);
  assert.equal(misfitOf(account, { Whole__c: 9_999 }), undefined);
  assert.match(misfitOf(account, { Whole__c: 10_000 })?.detail ?? '', /more than the 4 digits/);
  assert.equal(misfitOf(account, { Number__c: 0.1 + 0.2 }), undefined, 'what arithmetic adds is no decimal');
});

test('P-34: another type of value is named, never converted, and no value is quoted', () => {
  const wrong = {
    Text__c: 5_555,
    Number__c: '5,5',
    Flag__c: 'yes!',
    Day__c: '2026-01-02T03:04:05Z',
    Moment__c: 1_700_000_000_000,
  };
  for (const [name, value] of Object.entries(wrong)) {
    const misfit = misfitOf(account, { [name]: value });
    assert.equal(misfit?.reason, 'rejected-type-mismatch', name);
    assert(misfit.detail.startsWith(`${name} takes `));
    assert(!misfit.detail.includes(String(value)));
  }
  const right = { Text__c: '5', Number__c: 5, Flag__c: true, Day__c: '2026-01-02', Moment__c: '2026-01-02T03:04:05Z' };
  assert.equal(misfitOf(account, { ...right, Topics__c: 'A;B', Unknown__c: 1, Long__c: null }), undefined);
});
