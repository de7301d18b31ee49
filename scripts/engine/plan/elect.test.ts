import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { compareIds, compareRanks, rankFor, type Rank } from './elect.ts';

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

const ids = ['7', '007', '10', '9', '9007199254740993', '9007199254740992', '90071992547409930', 'A', 'a', 'ab', '1a'];

test('P-X6: the smaller ID is the smaller number where both are all digits, else the one that sorts first bytewise', () => {
  assert.deepEqual(ids.toSorted(compareIds), [
    ...['007', '7', '9', '10', '9007199254740992', '9007199254740993', '90071992547409930'],
    ...['1a', 'A', 'a', 'ab'],
  ]);
  const id = fc.oneof(fc.stringMatching(/^[1-9]\d{0,20}$/), fc.stringMatching(/^\w{1,6}$/));
  fc.assert(
    fc.property(id, id, id, (left, middle, right) => {
      assert.equal(Math.sign(compareIds(left, right)) + Math.sign(compareIds(right, left)), 0);
      if (compareIds(left, middle) < 0 && compareIds(middle, right) < 0) assert(compareIds(left, right) < 0);
      if (/^\d+$/.test(left) && /^\d+$/.test(right) && BigInt(left) !== BigInt(right)) {
        assert.equal(compareIds(left, right) < 0, BigInt(left) < BigInt(right));
      }
    }),
  );
});

test('P-58: the smaller ID wins, whenever it was read and whoever had the key before', () => {
  const claim = (source: string, own: number): Rank => {
    const rank = rankFor('smallestId', { source, key: 'k', claimedAt: own }, undefined);
    return { precedence: 0, version: { own, parents: 0 }, source, ...(rank !== undefined && { rank }) };
  };
  assert(compareRanks(claim('9', 1), claim('10', 5)) > 0);
  assert(compareRanks(claim('acc-1', 1), claim('acc-2', 5)) > 0);
});

test('P-59, P-X7: the first to claim a key keeps it while it claims it, however often it changes', () => {
  const claim = (source: string, claimedAt: number, previous?: { key: string; rank?: number }): Rank => {
    const rank = rankFor('first', { source, key: 'k', claimedAt }, previous);
    return { precedence: 0, version: { own: claimedAt, parents: 0 }, source, ...(rank !== undefined && { rank }) };
  };
  const first = claim('b', 100);
  assert(compareRanks(claim('b', 900, { key: 'k', rank: -100 }), claim('a', 200)) > 0, 'a later change of the first');
  assert(compareRanks(claim('b', 900, { key: 'other', rank: -100 }), claim('a', 200)) < 0, 'who left it comes last');
  assert(compareRanks(claim('a', 100), first) > 0, 'of those that were there together the smaller ID');
});
