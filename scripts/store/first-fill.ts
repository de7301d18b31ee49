import type { DatabaseSync } from 'node:sqlite';
import { keyHash } from './key-hash.ts';
import { sharedSieves, type SharedFill } from './shared-fill.ts';
import { Sieve } from './sieve.ts';
import { prepareQuery } from './statement.ts';

export const firstFillQueries = {
  dataVersion: 'pragma data_version',
  anyRecord: 'select 1 from record limit 1',
};

/**
 * Knows of records and claims that the store certainly does not hold, so that filling an empty store asks the tables
 * nothing. It knows nothing of a store that held records when it was opened, or that another process has changed.
 */
export class FirstFill {
  readonly #queries;
  readonly #shared: SharedFill | undefined;
  #dataVersion: unknown;
  #generation = 0;
  #known: { readonly records: Sieve; readonly claims: Sieve } | undefined;

  /** `shared`: where another thread looks what is known. */
  constructor(database: DatabaseSync, shared?: SharedFill) {
    this.#shared = shared;
    this.#queries = {
      dataVersion: prepareQuery(database, firstFillQueries.dataVersion),
      anyRecord: prepareQuery(database, firstFillQueries.anyRecord),
    };
  }

  /** To be called before anything is asked. Tells how often the store was found changed by another process, from 1 on. */
  look(): number {
    const version = this.#queries.dataVersion()[0]?.[0];
    if (version === this.#dataVersion) return this.#generation;
    this.#dataVersion = version;
    this.#generation++;
    const empty = this.#generation === 1 && this.#queries.anyRecord().length === 0;
    this.#known = empty ? this.#sieves() : undefined;
    if (this.#shared) Atomics.store(this.#shared.known, 0, empty ? 1 : 0);
    return this.#generation;
  }

  mayHoldRecord(sync: number, source: string): boolean {
    return this.#known === undefined || this.#known.records.mayHold(keyHash(sync, source));
  }

  /** False when the store certainly did not hold it before. */
  addRecord(sync: number, source: string): boolean {
    return this.#known === undefined || this.#known.records.add(keyHash(sync, source));
  }

  /** `hash`: of key space and key. */
  mayHoldClaim(hash: number): boolean {
    return this.#known === undefined || this.#known.claims.mayHold(hash);
  }

  addClaim(hash: number): void {
    this.#known?.claims.add(hash);
  }

  #sieves(): { readonly records: Sieve; readonly claims: Sieve } {
    return this.#shared ? sharedSieves(this.#shared) : { records: new Sieve(), claims: new Sieve() };
  }
}
