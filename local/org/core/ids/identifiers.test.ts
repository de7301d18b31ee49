import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { makeId, normaliseId, podOfSeed, withSuffix } from './index.ts';

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const id15 = fc.string({ unit: fc.constantFrom(...alphabet), minLength: 15, maxLength: 15 });

test('the suffix of known IDs is right', () => {
  assert.equal(withSuffix('001xx000003DGb1'), '001xx000003DGb1AAG');
  assert.equal(withSuffix('005xx000001Sv6h'), '005xx000001Sv6hAAC');
  assert.equal(withSuffix('012000000000000'), '012000000000000AAA');
});

test('an ID is the same with 15 and with 18 characters, and with 18 in any case', () => {
  fc.assert(
    fc.property(id15, (id) => {
      const full = withSuffix(id);
      assert.equal(normaliseId(id), full);
      assert.equal(normaliseId(full), full);
      assert.equal(normaliseId(full.toLowerCase()), full);
      assert.equal(normaliseId(full.toUpperCase()), full);
    }),
  );
});

test('what is no ID is refused', () => {
  for (const text of ['', '001', '001xx000003DGb1A', '001xx000003DGb!', '001xx000003DGb1AA1', '001xx000003DGb1AAG1']) {
    assert.equal(normaliseId(text), undefined, text);
  }
});

test('IDs grow with their number, so that ORDER BY Id is the order of creation', () => {
  fc.assert(
    fc.property(fc.nat(100_000_000), fc.nat(100_000_000), (left, right) => {
      const [first, second] = [makeId('00Q', podOfSeed(7), left), makeId('00Q', podOfSeed(7), right)];
      assert.equal(first < second, left < right);
      assert.equal(normaliseId(first), first);
    }),
  );
});
