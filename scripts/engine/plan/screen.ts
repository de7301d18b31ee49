import type { RecordRow } from '../ports/index.ts';
import type { Candidate } from './candidate.ts';

/**
 * - `plan`: go on.
 * - `counted`: this run has accounted for it already: a page read again, a record on two pages.
 * - `superseded`: live work is waiting or has delivered a newer version.
 * - `unclear`: live work delivered other values of the same stamp; neither is known to be newer, so it is read again.
 */
export type Screening = 'plan' | 'counted' | 'superseded' | 'unclear';

/**
 * Whether a bulk row may be planned at all (I-X5). It is newer than what was settled before its full read began, and
 * than what an earlier full read settled; it is compared with the rest. A smaller sum of parents at the same own stamp
 * is not known to be older: a changed mapping changes which parents are summed.
 */
export function screenBulk(candidate: Candidate, previous: RecordRow | undefined, waiting: boolean): Screening {
  if (previous && (previous.run === candidate.run || previous.bulkRun === candidate.run)) return 'counted';
  if (waiting) return 'superseded';
  if (previous?.entrance !== 'live' || previous.settledAt < candidate.claimedAt) return 'plan';
  const { version } = candidate;
  if (version.own !== previous.version.own) return version.own < previous.version.own ? 'superseded' : 'plan';
  if (version.parents > previous.version.parents) return 'plan';
  const differs = previous.key !== candidate.key || (previous.hash !== undefined && previous.hash !== candidate.hash);
  return differs ? 'unclear' : 'plan';
}
