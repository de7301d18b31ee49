/** 64 Ki blocks of 512 bits, 4 MB: of five million entries, one question in twenty is answered in vain. */
const blocks = 2 ** 16;
const wordsOfBlock = 16;
/** Bits of an entry, all in one block: a look is one miss of the processor's cache, not four. */
const marks = 4;
/** So many are kept as they are, so that a store of few records takes little. */
const few = 1_000;

/** Of a sieve's bits. */
export const sieveBytes = blocks * wordsOfBlock * Uint32Array.BYTES_PER_ELEMENT;

/** A Bloom filter over hashes of 48 bits: what it does not hold was certainly never added. Its size never grows. */
export class Sieve {
  #first: Set<number> | undefined;
  #words: Uint32Array;

  /** `words`: where its bits are, of `sieveBytes`; absent: its own, once there are many. */
  constructor(words?: Uint32Array) {
    this.#first = words ? undefined : new Set();
    this.#words = words ?? new Uint32Array(0);
  }

  /** False when it was certainly never added before. */
  add(hash: number): boolean {
    if (this.#first === undefined) return this.#mark(hash);
    const known = this.#first.has(hash);
    if (this.#first.add(hash).size > few) this.#pour(this.#first);
    return known;
  }

  mayHold(hash: number): boolean {
    if (this.#first !== undefined) return this.#first.has(hash);
    const start = blockOf(hash);
    let bits = spread(hash);
    for (let index = 0; index < marks; index++, bits >>>= 7) {
      const word = this.#words[start + ((bits >>> 5) & 15)] as number;
      if ((word & (1 << (bits & 31))) === 0) return false;
    }
    return true;
  }

  #pour(hashes: ReadonlySet<number>): void {
    this.#words = new Uint32Array(sieveBytes / Uint32Array.BYTES_PER_ELEMENT);
    this.#first = undefined;
    for (const hash of hashes) this.#mark(hash);
  }

  #mark(hash: number): boolean {
    const start = blockOf(hash);
    let bits = spread(hash);
    let known = true;
    for (let index = 0; index < marks; index++, bits >>>= 7) {
      const place = start + ((bits >>> 5) & 15);
      const bit = 1 << (bits & 31);
      if (((this.#words[place] as number) & bit) === 0) known = false;
      (this.#words[place] as number) |= bit;
    }
    return known;
  }
}

function blockOf(hash: number): number {
  return (Math.imul(hash >>> 0, 0x85ebca6b) >>> 16) * wordsOfBlock;
}

/** 32 bits, of which each mark takes nine. */
function spread(hash: number): number {
  const high = Math.imul((hash / 0x1_0000) >>> 0, 0x9e3779b1);
  return (high ^ (high >>> 15)) >>> 0;
}
