import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { faults, partsOf } from './faults.ts';

test('the parts of many schedules hold each seed once', () => {
  const count = fc.integer({ min: 1, max: 500 });
  fc.assert(
    fc.property(count, count, count, (schedules, first, size) => {
      const parts = partsOf(schedules, first, size);
      const seeds = parts.flatMap((part) => Array.from({ length: part.schedules }, (_, index) => part.first + index));
      assert.deepEqual(
        seeds,
        Array.from({ length: schedules }, (_, index) => first + index),
      );
      assert(parts.every((part) => part.schedules <= size));
    }),
  );
});

test('N-06: many schedules are run in processes of their own, and counted together', async () => {
  const { seconds: _, ...figures } = (await faults(3, 4, 2)) as Record<string, unknown>;
  assert.deepEqual(figures, { lost: 0, doubled: 0, stale: 0, unaccounted: 0, failing: [], passed: true });
});
