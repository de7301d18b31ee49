import type { Counts, Outcome } from '../outcomes.ts';
import type { ReasonCode } from '../reasons/index.ts';
import type { Version } from '../version.ts';
import type { Change, Cursor } from './source.ts';

/**
 * The row per (sync, source record): what was last decided about it, and what it claims. No field values. Each row has all
 * of these names, made at once and in this order: so all are of one shape, for which V8 compiles once.
 */
export interface RecordRow {
  readonly sync: string;
  readonly source: string;
  readonly version: Version;
  /** `<connection>/<system object>`: within it a target key means one target record. */
  readonly keySpace: string;
  /** The target key that this record claims; absent: it claims none. */
  readonly key: string | undefined;
  readonly precedence: number;
  /** Its place among those who claim its key, where it is not that of its own stamp; see `compareRanks`. */
  readonly rank: number | undefined;
  /** Hash of the JSON last delivered from this record; absent while the target does not hold this record's values. */
  readonly hash: string | undefined;
  readonly outcome: Outcome;
  readonly reason: ReasonCode | undefined;
  /** What the reason's sentence names: the winner's ID, the vendor's words. Never a field value. */
  readonly detail: string | undefined;
  /** The run that counts `outcome`; empty when another record took its key over in a run that did not count it. */
  readonly run: string;
  /** The full read (backfill, sweep, manual) that accounted for it last; live work leaves it as it is. */
  readonly bulkRun: string | undefined;
  /** The run that created its target key; its takers inherit it, so counts do not depend on order. */
  readonly createdIn: string | undefined;
  readonly entrance: Entrance;
  /** Milliseconds since 1970. */
  readonly settledAt: number;
}

export type Entrance = 'live' | 'bulk';

/**
 * A record's claim on a target key; the greatest by (precedence, rank or version.own, source) wins. Among equal negative
 * ranks it is the one with the smallest source.
 */
export interface Claim {
  readonly sync: string;
  readonly source: string;
  readonly precedence: number;
  readonly rank?: number | undefined;
  readonly version: Version;
  /** True while the target holds this claimant's values. */
  readonly delivered: boolean;
  readonly createdIn?: string | undefined;
  readonly run: string;
  readonly outcome: Outcome;
}

export type WorkCause = 'changed' | 'deleted' | 'parent' | 'elected' | 'retry' | 'asked';

/** Work waiting: one row per (sync, source record), however often it changed. */
export interface WorkItem {
  readonly sync: string;
  readonly source: string;
  /** 0 live, 1 retry, 2 at backfill's priority. The more urgent one stays when work merges. */
  readonly urgency: 0 | 1 | 2;
  /** Not before; milliseconds since 1970. The earlier one stays when work merges. */
  readonly dueAt: number;
  readonly cause: WorkCause;
  /** The run that counts it; absent: the live run of the hour. The first one named stays when work merges. */
  readonly run?: string;
}

export interface LeasedWork extends WorkItem {
  /** Grows with each change that merged into it; work that grew while leased is not removed when acknowledged. */
  readonly sequence: number;
  readonly attempts: number;
  /** When its first failed attempt was, milliseconds since 1970. */
  readonly firstFailedAt?: number;
}

/** What to do with leased work. `done` removes it unless it grew; `again` leases it out anew from `dueAt`. */
export type WorkResult =
  | { readonly kind: 'done'; readonly sync: string; readonly source: string; readonly sequence: number }
  | {
      readonly kind: 'again';
      readonly sync: string;
      readonly source: string;
      readonly dueAt: number;
      readonly countAttempt: boolean;
      readonly run?: string;
    };

export type RunKind = 'backfill' | 'sweep' | 'manual' | 'live';

export interface RunRow {
  readonly id: string;
  readonly sync: string;
  readonly kind: RunKind;
  readonly state: 'running' | 'finished' | 'stopped' | 'failed';
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly finishedAt?: number;
  /** Records that the source said it has, when the run began. */
  readonly expected?: number;
  readonly counts: Counts;
  readonly reasons: Readonly<Partial<Record<ReasonCode, number>>>;
  /** Where its full read goes on; absent before the first page and once all pages are accounted for. */
  readonly position?: string;
  readonly pagesDone: boolean;
  readonly sourceCalls: number;
  readonly targetCalls: number;
  /** Of `targetCalls`: those that only found records, or read what they hold. */
  readonly lookUpCalls: number;
  /** Calls of the org's API that told flows of changed records. */
  readonly tellCalls: number;
  /** Calls of the org's API that showed this run in it. */
  readonly reportCalls: number;
}

/** The figures of a run that count calls. */
export const runCalls = ['sourceCalls', 'targetCalls', 'lookUpCalls', 'tellCalls', 'reportCalls'] as const;
export type RunCalls = Pick<RunRow, (typeof runCalls)[number]>;

/** Added to a run's figures. Negative numbers move a record from one outcome to another. */
export interface RunDelta extends Partial<RunCalls> {
  readonly run: string;
  readonly counts: Readonly<Partial<Counts>>;
  readonly reasons: Readonly<Partial<Record<ReasonCode, number>>>;
}

