import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import type { Fields } from './field-types.ts';
import { mergeFields, same, withoutNulls } from './merge.ts';

const leaf = fc.oneof(fc.string(), fc.integer(), fc.boolean());
const names = fc.constantFrom('a', 'b', 'c', '__proto__', 'constructor');
const inner = fc.array(fc.tuple(names, leaf)).map((entries) => Object.fromEntries(entries) as Fields);
const fields = fc
  .array(fc.tuple(names, fc.oneof(leaf, inner, fc.array(leaf))))
  .map((entries) => Object.fromEntries(entries) as Fields);

function copy(value: Fields): Fields {
  return JSON.parse(JSON.stringify(value)) as Fields;
}

test('a write is seen afterwards, and what it does not name is untouched', () => {
  fc.assert(
    fc.property(fields, fields, (stored, incoming) => {
      const before = copy(stored);
      const merged = mergeFields(copy(stored), copy(incoming), false).fields;
      for (const name of Object.keys(incoming)) assert.ok(same(merged[name], incoming[name]));
      for (const name of Object.keys(before))
        if (!Object.hasOwn(incoming, name)) assert.ok(same(merged[name], before[name]));
      assert.equal(Object.getPrototypeOf(merged), Object.prototype);
    }),
  );
});

test('the same write again changes nothing, in either way of merging', () => {
  fc.assert(
    fc.property(fields, fields, fc.boolean(), (stored, incoming, nested) => {
      const once = mergeFields(copy(stored), copy(incoming), nested).fields;
      const kept = copy(once);
      assert.equal(mergeFields(once, copy(incoming), nested).changed, false);
      assert.ok(same(once, kept));
    }),
  );
});

test('merging nested objects keeps what the write does not name, one level deep', () => {
  fc.assert(
    fc.property(inner, inner, (stored, incoming) => {
      const merged = mergeFields({ object: copy(stored) }, { object: copy(incoming) }, true).fields['object'] as Fields;
      assert.ok(same(merged, { ...copy(stored), ...copy(incoming) }));
      for (const name of Object.keys(stored)) assert.ok(Object.hasOwn(merged, name));
    }),
  );
});

test('a top-level object is replaced unless nested objects are merged, and deeper ones always are', () => {
  const stored = { Name: { First: 'Ann', Last: 'Bee', Former: { Last: 'Cee', First: 'Ann' } } };
  const incoming = { Name: { Last: 'Dee', Former: { Last: 'Bee' } } };
  assert.deepEqual(mergeFields(copy(stored), copy(incoming), false).fields, {
    Name: { Last: 'Dee', Former: { Last: 'Bee' } },
  });
  assert.deepEqual(mergeFields(copy(stored), copy(incoming), true).fields, {
    Name: { First: 'Ann', Last: 'Dee', Former: { Last: 'Bee' } },
  });
});

test('null clears a field, and inside an object that is merged too', () => {
  assert.deepEqual(mergeFields({ a: 1, b: 2 }, { a: null }, false).fields, { b: 2 });
  assert.deepEqual(mergeFields({ o: { a: 1, b: 2 } }, { o: { a: null } }, true).fields, { o: { b: 2 } });
  assert.equal(mergeFields({ b: 2 }, { a: null }, false).changed, false);
  assert.deepEqual(withoutNulls({ a: null, b: { c: null, d: 1 } }), { b: { d: 1 } });
});
