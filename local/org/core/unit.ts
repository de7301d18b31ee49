import type { ApexQuery, DmlRequest, DmlResult, InputRecord, PreparedQuery, RecordError } from './contract/index.ts';

/**
 * What holds for one piece of work inside a transaction: `user` is bound by their rights and sharing, `sharing` by
 * sharing alone, `system` by neither.
 */
export type AccessMode = 'user' | 'sharing' | 'system';

export interface Actor {
  readonly userId: string;
  readonly mode: AccessMode;
}

/** One open transaction, for code that runs inside it: Apex. */
export interface UnitOfWork {
  /** Who opened the transaction. */
  readonly userId: string;
  dml(request: Omit<DmlRequest, 'session'>, actor: Actor): readonly DmlResult[];
  /** Parses and checks a query; it sees what the transaction has done so far. */
  prepare(soql: string, userId: string, query: ApexQuery): PreparedQuery;
  /** A point to come back to; calling what it returns undoes everything since, events that wait for the commit included. */
  savepoint(): () => void;
  /** Gives a record another time of creation, in seconds since 1970: what tests may do. False when it is not there. */
  backdate(id: string, seconds: number): boolean;
  /** Runs `task` once the transaction is committed; never when it is not. */
  afterCommit(task: () => void): void;
}

/** A record as its triggers see it: field → JSON-typed value. */
export interface TriggerRecord {
  readonly id: string | undefined;
  /** Absent in delete triggers. */
  readonly now: ReadonlyMap<string, unknown> | undefined;
  /** Absent in insert and undelete triggers. */
  readonly before: ReadonlyMap<string, unknown> | undefined;
}

/** At most 200 records of one object. */
export interface TriggerMoment {
  readonly object: string;
  readonly operation: 'insert' | 'update' | 'delete' | 'undelete';
  readonly timing: 'before' | 'after';
  readonly records: readonly TriggerRecord[];
}

/** What became of one record in a trigger. */
export interface TriggerVerdict {
  /** Fields that a before trigger set. */
  readonly changes: InputRecord;
  readonly errors: readonly RecordError[];
}

/** Runs the triggers of an org; verdicts are in the order of the records. */
export interface TriggerRunner {
  has(object: string): boolean;
  run(moment: TriggerMoment, unit: UnitOfWork): readonly TriggerVerdict[];
}
