import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { transforms } from './transforms.ts';

test('K-32: a date is passed on as the day that it is, in any time zone', () => {
  const zone = process.env['TZ'];
  try {
    for (const each of ['Pacific/Kiritimati', 'Pacific/Pago_Pago', 'Europe/Berlin']) {
      process.env['TZ'] = each;
      assert.equal(transforms.date.apply('2026-03-29'), '2026-03-29');
      assert.equal(transforms.datetime.apply('2026-03-29T02:30:00.000+0200'), '2026-03-29T00:30:00.000Z');
    }
  } finally {
    if (zone === undefined) delete process.env['TZ'];
    else process.env['TZ'] = zone;
  }
  assert.equal(transforms.date.apply('2026-02-30'), undefined);
  assert.equal(transforms.date.apply('2026-02-03T00:00:00Z'), undefined);
  assert.equal(transforms.datetime.apply('2026-02-03T00:00:00'), undefined);
});

test('K-29: a multi-select is split at its semicolons, and joins to the same', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ minLength: 1 }).filter((entry) => !entry.includes(';'))), (entries) => {
      assert.deepEqual(transforms.splitMultiPicklist.apply(entries.join(';')), entries);
    }),
  );
});

test('numbers and booleans are read from text, and nothing is guessed', () => {
  assert.equal(transforms.number.apply('12.50'), 12.5);
  assert.equal(transforms.number.apply('12,50'), undefined);
  assert.equal(transforms.number.apply(' '), undefined);
  assert.equal(transforms.number.apply(true), undefined);
  assert.equal(transforms.boolean.apply('TRUE'), true);
  assert.equal(transforms.boolean.apply('yes'), undefined);
  assert.equal(transforms.trim.apply(' x '), 'x');
  assert.equal(transforms.uppercase.apply('ß'), 'SS');
  assert.equal(transforms.text.apply(7), '7');
});

test('P-34: rounding is asked for by name: half away from zero, and what was rounded stays as it is', () => {
  assert.deepEqual([0.5, 1.4, -2.5, 1e20].map(transforms.whole.apply), [1, 1, -3, 1e20]);
  assert.deepEqual(
    [1.005, 12.345678, -0.125, 1e-9, -1e-6].map(transforms.twoDecimals.apply),
    [1.01, 12.35, -0.13, 0, 0],
  );
  assert.equal(transforms.whole.apply('3'), undefined);
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
      const once = transforms.twoDecimals.apply(value) as number;
      assert.equal(transforms.twoDecimals.apply(once), once);
      assert(Math.abs(once - value) <= 0.005 + Math.abs(value) * 1e-15);
    }),
  );
});
