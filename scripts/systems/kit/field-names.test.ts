import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { fieldLabelOf, fieldNameOf, readable } from './field-names.ts';

const none: ReadonlySet<string> = new Set();
const nameOf = (metric: string, period?: string, prefix = 'Pendo_'): string =>
  fieldNameOf({ prefix, metric, ...(period !== undefined && { period }) }, none);

test('P-41: the name of a field carries metric and date range', () => {
  assert.equal(nameOf('Time on site', 'Last 30 days'), 'Pendo_TimeOnSite_Last30Days__c');
  assert.equal(nameOf('timeOnSite', 'last 7 days'), 'Pendo_TimeOnSite_Last7Days__c');
  assert.equal(nameOf('# of visitors (unique)', 'Last 30 days'), 'Pendo_OfVisitorsUnique_Last30Days__c');
  assert.equal(nameOf('NPS score'), 'Pendo_NPSScore__c');
  assert.equal(nameOf('Últimos días'), 'Pendo_UltimosDias__c');
  assert.equal(nameOf('利用時間', 'Last 30 days'), 'Pendo_Field_Last30Days__c');
  assert.equal(fieldLabelOf({ metric: 'timeOnSite', period: 'Last 30 days' }), 'Time on site, last 30 days');
  assert.equal(readable('NPS score'), 'NPS score');
});

test('P-41: a name too long for the org loses the end of its metric, never its range', () => {
  const long = nameOf('Number of distinct features that were used', 'Last 30 days');
  assert.equal(long, 'Pendo_NumberOfDistinctFeature_Last30Days__c');
  assert.equal(long.length - '__c'.length, 40);
  assert.match(nameOf('Days', 'From 1 January 2026 to 31 December 2026'), /^Pendo_Days_From1January2026To31D__c$/);
});

test('P-41: any metrics and ranges give names that the org takes, each once, and labels that fit', () => {
  const words = fc.oneof(fc.string(), fc.stringMatching(/^[A-Za-z ]{0,60}$/), fc.constantFrom('Days', 'days', 'DAYS'));
  const prefixes = fc.constantFrom('Pendo_', 'Iterable_', 'AE_', 'Conversion_', 'Livestorm_');
  fc.assert(
    fc.property(prefixes, fc.array(words, { minLength: 1 }), fc.option(words), (prefix, metrics, range) => {
      const period = range ?? undefined;
      const taken = new Set<string>();
      for (const metric of metrics) {
        const name = fieldNameOf({ prefix, metric, ...(period !== undefined && { period }) }, taken);
        assert.match(name, /^[A-Za-z][A-Za-z0-9]*(_[A-Za-z0-9]+)+__c$/);
        assert(name.startsWith(prefix));
        assert(name.length <= 40 + '__c'.length, name);
        assert(!taken.has(name.toLowerCase()));
        taken.add(name.toLowerCase());
        assert(fieldLabelOf({ metric, ...(period !== undefined && { period }) }).length <= 40);
      }
    }),
  );
});
