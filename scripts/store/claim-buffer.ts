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
    const claimants = this.#part(hash).claimants(key);
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
    return { removed, added };
  }

  clear(part: number): void {
    this.#size -= (this.#parts[part] as Part).size;
    this.#parts[part] = new Part();
  }

  #part(hash: number): Part {
    return this.#parts[Math.floor(hash / hashesOfPart)] as Part;
  }
}

/** Nearly every key has one claimant, kept without a list of its own: a buffer that is full is half as large by it. */
class Part {
  readonly #first = new Map<string, RankedClaim>();
  readonly #others = new Map<string, readonly RankedClaim[]>();
  readonly removed: RankedClaim[] = [];
  size = 0;

  get added(): readonly RankedClaim[] {
    return [...this.#first.values(), ...[...this.#others.values()].flat()];
  }

  claimants(key: string): readonly RankedClaim[] {
    const first = this.#first.get(key);
    return first ? [first, ...(this.#others.get(key) ?? none)] : none;
  }

  /** By how much the part has grown. */
  add(claim: RankedClaim): number {
    if (!this.#first.has(claim.key)) {
      this.#first.set(claim.key, claim);
      this.size++;
      return 1;
    }
    const claimants = this.claimants(claim.key);
    if (claimants.some((other) => sameClaim(other, claim))) return 0;
    this.#keep(claim.key, [...claimants, claim]);
    this.size++;
    return 1;
  }

  /** By how much the part has grown. */
  remove(claim: RankedClaim): number {
    const claimants = this.claimants(claim.key);
    const left = claimants.filter((other) => !sameClaim(other, claim));
    const grown = left.length === claimants.length ? 1 : -1;
    if (grown === 1) this.removed.push(claim);
    else this.#keep(claim.key, left);
    this.size += grown;
    return grown;
  }

  #keep(key: string, [first, ...others]: readonly RankedClaim[]): void {
    if (first) this.#first.set(key, first);
    else this.#first.delete(key);
    if (others.length > 0) this.#others.set(key, others);
    else if (this.#others.size > 0) this.#others.delete(key);
  }
}
