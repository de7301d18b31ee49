import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Sieve } from './sieve.ts';

test('a sieve holds what was added, few or many, and hardly anything else', () => {
  const sieve = new Sieve();
  const hashOf = (number: number): number => (number * 0x9e37_79b9_7f4b) % 2 ** 48;
  for (let number = 0; number < 20_000; number += 1) {
    assert(number >= 1_000 || !sieve.mayHold(hashOf(number)));
    sieve.add(hashOf(number));
  }
  let inVain = 0;
  for (let number = 0; number < 20_000; number += 1) {
    assert(sieve.mayHold(hashOf(number)));
    if (sieve.mayHold(hashOf(number + 1_000_000))) inVain += 1;
  }
  assert(inVain < 20, `${inVain} of 20,000`);
});
