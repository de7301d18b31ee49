import { byText } from './statement.ts';

/** One record's place among the claimants of a key. */
export interface RankedClaim {
  readonly keySpace: number;
  readonly key: string;
  readonly precedence: number;
  readonly own: number;
  readonly source: string;
  readonly sync: number;
}

export interface ClaimChanges {
  readonly removed: readonly RankedClaim[];
  readonly added: readonly RankedClaim[];
}

export function sameClaim(left: RankedClaim, right: RankedClaim): boolean {
  return (
    left.key === right.key &&
    left.keySpace === right.keySpace &&
    left.own === right.own &&
    left.precedence === right.precedence &&
    left.source === right.source &&
    left.sync === right.sync
  );
}

/** Positive when `left` is the greater claim. */
export function compareClaims(left: RankedClaim, right: RankedClaim): number {
  return (
    left.precedence - right.precedence ||
    left.own - right.own ||
    byText(left.source, right.source) ||
    left.sync - right.sync
  );
}

const none: readonly RankedClaim[] = [];

/** Changes of claims that are committed, but not yet merged into the table of claims. */
export class ClaimBuffer {
  readonly #added = new Map<number, Map<string, RankedClaim[]>>();
  readonly #removed: RankedClaim[] = [];
  #size = 0;

  get size(): number {
    return this.#size;
  }

  apply(changes: ClaimChanges): void {
    for (const claim of changes.removed) this.#remove(claim);
    for (const claim of changes.added) this.#add(claim);
  }

  /** Those who have begun to claim the key. */
  claimants(keySpace: number, key: string): readonly RankedClaim[] {
    return this.#added.get(keySpace)?.get(key) ?? none;
  }

  /** What makes the table of claims whole: removed first, then added. */
  changes(): ClaimChanges {
    return { removed: this.#removed, added: [...this.#added.values()].flatMap((keys) => [...keys.values()].flat()) };
  }

  clear(): void {
    this.#added.clear();
    this.#removed.length = 0;
    this.#size = 0;
  }

  #add(claim: RankedClaim): void {
    const keys = this.#keys(claim.keySpace);
    const claimants = keys.get(claim.key);
    if (claimants) claimants.push(claim);
    else keys.set(claim.key, [claim]);
    this.#size++;
  }

  #remove(claim: RankedClaim): void {
    const keys = this.#keys(claim.keySpace);
    const claimants = keys.get(claim.key) ?? none;
    const others = claimants.filter((other) => !sameClaim(other, claim));
    if (others.length === claimants.length) {
      this.#removed.push(claim);
      this.#size++;
      return;
    }
    if (others.length > 0) keys.set(claim.key, others);
    else keys.delete(claim.key);
    this.#size--;
  }

  #keys(keySpace: number): Map<string, RankedClaim[]> {
    const known = this.#added.get(keySpace);
    if (known) return known;
    const keys = new Map<string, RankedClaim[]>();
    this.#added.set(keySpace, keys);
    return keys;
  }
}
