import type { Version } from '../version.ts';

/**
 * Which of several records with one target key is delivered, among those of the highest precedence:
 * - `latest`: the one that changed last, of several at once the one with the highest ID (I-X6);
 * - `smallestId`: the one with the smallest ID, whatever it was read with (P-58);
 * - `first`: the one that claimed the key first and has kept it since. Records of one full read are there when it
 *   begins, so among these it is the smallest ID: the order of pages decides nothing (P-59).
 */
export type Election = 'latest' | 'smallestId' | 'first';

/** What decides among claimants of one target key. */
export interface Rank {
  readonly precedence: number;
  readonly version: Version;
  readonly source: string;
  /** In the place of the own stamp; among equal negative ones the smaller ID comes first. */
  readonly rank?: number | undefined;
}

/** Positive when `left` comes first. Stores order claims in the same way. */
export function compareRanks(left: Rank, right: Rank): number {
  const place = left.rank ?? left.version.own;
  return (
    left.precedence - right.precedence ||
    place - (right.rank ?? right.version.own) ||
    (place < 0 ? compareTexts(right.source, left.source) : compareTexts(left.source, right.source))
  );
}

/** The rank of a record that now claims a key; undefined where its own stamp is. */
export function rankFor(
  election: Election,
  claimant: { readonly source: string; readonly key: string | undefined; readonly claimedAt: number },
  previous: { readonly key?: string | undefined; readonly rank?: number | undefined } | undefined,
): number | undefined {
  if (election === 'latest') return undefined;
  if (election === 'smallestId') return rankOfId(claimant.source);
  return previous?.key === claimant.key && previous?.rank !== undefined ? previous.rank : -claimant.claimedAt;
}

/** P-X6: negative when `left` is the smaller ID: as numbers where both are all digits, else digit by digit, bytewise. */
export function compareIds(left: string, right: string): number {
  return rankOfId(right) - rankOfId(left) || compareTexts(left, right);
}

const digits = /^\d+$/;
const exactDigits = 15;

/** Negative, the greater the smaller the ID; the same for IDs whose texts tell. All-digit IDs come before others. */
function rankOfId(id: string): number {
  if (!digits.test(id)) return Number.MIN_SAFE_INTEGER;
  return id.length <= exactDigits ? -1 - Number(id) : -(10 ** exactDigits) - id.length;
}

function compareTexts(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
