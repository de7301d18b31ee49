import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { isDate } from './dates.ts';
import { FieldTypes, type Fields } from './field-types.ts';

test('dates are taken in every form that Iterable names', () => {
  const taken = ['2026-11-21', '2026-11-21 21:06:08', '2026-11-21 21:06:08 +00:00', '2026-11-21T21:06:08Z'];
  taken.push('2026-11-21T21:06:08.123Z', '2026-11-21T21:06:08.123+0000', '2026-11-21T21:06:08-07:00');
  for (const text of taken) assert.equal(isDate(text), true, text);
  for (const text of ['', 'GGG', '2026-13-01', '2026-1-1', '21.11.2026', '2026-11-21 25:00:00', '2026-11-21x']) {
    assert.equal(isDate(text), false, text);
  }
});

test('the first write fixes the type of a field, nested ones by their path', () => {
  const types = new FieldTypes();
  const { created } = types.check(
    { when: '2026-11-21', o: { n: 1, f: 1.5 }, at_geo_location: { lat: 1, lon: 2 } },
    true,
  );
  assert.deepEqual(created, ['when', 'o', 'o.n', 'o.f', 'at_geo_location']);
  const list = types.list();
  assert.equal(list['when'], 'date');
  assert.equal(list['o'], 'object');
  assert.equal(list['o.n'], 'long');
  assert.equal(list['o.f'], 'double');
  assert.equal(list['at_geo_location'], 'geo_location');
  assert.deepEqual(types.check({ when: 'GGG' }, true).mismatch, {
    path: 'when',
    expected: 'date',
    incoming: ['string', 'keyword'],
    value: 'GGG',
  });
  assert.equal(types.check({ o: { n: 1.5 } }, true).mismatch?.path, 'o.n');
  assert.equal(types.check({ o: { f: 2 } }, true).mismatch, undefined);
  assert.equal(types.check({ o: 'text' }, true).mismatch?.expected, 'object');
});

test('fields that may not be created are told and not registered', () => {
  const types = new FieldTypes();
  types.check({ o: { known: 1 } }, true);
  assert.deepEqual(types.check({ o: { known: 2, other: 1 }, plan: 'x' }, false).filtered, ['o.other', 'plan']);
  assert.equal(types.list()['plan'], undefined);
  assert.deepEqual(types.check({ o: { known: 2 } }, false).filtered, []);
});

const leaf = fc.oneof(fc.string(), fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.boolean());
const names = fc.constantFrom('a', 'b', '__proto__', 'hasOwnProperty');
const fields = fc
  .array(fc.tuple(names, fc.oneof(leaf, fc.constant(null), fc.array(leaf), fc.dictionary(names, leaf))))
  .map((entries) => Object.fromEntries(entries) as Fields);

test('a type never changes, and a user that is refused registers nothing', () => {
  fc.assert(
    fc.property(fc.array(fields), (writes) => {
      const types = new FieldTypes();
      for (const write of writes) {
        const before = types.list();
        const { mismatch, created } = types.check(write, true);
        const after = types.list();
        if (mismatch !== undefined) assert.deepEqual(after, before);
        for (const name of Object.keys(before)) assert.equal(after[name], before[name]);
        assert.equal(Object.keys(after).length, Object.keys(before).length + created.length);
      }
      types.rollBack(0);
      assert.equal(types.size, 0);
    }),
  );
});

test('what was taken once is taken again', () => {
  fc.assert(
    fc.property(fields, (write) => {
      const types = new FieldTypes();
      fc.pre(types.check(write, true).mismatch === undefined);
      const again = types.check(write, true);
      assert.equal(again.mismatch, undefined);
      assert.deepEqual(again.created, []);
    }),
  );
});
