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

/** A claim as the table of claims has it: hash, precedence, own, source, sync. */
export type ClaimEntry = readonly [number, number, number, string, number];

export interface ClaimChanges {
  readonly removed: readonly RankedClaim[];
  readonly added: readonly RankedClaim[];
}

export function entryOf({ hash, precedence, own, source, sync }: RankedClaim): ClaimEntry {
  return [hash, precedence, own, source, sync];
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
