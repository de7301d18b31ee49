import { claimId, type Candidate } from '../plan/index.ts';
import { BusyTexts } from './busy-texts.ts';

/**
 * Records and keys between plan and settle. Those of one group (a chunk) may share a key; another group waits. A key
 * is free when every record of the group that holds it has settled, so an election never misses a claim on its way.
 */
export class Busy {
  readonly #records = new BusyTexts();
  readonly #keys = new BusyTexts();
  readonly #syncs = new Map<string, number>();
  /** By record: the key of its row, beside the one that it claims. */
  readonly #old = new Map<string, string>();
  #groups = 0;

  /** A new group. */
  group(): number {
    return (this.#groups = (this.#groups + 1) | 0);
  }

  /** Takes the record and the key it claims; false, taking nothing, when either is another's. */
  take({ source, key, policy }: Candidate, group: number): boolean {
    const sync = this.#sync(policy.name);
    const holders = this.#records.hold(sync, source, group);
    if (holders === 1 && (key === undefined || this.#keys.hold(0, key, group) > 0)) return true;
    if (holders > 0) this.#records.free(sync, source);
    return false;
  }

  /** Takes also the key of a taken record's row, which it does not claim; false, taking nothing, when it is another's. */
  takeOld(candidate: Candidate, key: string, group: number): boolean {
    if (this.#keys.hold(0, key, group) === 0) return false;
    this.#old.set(recordOf(candidate), key);
    return true;
  }

  release(candidate: Candidate): void {
    this.#records.free(this.#sync(candidate.policy.name), candidate.source);
    if (candidate.key !== undefined) this.#keys.free(0, candidate.key);
    if (this.#old.size === 0) return;
    const record = recordOf(candidate);
    const old = this.#old.get(record);
    if (old === undefined) return;
    this.#keys.free(0, old);
    this.#old.delete(record);
  }

  #sync(name: string): number {
    let number = this.#syncs.get(name);
    if (number === undefined) this.#syncs.set(name, (number = this.#syncs.size));
    return number;
  }
}

function recordOf({ policy, source }: Candidate): string {
  return claimId({ sync: policy.name, source });
}
