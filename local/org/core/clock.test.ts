import assert from 'node:assert/strict';
import { test } from 'node:test';
import { manualClock } from './index.ts';

test('a manual clock runs what falls due in order of time, then of asking, and what that asks for', () => {
  const clock = manualClock(1_000);
  const seen: string[] = [];
  clock.after(20, () => seen.push(`b at ${clock.now()}`));
  clock.after(10, () => {
    seen.push(`a at ${clock.now()}`);
    clock.after(5, () => seen.push(`nested at ${clock.now()}`));
  });
  clock.after(20, () => seen.push('c'));
  clock.after(30, () => seen.push('later'));
  const cancel = clock.after(12, () => seen.push('cancelled'));
  cancel();
  clock.advance(20);
  assert.deepEqual(seen, ['a at 1010', 'nested at 1015', 'b at 1020', 'c']);
  assert.equal(clock.now(), 1_020);
});