/** A record of the org that got new values from a system (a slug), of which its flows are to be told. */
export interface Announcement {
  readonly system: string;
  /** The org's own ID of the record. */
  readonly record: string;
  /** The run that changed it. */
  readonly run: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** A request that has left and is not answered: none of its keys may be sent before `until`. */
export interface Sending {
  readonly batch: string;
  readonly keySpace: string;
  readonly keys: readonly string[];
  /** Milliseconds since 1970. */
  readonly until: number;
}

/** Children of a changed parent, to be queued page by page. */
export interface FanOut {
  readonly sync: string;
  readonly reference: string;
  readonly parent: string;
  readonly afterId?: string;
}

export interface IssueChange {
  readonly sync: string;
  readonly source: string;
  readonly outcome: 'held' | 'failed' | 'settled';
  readonly reason?: ReasonCode;
  readonly detail?: string;
  readonly run: string;
  readonly at: number;
}

/** One transaction: all of it is stored, or none. */
export interface Commit {
  readonly rows?: readonly RecordRow[];
  readonly runDeltas?: readonly RunDelta[];
  readonly runs?: readonly RunRow[];
  readonly runUpdates?: readonly ({ readonly id: string } & Partial<
    Pick<RunRow, 'state' | 'finishedAt' | 'position' | 'pagesDone' | 'expected'>
  >)[];
  readonly work?: readonly WorkResult[];
  readonly enqueue?: readonly WorkItem[];
  readonly answered?: readonly string[];
  readonly cursors?: readonly { readonly name: string; readonly cursor: Cursor }[];
  readonly seen?: readonly {
    readonly object: string;
    readonly changes: readonly Change[];
    readonly forgetBefore: number;
  }[];
  readonly parents?: readonly { readonly object: string; readonly id: string; readonly hash: string }[];
  readonly fanOuts?: {
    readonly add?: readonly FanOut[];
    readonly progress?: readonly FanOut[];
    readonly done?: readonly FanOut[];
  };
  readonly issues?: readonly IssueChange[];
  readonly announcements?: readonly Announcement[];
}

export interface RecordFilter {
  readonly sync?: string;
  readonly outcome?: Outcome;
  readonly reason?: ReasonCode;
  readonly run?: string;
  readonly after?: { readonly sync: string; readonly source: string };
  readonly limit: number;
}

/**
 * What the org should not hold. Every call takes whole batches. Only the holder of its lease may change it: each
 * change carries the lease's fence, and one with a fence that is no longer the latest throws `LeaseLostError`.
 */
export interface Store {
  /** Identifies this store to the org (`Plumbline_Worker__c`). */
  readonly id: string;
  /**
   * Takes the store for one worker; throws `LeaseLostError`, naming the holder, while another's lease lasts. Work that
   * an earlier holder had leased is due again: its fence is past, so it can settle nothing any more.
   */
  acquire(owner: string, now: number, milliseconds: number): Promise<void>;
  renew(now: number, milliseconds: number): Promise<void>;
  release(): Promise<void>;

  commit(change: Commit): Promise<void>;

  rows(sync: string, sources: readonly string[]): Promise<ReadonlyMap<string, RecordRow>>;
  /** The greatest claim on each key that has one. */
  topClaims(keySpace: string, keys: readonly string[]): Promise<ReadonlyMap<string, Claim>>;
  /**
   * The greatest claim on each key but those of the named records, which are about to give it up. A key may be named
   * several times, with different records.
   */
  runnersUp(
    keySpace: string,
    givers: readonly { readonly key: string; readonly sync: string; readonly source: string }[],
  ): Promise<ReadonlyMap<string, Claim>>;
  records(filter: RecordFilter): Promise<readonly RecordRow[]>;

  /** Of these records, those with work waiting or leased. */
  waiting(sync: string, sources: readonly string[]): Promise<ReadonlySet<string>>;
  /** Leases due work of one sync, most urgent and longest due first. */
  lease(request: {
    readonly sync: string;
    readonly now: number;
    readonly milliseconds: number;
    readonly limit: number;
  }): Promise<readonly LeasedWork[]>;
  /** When the next work of the sync is due; absent when there is none. Leased work is due when its lease ends. */
  nextDue(sync: string): Promise<number | undefined>;
  backlog(): Promise<
    readonly { readonly sync: string; readonly urgency: number; readonly count: number; readonly oldestDueAt: number }[]
  >;
  /** Work that counts towards this run and is not done. */
  pending(run: string): Promise<number>;

  /** Stored before a request leaves, so that a crash knows which keys may still change. */
  sending(sending: Sending): Promise<void>;
  /** Requests without an answer whose `until` is after `now`; they are kept until answered, so 0 gives all of them. */
  unanswered(now: number): Promise<readonly Sending[]>;

  cursor(name: string): Promise<Cursor | undefined>;
  /** Of these changes, those not yet seen with that stamp. */
  unseen(object: string, changes: readonly Change[]): Promise<readonly Change[]>;
  parents(object: string, ids: readonly string[]): Promise<ReadonlyMap<string, string>>;
  fanOuts(limit: number): Promise<readonly FanOut[]>;

  run(id: string): Promise<RunRow | undefined>;
  runs(filter: {
    readonly sync?: string;
    readonly kind?: RunKind;
    readonly state?: RunRow['state'];
    readonly limit: number;
  }): Promise<readonly RunRow[]>;

  /** Issue changes the org has not been told yet, oldest first; `told` forgets them. */
  untold(limit: number): Promise<readonly (IssueChange & { readonly sequence: number })[]>;
  told(upTo: readonly number[]): Promise<void>;

  /**
   * Announcements that flows of the org have not been told yet, oldest first; `announced` forgets them. One of a record
   * that waits already takes the place of the earlier one, with a new sequence.
   */
  unannounced(limit: number): Promise<readonly (Announcement & { readonly sequence: number })[]>;
  announced(sequences: readonly number[]): Promise<void>;

  close(): Promise<void>;
}
