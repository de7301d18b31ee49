import type { CommittedTransaction } from './commits.ts';
import type { LeadConversion, LeadConversionResult, MergeRequest, MergeResult } from './conversions.ts';
import type { ObjectDefinition } from './objects.ts';
import type { PreparedQuery, QueryOptions } from './queries.ts';
import type { RecordTypeGrant, SchemaChange } from './schema-change.ts';
import type { DmlRequest, DmlResult, Session } from './writes.ts';
import type { TriggerRunner, UnitOfWork } from '../unit.ts';

/** Time and randomness of the org; tests move the clock by hand. */
export interface OrgClock {
  /** Milliseconds since 1970, UTC. */
  now(): number;
  /** Runs `task` after `milliseconds` of this clock; returns what cancels it. */
  after(milliseconds: number, task: () => void): () => void;
  /** Moves time on and runs what falls due on the way; absent where time cannot be moved. */
  advance?(milliseconds: number): void;
}

/** Records that the platform keeps by itself as metadata is deployed: no right, no rule and no listener is asked. */
export interface PlatformRecords {
  /** Writes a record, a new one when `id` is absent; returns its ID. Throws `OrgError` for a value that does not fit. */
  put(object: string, values: Readonly<Record<string, unknown>>, id?: string): string;
  remove(object: string, id: string): void;
  /** Makes these the record types that a permission set (18-character ID) grants; others of its keep their grant. */
  grantRecordTypes(permissionSetId: string, grants: readonly RecordTypeGrant[]): void;
}

export interface Schema {
  /** Case-insensitive, like the platform. */
  object(name: string): ObjectDefinition | undefined;
  objectOfId(id: string): ObjectDefinition | undefined;
  objects(): readonly ObjectDefinition[];
  /** The REST describe of an object, as JSON. */
  describe(name: string, session: Session): Record<string, unknown>;
  /** Grows with each change. */
  readonly revision: number;
}

/** What a user may do, beyond what the user's view of the schema shows. */
export interface UserAccess {
  readonly apiEnabled: boolean;
  /** May deploy metadata; here that takes Modify All Data. */
  readonly modifiesMetadata: boolean;
  /** Sees every record of an object, whoever owns it; without it, change events of the object are withheld. */
  viewsAll(object: string): boolean;
}

export interface Org {
  /** 18 characters; another one after a sandbox refresh. */
  readonly id: string;
  readonly clock: OrgClock;
  readonly schema: Schema;
  /** The schema without what the caller cannot read. `schema` has everything. */
  schemaFor(session: Session): Schema;
  accessOf(session: Session): UserAccess;
  /** The administrator and the integration user that a new org has. */
  readonly adminUserId: string;
  readonly integrationUserId: string;
  /** Applies a schema change, or throws `OrgError` with nothing applied. */
  applySchema(change: SchemaChange): void;
  readonly platform: PlatformRecords;
  /** Parses and checks; throws `OrgError` MALFORMED_QUERY, INVALID_FIELD, INVALID_TYPE as an org words them. */
  prepare(soql: string, session: Session, options?: QueryOptions): PreparedQuery;
  /** One transaction (a request of up to 200 records; Bulk cuts its own). Results in order. */
  dml(request: DmlRequest): readonly DmlResult[];
  /** Several requests in one transaction, for collections with mixed types, composite and Apex. */
  transaction(
    session: Session,
    work: (dml: (request: Omit<DmlRequest, 'session'>) => readonly DmlResult[]) => void,
  ): void;
  /** One transaction for code that runs inside it, Apex: committed when `work` returns, undone when it throws. */
  open<Result>(session: Session, work: (unit: UnitOfWork) => Result): Result;
  /** From now on `runner` runs the triggers of every write, whatever door it comes by. */
  useTriggers(runner: TriggerRunner): void;
  /** One transaction; each lead by itself: one that fails does not hinder the others. */
  convertLeads(session: Session, conversions: readonly LeadConversion[]): readonly LeadConversionResult[];
  /** One transaction; each merge by itself. */
  mergeRecords(session: Session, merges: readonly MergeRequest[]): readonly MergeResult[];
  /**
   * Settles once the transaction that was executed last is committed, at once when commits are not delayed. A door
   * awaits it between `dml` or `transaction` and its answer: a caller's 2xx comes after the commit.
   */
  whenCommitted(): Promise<void>;
  /** Told in commit order; returns what ends it. */
  onCommit(listener: (transaction: CommittedTransaction) => void): () => void;
  /** Transactions from now on are committed this much later, out of order if it shrinks; their stamps stay when they were made. */
  delayCommits(milliseconds: number): void;
  /** Records that take up data storage, those in the recycle bin included. */
  storedRecords(): number;
  /** Makes the org what a refreshed sandbox is: the same records under another org ID. */
  refreshSandbox(): void;
  /** An org of the same schema and users, in milliseconds; without its business records, unless `records` asks for them. */
  fork(options?: { readonly clock?: OrgClock; readonly seed?: number; readonly records?: boolean }): Org;
}
