import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { isExhausted, retryBudgets, retryDelay } from './retry.ts';

const fraction = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

test('K-17: waits grow, stay under their cap, and never fall below half of the step', () => {
  const budget = retryBudgets.fault;
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 200 }), fraction, (attempts, dice) => {
      const step = Math.min(budget.longestDelayMilliseconds, budget.firstDelayMilliseconds * 2 ** (attempts - 1));
      const delay = retryDelay(budget, attempts, () => dice);
      assert(delay >= Math.floor(step / 2) && delay <= step, `${delay} of ${step}`);
    }),
  );
});

test('K-17: a record is given up by attempts or by age, whichever comes first', () => {
  const budget = retryBudgets.fault;
  assert.equal(isExhausted(budget, budget.attempts - 1, 0, 1_000), false);
  assert.equal(isExhausted(budget, budget.attempts, 0, 1_000), true);
  assert.equal(isExhausted(budget, 1, 0, budget.ageMilliseconds), true);
  assert.equal(isExhausted(budget, 1, undefined, budget.ageMilliseconds), false);
});
