import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeFixture } from '../fixture.ts';

const revenues = [1_234_568, null];

test('K-32: dates are read on the clock of the user: convertTimezone, TODAY and FORMAT', () => {
  const { org, clock, dml, insert, query } = makeFixture();
  const midnight = Date.UTC(2026, 0, 2, 4, 30);
  clock.advance(midnight - clock.now());
  insert('Lead', { LastName: 'A', Company: 'c' });
  const days =
    'SELECT DAY_ONLY(CreatedDate) utc, DAY_ONLY(convertTimezone(CreatedDate)) own, COUNT(Id) n FROM Lead ' +
    'GROUP BY DAY_ONLY(CreatedDate), DAY_ONLY(convertTimezone(CreatedDate))';
  const hours =
    'SELECT HOUR_IN_DAY(convertTimezone(CreatedDate)) h FROM Lead GROUP BY HOUR_IN_DAY(convertTimezone(CreatedDate))';
  assert.deepEqual(query(days), [{ utc: '2026-01-02', own: '2026-01-02', n: 1 }]);
  dml('update', 'User', { Id: org.adminUserId, TimeZoneSidKey: 'America/Los_Angeles' });
  assert.deepEqual(query(days), [{ utc: '2026-01-02', own: '2026-01-01', n: 1 }]);
  assert.deepEqual(query(hours), [{ h: 20 }]);
  assert.deepEqual(query('SELECT FORMAT(CreatedDate) shown FROM Lead'), [{ shown: '1/1/2026, 8:30 PM' }]);
  clock.advance(4 * 3_600_000);
  assert.equal(query('SELECT Id FROM Lead WHERE CreatedDate = TODAY').length, 0);
  assert.equal(query('SELECT Id FROM Lead WHERE CreatedDate = YESTERDAY').length, 1);
});

test('FORMAT writes numbers, amounts and dates as the locale has them, under an alias of their own', () => {
  const { dml, org, insert, query } = makeFixture();
  insert('Account', ...revenues.map((AnnualRevenue, index) => ({ Name: `n${index}`, AnnualRevenue })));
  const soql =
    'SELECT AnnualRevenue, FORMAT(AnnualRevenue) shown, FORMAT(SystemModstamp) at FROM Account ORDER BY Name';
  assert.deepEqual(query(soql), [
    { AnnualRevenue: 1_234_568, shown: '$1,234,568.00', at: '1/1/2026, 10:00 AM' },
    { AnnualRevenue: null, shown: null, at: '1/1/2026, 10:00 AM' },
  ]);
  assert.deepEqual(query('SELECT FORMAT(MAX(AnnualRevenue)) most, FORMAT(COUNT(Id)) FROM Account'), [
    { most: '$1,234,568.00', expr0: '2' },
  ]);
  dml('update', 'User', { Id: org.adminUserId, LocaleSidKey: 'de' });
  assert.deepEqual(query('SELECT FORMAT(AnnualRevenue) FROM Account LIMIT 1'), [
    { AnnualRevenue: '1.234.568,00\u00A0$' },
  ]);
});
