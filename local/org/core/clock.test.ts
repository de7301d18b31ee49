import assert from 'node:assert/strict';
import { test } from 'node:test';
import { manualClock, systemClock } from './index.ts';

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

test('the clock of the machine can be moved ahead: what falls due runs in its order, what does not comes sooner', ({
  mock,
}) => {
  mock.timers.enable({ apis: ['setTimeout', 'Date'], now: 1_000 });
  const clock = systemClock();
  const seen: string[] = [];
  clock.after(300, () => seen.push('late'));
  clock.after(20, () => seen.push('b'));
  clock.after(10, () => seen.push('a'));
  const cancel = clock.after(15, () => seen.push('cancelled'));
  cancel();
  mock.timers.tick(5);
  assert.deepEqual([clock.now(), seen], [1_005, []]);
  clock.advance(200);
  assert.deepEqual([clock.now(), seen], [1_205, ['a', 'b']]);
  mock.timers.tick(94);
  assert.equal(seen.length, 2);
  mock.timers.tick(1);
  assert.deepEqual([clock.now(), seen], [1_300, ['a', 'b', 'late']]);
});
