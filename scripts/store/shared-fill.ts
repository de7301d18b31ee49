import { keyHash } from './key-hash.ts';
import { Sieve, sieveBytes } from './sieve.ts';

/**
 * What a store's thread knows of its first fill, in memory that another thread reads: of a record or claim whose commit
 * it was told of, it finds every bit.
 */
export interface SharedFill {
  /** One number: 1 while all that the store holds is in the sieves. */
  readonly known: Int32Array;
  readonly records: Uint32Array;
  readonly claims: Uint32Array;
}

export function newSharedFill(): SharedFill {
  return {
    known: new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)),
    records: new Uint32Array(new SharedArrayBuffer(sieveBytes)),
    claims: new Uint32Array(new SharedArrayBuffer(sieveBytes)),
  };
}

export function sharedSieves({ records, claims }: SharedFill): { readonly records: Sieve; readonly claims: Sieve } {
  return { records: new Sieve(records), claims: new Sieve(claims) };
}

/** Seen from the other thread: what the store certainly does not hold need not be asked for. */
export class FillView {
  readonly #known: Int32Array;
  readonly #records: Sieve;
  readonly #claims: Sieve;

  constructor(shared: SharedFill) {
    this.#known = shared.known;
    ({ records: this.#records, claims: this.#claims } = sharedSieves(shared));
  }

  /** False: nothing is known, and anything may be held. */
  get knows(): boolean {
    return Atomics.load(this.#known, 0) === 1;
  }

  /** Those of the sources that the store may hold a record of. `sync`: the number of its name. */
  records(sync: number, sources: readonly string[]): readonly string[] {
    return perhaps(this.#records, sync, sources);
  }

  /** Those of the keys that a record may claim. `keySpace`: the number of its name. */
  claims(keySpace: number, keys: readonly string[]): readonly string[] {
    return perhaps(this.#claims, keySpace, keys);
  }
}

function perhaps(sieve: Sieve, name: number, texts: readonly string[]): readonly string[] {
  const held: string[] = [];
  for (const text of texts) if (sieve.mayHold(keyHash(name, text))) held.push(text);
  return held;
}
