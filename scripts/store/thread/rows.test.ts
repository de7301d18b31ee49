import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { outcomes, reasonCodes, type RecordRow } from '../../engine/index.ts';
import { packRows, unpackRows } from './rows.ts';
import { packTexts, unpackTexts } from './texts.ts';

const text = fc.string({ unit: 'grapheme' });
const perhaps = <Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> =>
  fc.option(value, { nil: undefined });
const rows = fc.array(
  fc.record<RecordRow>(
    {
      sync: text,
      source: text,
      version: fc.record({ own: fc.maxSafeNat(), parents: fc.maxSafeNat() }, { noNullPrototype: true }),
      keySpace: text,
      key: perhaps(text),
      precedence: fc.integer(),
      hash: perhaps(text),
      outcome: fc.constantFrom(...outcomes),
      reason: perhaps(fc.constantFrom(...reasonCodes)),
      detail: perhaps(text),
      run: text,
      bulkRun: perhaps(text),
      createdIn: perhaps(text),
      entrance: fc.constantFrom('live', 'bulk'),
      settledAt: fc.maxSafeNat(),
      rank: perhaps(fc.maxSafeInteger()),
    },
    {
      noNullPrototype: true,
    },
  ),
);

test('rows come out of a message as they went in', () => {
  fc.assert(
    fc.property(rows, (each) => {
      assert.deepEqual(unpackRows(structuredClone(packRows(each))), each);
    }),
  );
});

test('texts come out of a message as they went in, absent ones too', () => {
  fc.assert(
    fc.property(fc.array(fc.option(fc.string({ unit: 'binary' }), { nil: undefined })), (texts) => {
      assert.deepEqual(unpackTexts(structuredClone(packTexts(texts))), [...texts]);
    }),
  );
});
