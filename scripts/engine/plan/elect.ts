import type { Version } from '../version.ts';

/** What decides among claimants of one target key. */
export interface Rank {
  readonly precedence: number;
  readonly version: Version;
  readonly source: string;
}

/** Positive when `left` comes first: higher precedence, then the latest own stamp, then the highest ID (I-X6). */
export function compareRanks(left: Rank, right: Rank): number {
  return (
    left.precedence - right.precedence ||
    left.version.own - right.version.own ||
    (left.source < right.source ? -1 : left.source > right.source ? 1 : 0)
  );
}
