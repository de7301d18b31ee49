/** 32 Mi bits, 4 MB: of five million entries, one question in twenty-five is answered in vain. */
const bits = 2 ** 25;
const places = 4;
/** So many are kept as they are, so that a store of few records takes little. */
const few = 1_000;

/** A Bloom filter over hashes of 48 bits: what it does not hold was certainly never added. Its size never grows. */
export class Sieve {
  #first: Set<number> | undefined = new Set();
  #words = new Uint32Array(0);

  add(hash: number): void {
    if (this.#first === undefined) this.#mark(hash);
    else if (this.#first.add(hash).size > few) this.#pour(this.#first);
  }

  mayHold(hash: number): boolean {
    if (this.#first !== undefined) return this.#first.has(hash);
    const step = stepOf(hash);
    let place = hash >>> 0;
    for (let index = 0; index < places; index++) {
      const bit = place & (bits - 1);
      if (((this.#words[bit >>> 5] as number) & (1 << (bit & 31))) === 0) return false;
      place = (place + step) >>> 0;
    }
    return true;
  }

  #pour(hashes: ReadonlySet<number>): void {
    this.#words = new Uint32Array(bits / 32);
    this.#first = undefined;
    for (const hash of hashes) this.#mark(hash);
  }

  #mark(hash: number): void {
    const step = stepOf(hash);
    let place = hash >>> 0;
    for (let index = 0; index < places; index++) {
      const bit = place & (bits - 1);
      (this.#words[bit >>> 5] as number) |= 1 << (bit & 31);
      place = (place + step) >>> 0;
    }
  }
}

/** Odd, so that the places differ. */
function stepOf(hash: number): number {
  return (Math.imul((hash / 0x1_0000_0000) >>> 0, 0x9e3779b1) | 1) >>> 0;
}
