import type { Exchanges } from './exchanges.ts';
import type { Clock, MakeId, Pauses, Random, Store, Target } from '../ports/index.ts';

/** The part of the store that planning and settling need: a dry run brings one that keeps what it would write to itself. */
export type LedgerStore = Pick<
  Store,
  'rows' | 'topClaims' | 'runnersUp' | 'waiting' | 'run' | 'commit' | 'sending' | 'unanswered'
>;

/** Records that someone took out of a sync. */
export interface Exclusions {
  has(sync: string, source: string): boolean;
}

export interface PipelineOptions {
  readonly connection: string;
  readonly keySpace: string;
  readonly targetObject: string;
  readonly target: Target;
  readonly store: LedgerStore;
  readonly clock: Clock;
  readonly random: Random;
  readonly makeId: MakeId;
  readonly exclusions: Exclusions;
  /** Read before each batch. */
  readonly pauses: () => Promise<Pauses>;
  /** Told which runs' figures changed, after they did. */
  readonly changedRuns: (runs: Iterable<string>) => void;
  /** Where what was sent of each record is kept for a while; absent: nowhere. */
  readonly exchanges?: Exchanges;
  /** Told which sync has work to do again or anew, after it was stored. */
  readonly queued: (sync: string) => void;
  /** Aborted when nothing more may be sent, for the reason that it carries. */
  readonly signal: AbortSignal;
}
