import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { compareRanks, type Rank } from './elect.ts';

const rank: fc.Arbitrary<Rank> = fc.record({
  precedence: fc.integer({ min: 0, max: 2 }),
  version: fc.record({ own: fc.integer({ min: 0, max: 3 }), parents: fc.nat(9) }),
  source: fc.constantFrom('a', 'b', 'c', 'd'),
});

test('I-X6: precedence, then the latest own stamp, then the ID; parents have no say', () => {
  const base: Rank = { precedence: 1, version: { own: 5, parents: 0 }, source: 'b' };
  assert(compareRanks({ ...base, precedence: 2, version: { own: 1, parents: 0 } }, base) > 0);
  assert(compareRanks({ ...base, version: { own: 6, parents: 0 }, source: 'a' }, base) > 0);
  assert(compareRanks({ ...base, source: 'c' }, base) > 0);
  assert.equal(compareRanks({ ...base, version: { own: 5, parents: 99 } }, base), 0);
});

test('the order is total: the same winner from any order of claimants', () => {
  fc.assert(
    fc.property(fc.array(rank, { minLength: 1, maxLength: 8 }), (ranks) => {
      const winner = (claims: readonly Rank[]): Rank =>
        claims.reduce((best, each) => (compareRanks(each, best) > 0 ? each : best));
      assert.equal(compareRanks(winner(ranks), winner(ranks.toReversed())), 0);
    }),
  );
});
