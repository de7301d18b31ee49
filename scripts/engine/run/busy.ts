import { claimId, type Candidate } from '../plan/index.ts';

/**
 * Records and keys between plan and settle. Those of one group (a chunk) may share a key; another group waits. A key
 * is free when every record of the group that holds it has settled, so an election never misses a claim on its way.
 */
export class Busy {
  readonly #records = new Map<string, Set<string>>();
  /** The group that holds a key. */
  readonly #keys = new Map<string, object>();
  /** How many records of its group hold a key, of the few that more than one holds. */
  readonly #shared = new Map<string, number>();
  /** By record: the key of its row, beside the one that it claims. */
  readonly #old = new Map<string, string>();

  /** Takes the record and the key it claims; false, taking nothing, when either is another's. */
  take(candidate: Candidate, group: object): boolean {
    const { source, key, policy } = candidate;
    let records = this.#records.get(policy.name);
    if (!records) this.#records.set(policy.name, (records = new Set()));
    const before = records.size;
    records.add(source);
    if (records.size === before) return false;
    if (key === undefined || this.#hold(key, group)) return true;
    records.delete(source);
    return false;
  }

  /** Takes also the key of a taken record's row, which it does not claim; false, taking nothing, when it is another's. */
  takeOld(candidate: Candidate, key: string, group: object): boolean {
    if (!this.#hold(key, group)) return false;
    this.#old.set(recordOf(candidate), key);
    return true;
  }

  release(candidate: Candidate): void {
    this.#records.get(candidate.policy.name)?.delete(candidate.source);
    if (candidate.key !== undefined) this.#free(candidate.key);
    if (this.#old.size === 0) return;
    const record = recordOf(candidate);
    const old = this.#old.get(record);
    if (old === undefined) return;
    this.#free(old);
    this.#old.delete(record);
  }

  #hold(key: string, group: object): boolean {
    const holder = this.#keys.get(key);
    if (holder === undefined) this.#keys.set(key, group);
    else if (holder === group) this.#shared.set(key, (this.#shared.get(key) ?? 1) + 1);
    else return false;
    return true;
  }

  #free(key: string): void {
    const holders = this.#shared.size === 0 ? undefined : this.#shared.get(key);
    if (holders === undefined) this.#keys.delete(key);
    else if (holders > 2) this.#shared.set(key, holders - 1);
    else this.#shared.delete(key);
  }
}

function recordOf({ policy, source }: Candidate): string {
  return claimId({ sync: policy.name, source });
}
