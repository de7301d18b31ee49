import type { Candidate } from '../plan/index.ts';

interface Holding {
  readonly group: object;
  count: number;
}

/**
 * Records and keys between plan and settle. Those of one group (a chunk) may share a key; another group waits. A key
 * is free when every record of the group that holds it has settled, so an election never misses a claim on its way.
 */
export class Busy {
  readonly #records = new Set<string>();
  readonly #keys = new Map<string, Holding>();
  readonly #held = new Map<Candidate, string[]>();

  /** Takes the record and the key it claims; false, taking nothing, when either is another's. */
  take(candidate: Candidate, group: object): boolean {
    const record = `${candidate.policy.name}/${candidate.source}`;
    if (this.#records.has(record) || !this.#free(candidate.key, group)) return false;
    this.#records.add(record);
    this.#held.set(candidate, []);
    this.#hold(candidate, candidate.key, group);
    return true;
  }

  /** Takes one more key for a record that was taken; false, taking nothing, when it is another's. */
  takeKey(candidate: Candidate, key: string, group: object): boolean {
    if (!this.#free(key, group)) return false;
    this.#hold(candidate, key, group);
    return true;
  }

  release(candidate: Candidate): void {
    this.#records.delete(`${candidate.policy.name}/${candidate.source}`);
    for (const key of this.#held.get(candidate) ?? []) {
      const holding = this.#keys.get(key);
      if (holding && --holding.count === 0) this.#keys.delete(key);
    }
    this.#held.delete(candidate);
  }

  #free(key: string | undefined, group: object): boolean {
    const holding = key === undefined ? undefined : this.#keys.get(key);
    return holding === undefined || holding.group === group;
  }

  #hold(candidate: Candidate, key: string | undefined, group: object): void {
    if (key === undefined) return;
    const holding = this.#keys.get(key);
    if (holding) holding.count++;
    else this.#keys.set(key, { group, count: 1 });
    this.#held.get(candidate)?.push(key);
  }
}
