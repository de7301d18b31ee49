import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { compileAllowedText, type Allowed } from './allowed-text.ts';

const allowed: Allowed = new Map([
  ['a', undefined],
  [
    'b',
    new Map([
      ['a', undefined],
      ['"\\', new Map([['c', undefined]])],
    ]),
  ],
  ['c', undefined],
]);

function namesAllowedOnly(value: unknown, fields: Allowed): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return Object.entries(value).every(([name, inner]) => {
    const inside = fields.get(name);
    return inside ? namesAllowedOnly(inner, inside) : fields.has(name);
  });
}

const text = fc.string({ unit: fc.constantFrom('"', '\\', ',', '}', '{', ':', 'a', '"a":', '😀', '\n') });
const scalar = fc.oneof(text, fc.double({ noNaN: true }), fc.integer(), fc.boolean(), fc.constant(null));

test('a text that passes names nothing that is not allowed', () => {
  const look = compileAllowedText(allowed);
  const { record } = fc.letrec((tie) => ({
    record: fc.dictionary(fc.constantFrom('a', 'b', 'c', '"\\', 'd'), tie('value'), { maxKeys: 4 }),
    value: fc.oneof({ maxDepth: 4 }, scalar, fc.array(scalar, { maxLength: 2 }), tie('record'), tie('record')),
  }));
  fc.assert(
    fc.property(record, (each) => {
      if (look(JSON.stringify(each))) assert(namesAllowedOnly(each, allowed));
    }),
    { numRuns: 2_000 },
  );
});

test('what a mapping makes of any values passes', () => {
  const look = compileAllowedText(allowed);
  fc.assert(
    fc.property(scalar, scalar, scalar, scalar, (first, second, third, fourth) => {
      assert(look(JSON.stringify({ a: first, b: { a: second, '"\\': { c: third } }, c: fourth })));
      assert(look(JSON.stringify({ b: { '"\\': { c: third } }, c: fourth })));
    }),
  );
});

test('lists, other orders and what is not allowed do not pass', () => {
  const look = compileAllowedText(allowed);
  for (const json of [
    '{}',
    '{"a":[1]}',
    '{"c":1,"a":2}',
    '{"d":1}',
    '{"b":null}',
    '{"b":{"c":1}}',
    '{"a":1}x',
    '{"a":"1',
  ])
    assert.equal(look(json), false, json);
});
