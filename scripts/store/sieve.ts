/** 32 Mi bits: of five million entries, one question in twenty-five is answered in vain. */
const bits = 2 ** 25;
/** Bits of a block; one is made when the first of its bits is set, so that a store of few records takes little. */
const blockBits = 2 ** 16;
const places = 4;

/** A Bloom filter over hashes of 48 bits: what it does not hold was certainly never added. It takes 4 MB at most. */
export class Sieve {
  readonly #blocks = new Array<Uint32Array | undefined>(bits / blockBits).fill(undefined);

  add(hash: number): void {
    const step = stepOf(hash);
    let place = hash >>> 0;
    for (let index = 0; index < places; index++) {
      const bit = place & (bits - 1);
      const block = (this.#blocks[bit >>> 16] ??= new Uint32Array(blockBits / 32));
      (block[(bit & 0xffff) >>> 5] as number) |= 1 << (bit & 31);
      place = (place + step) >>> 0;
    }
  }

  mayHold(hash: number): boolean {
    const step = stepOf(hash);
    let place = hash >>> 0;
    for (let index = 0; index < places; index++) {
      const bit = place & (bits - 1);
      const block = this.#blocks[bit >>> 16];
      if (block === undefined || ((block[(bit & 0xffff) >>> 5] as number) & (1 << (bit & 31))) === 0) return false;
      place = (place + step) >>> 0;
    }
    return true;
  }
}

/** Odd, so that the places differ. */
function stepOf(hash: number): number {
  return (Math.imul((hash / 0x1_0000_0000) >>> 0, 0x9e3779b1) | 1) >>> 0;
}
