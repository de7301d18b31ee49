import { createHash, randomBytes } from 'node:crypto';

/** Numbers in [0, 1): the same for the same seed, and others each time without one. */
export function drawFrom(seed: number | undefined): () => number {
  const key = seed === undefined ? randomBytes(16).toString('hex') : String(seed);
  let drawn = 0;
  return () => {
    drawn += 1;
    return createHash('sha256').update(`${key}:${drawn}`).digest().readUInt32BE() / 2 ** 32;
  };
}
