import { ClaimPart } from './claim-part.ts';
import type { ClaimChanges, ClaimEntry, RankedClaim } from './ranked-claim.ts';

/** Parts of the buffer, by hash: claims of one part are neighbours in the table. */
export const partCount = 128;
const hashesOfPart = 2 ** 48 / partCount;

/** Changes of claims that are committed, but not yet merged into the table of claims. */
export class ClaimBuffer {
  readonly #parts = Array.from({ length: partCount }, () => new ClaimPart());
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
    return this.#part(hash).claimants(hash, keySpace, key);
  }

  sizeOf(part: number): number {
    return (this.#parts[part] as ClaimPart).size;
  }

  /** What makes a part of the table of claims whole: removed first, then added. */
  entries(part: number): { readonly removed: ClaimEntry[]; readonly added: ClaimEntry[] } {
    const found = this.#parts[part] as ClaimPart;
    return { removed: found.removed(), added: found.added() };
  }

  clear(part: number): void {
    this.#size -= this.sizeOf(part);
    (this.#parts[part] as ClaimPart).clear();
  }

  #part(hash: number): ClaimPart {
    return this.#parts[Math.floor(hash / hashesOfPart)] as ClaimPart;
  }
}
