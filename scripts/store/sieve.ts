/** 32 Mi bits, 4 MB: of five million entries, one question in twenty-five is answered in vain. */
const bits = 2 ** 25;
const places = 4;

/** A Bloom filter over hashes of 48 bits: what it does not hold was certainly never added. Its size never grows. */
export class Sieve {
  readonly #words = new Uint32Array(bits / 32);

  add(hash: number): void {
    const step = stepOf(hash);
    let place = hash >>> 0;
    for (let index = 0; index < places; index++) {
      const bit = place & (bits - 1);
      (this.#words[bit >>> 5] as number) |= 1 << (bit & 31);
      place = (place + step) >>> 0;
    }
  }

  mayHold(hash: number): boolean {
    const step = stepOf(hash);
    let place = hash >>> 0;
    for (let index = 0; index < places; index++) {
      const bit = place & (bits - 1);
      if (((this.#words[bit >>> 5] as number) & (1 << (bit & 31))) === 0) return false;
      place = (place + step) >>> 0;
    }
    return true;
  }
}

/** Odd, so that the places differ. */
function stepOf(hash: number): number {
  return (Math.imul((hash / 0x1_0000_0000) >>> 0, 0x9e3779b1) | 1) >>> 0;
}
