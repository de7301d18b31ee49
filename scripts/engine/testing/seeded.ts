import type { MakeId, Random } from '../ports/index.ts';

/** Numbers in [0, 1) that depend on the seed alone (mulberry32). */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export function countingIds(prefix: string): MakeId {
  let count = 0;
  return () => `${prefix}${++count}`;
}

/** A whole number from 0 up to, and without, `below`. */
export function roll(random: Random, below: number): number {
  return Math.floor(random() * below);
}

export function shuffled<Value>(values: readonly Value[], random: Random): Value[] {
  const result = [...values];
  for (let index = result.length - 1; index > 0; index--) {
    const other = roll(random, index + 1);
    [result[index], result[other]] = [result[other] as Value, result[index] as Value];
  }
  return result;
}
