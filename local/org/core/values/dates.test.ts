import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  formatDate,
  formatDateTime,
  formatDateTimeForBulk,
  formatTime,
  parseDate,
  parseDateTime,
  parseTime,
} from './index.ts';

test('K-32: dates, datetimes and times come back as they were written', () => {
  fc.assert(
    fc.property(fc.integer({ min: -90_000, max: 200_000 }), fc.nat(86_399), (days, second) => {
      assert.equal(parseDate(formatDate(days)), days);
      const seconds = days * 86_400 + second;
      assert.equal(parseDateTime(formatDateTime(seconds)), seconds);
      assert.equal(parseDateTime(formatDateTimeForBulk(seconds)), seconds);
      assert.equal(parseTime(formatTime(second * 1000 + 7)), second * 1000 + 7);
    }),
  );
});

test('K-32: a datetime is read with its zone, and parts of seconds are dropped', () => {
  const noon = Date.UTC(2026, 0, 1, 12) / 1000;
  assert.equal(parseDateTime('2026-01-02T02:00:00+14:00'), noon);
  assert.equal(parseDateTime('2026-01-01T01:00:00.999-1100'), noon);
  assert.equal(parseDateTime('2026-01-01T12:00:00.999Z'), noon);
  assert.equal(parseDateTime('2026-01-01'), noon - 12 * 3600);
  assert.equal(formatDateTime(noon), '2026-01-01T12:00:00.000+0000');
});

test('what is no date is refused', () => {
  for (const text of ['2026-02-30', '2026-13-01', '26-01-01', 'yesterday', '2026-01-01T25:00:00Z', '2026-1-1']) {
    assert.equal(parseDateTime(text), undefined, text);
  }
  assert.equal(parseTime('24:00'), undefined);
});
