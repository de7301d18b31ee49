import { byText } from './statement.ts';

/** One record's place among the claimants of a key. */
export interface RankedClaim {
  /** `keyHash` of the two that follow. */
  readonly hash: number;
  readonly keySpace: number;
  readonly key: string;
  readonly precedence: number;
  /** Its rank, or its own stamp where it has none. */
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
    (left.own < 0 ? byText(right.source, left.source) : byText(left.source, right.source)) ||
    left.sync - right.sync
  );
}

const none: readonly RankedClaim[] = [];

/** Parts of the buffer, by hash: claims of one part are neighbours in the table. */
export const partCount = 128;
const hashesOfPart = 2 ** 48 / partCount;

/** Changes of claims that are committed, but not yet merged into the table of claims. */
export class ClaimBuffer {
  readonly #parts = Array.from({ length: partCount }, () => new Part());
  #size = 0;

  get size(): number {
    return this.#size;
  }

  apply(changes: ClaimChanges): void {
    for (const claim of changes.removed) this.#size += this.#part(claim.hash).remove(claim);
    for (const claim of changes.added) this.#size += this.#part(claim.hash).add(claim);
  }

  /** Those who have begun to claim the key. */
  claimants(hash: number, keySpace: number, key: string): readonly RankedClaim[] {
    const claimants = this.#part(hash).added.get(key) ?? none;
    return claimants.every((claim) => claim.keySpace === keySpace)
      ? claimants
      : claimants.filter((claim) => claim.keySpace === keySpace);
  }

  sizeOf(part: number): number {
    return (this.#parts[part] as Part).size;
  }

  /** What makes a part of the table of claims whole: removed first, then added. */
  changes(part: number): ClaimChanges {
    const { added, removed } = this.#parts[part] as Part;
    return { removed, added: [...added.values()].flat() };
  }

  clear(part: number): void {
    this.#size -= (this.#parts[part] as Part).size;
    this.#parts[part] = new Part();
  }

  #part(hash: number): Part {
    return this.#parts[Math.floor(hash / hashesOfPart)] as Part;
  }
}

class Part {
  readonly added = new Map<string, RankedClaim[]>();
  readonly removed: RankedClaim[] = [];
  size = 0;

  /** By how much the part has grown. */
  add(claim: RankedClaim): number {
    const claimants = this.added.get(claim.key);
    if (claimants?.some((other) => sameClaim(other, claim))) return 0;
    if (claimants) claimants.push(claim);
    else this.added.set(claim.key, [claim]);
    this.size++;
    return 1;
  }

  /** By how much the part has grown. */
  remove(claim: RankedClaim): number {
    const claimants = this.added.get(claim.key) ?? none;
    const others = claimants.filter((other) => !sameClaim(other, claim));
    const grown = others.length === claimants.length ? 1 : -1;
    if (grown === 1) this.removed.push(claim);
    else if (others.length > 0) this.added.set(claim.key, others);
    else this.added.delete(claim.key);
    this.size += grown;
    return grown;
  }
}
