import assert from 'node:assert/strict';
import { test } from 'node:test';
import { adviseMapping, type AdvisedField } from './advice.ts';
import type { FieldMapping } from './types.ts';

const map = (source: string): FieldMapping => ({ source, target: source.toLowerCase(), blank: 'keep' });
const fields = new Map<string, AdvisedField>([
  ['Email', { type: 'email' }],
  ['Score__c', { type: 'double', computed: true }],
  ['AnnualRevenue', { type: 'currency' }],
  ['CurrencyIsoCode', { type: 'picklist' }],
]);

test('K-38: a computed field and a mapping that is new are told when they are mapped, with the backfill that helps', () => {
  assert.deepEqual(adviseMapping([map('Email')], fields, [map('Email')]), []);
  assert.deepEqual(adviseMapping([map('Email')], fields, undefined), [], 'the first version is filled by its backfill');
  const [computed, anew] = adviseMapping([map('Score__c')], fields, [map('Email')]);
  assert.equal(computed?.place, 'Score__c → score__c');
  assert.match(computed?.advice ?? '', /computed.*sweep or full read/);
  assert.match(anew?.advice ?? '', /is new.*backfill/);
});

test('K-35: an amount without its currency is warned of where the org has several, and not where it has one', () => {
  const [warning] = adviseMapping([map('AnnualRevenue')], fields, undefined);
  assert.match(warning?.advice ?? '', /map CurrencyIsoCode/);
  assert.deepEqual(adviseMapping([map('AnnualRevenue'), map('CurrencyIsoCode')], fields, undefined), []);
  const single = new Map([...fields].filter(([name]) => name !== 'CurrencyIsoCode'));
  assert.deepEqual(adviseMapping([map('AnnualRevenue')], single, undefined), []);
});
