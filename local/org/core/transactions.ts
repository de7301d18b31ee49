import type { CommittedTransaction, DmlRequest, DmlResult, OrgClock, Session } from './contract.ts';
import { describeCommit, describePublish, type CommitIdentity } from './commit.ts';
import type { Database } from './database.ts';
import { executeRequest, RecordWriter, type Work } from './dml/index.ts';
import { userOf, type RightsKeeper } from './rights/index.ts';
import { makeUuid } from './random.ts';
import { Transaction, type Entry } from './storage/index.ts';

type Listener = (transaction: CommittedTransaction) => void;

/** Runs transactions one after the other, commits them at once or later, and tells who listens. */
export class Transactions {
  readonly #database: Database;
  readonly #clock: OrgClock;
  readonly #random: () => number;
  readonly #rights: RightsKeeper;
  readonly #listeners = new Set<Listener>();
  readonly #writers = new Map<string, { readonly revision: number; readonly writer: RecordWriter }>();
  #delay = 0;
  #number = 0;
  #uncommitted = 0;
  #latest: Promise<void> = Promise.resolve();

  constructor(database: Database, clock: OrgClock, random: () => number, rights: RightsKeeper) {
    this.#rights = rights;
    this.#database = database;
    this.#clock = clock;
    this.#random = random;
  }

  /** Transactions that were executed and are not visible yet. */
  get uncommitted(): number {
    return this.#uncommitted;
  }

  delayCommits(milliseconds: number): void {
    this.#delay = milliseconds;
  }

  listen(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Settles once the transaction executed last is committed. */
  whenCommitted(): Promise<void> {
    return this.#latest;
  }

  /** One transaction: everything that `work` does is committed, or, when it throws, nothing. */
  run<Result>(
    session: Session,
    work: (dml: (request: Omit<DmlRequest, 'session'>) => readonly DmlResult[]) => Result,
  ): Result {
    return this.perform(session, (makeWork) => work((request) => executeRequest(request, makeWork())));
  }

  /** One transaction, as `run`, for what is more than DML; each `makeWork` is a request with a time of its own. */
  perform<Result>(session: Session, act: (makeWork: () => Work) => Result): Result {
    const transaction = new Transaction(session);
    const user = userOf(this.#database, session);
    const start = transaction.mark();
    let result: Result;
    try {
      result = act(() => this.#workFor(transaction, user));
    } catch (error) {
      transaction.rollbackTo(start);
      throw error;
    }
    this.#finish(transaction);
    return result;
  }

  #finish(transaction: Transaction): void {
    const delay = transaction.steps.length + transaction.events.length === 0 ? 0 : this.#delay;
    if (delay <= 0) {
      this.#latest = Promise.resolve();
      this.#commit(transaction);
      return;
    }
    transaction.shelve();
    this.#uncommitted++;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#latest = promise;
    this.#clock.after(delay, () => {
      this.#uncommitted--;
      this.#commit(transaction);
      resolve();
    });
  }

  #commit(transaction: Transaction): void {
    transaction.commit();
    if (this.#uncommitted === 0) {
      for (const table of new Set(transaction.steps.map(({ entry }) => entry.table))) table.tidy();
    }
    if (this.#listeners.size === 0) return;
    if (transaction.steps.length + transaction.events.length === 0) return;
    this.#tell(describeCommit(transaction, this.#identity()));
  }

  #tell(committed: CommittedTransaction): void {
    for (const listener of this.#listeners) listener(committed);
  }

  #identity(): CommitIdentity {
    this.#number++;
    return { key: makeUuid(this.#random), number: this.#number, at: this.#clock.now() };
  }

  #workFor(transaction: Transaction, user: Entry): Work {
    const database = this.#database;
    return {
      database,
      transaction,
      user,
      rights: this.#rights.of(user),
      now: Math.floor(this.#clock.now() / 1000),
      makeUuid: () => makeUuid(this.#random),
      publishNow: (event) => this.#tell(describePublish(transaction, event, this.#identity())),
      writerOf: (object) => this.#writerOf(object),
    };
  }

  #writerOf(object: string): RecordWriter {
    const { revision } = this.#database.schema;
    const known = this.#writers.get(object);
    if (known?.revision === revision) return known.writer;
    const writer = new RecordWriter(this.#database, this.#database.table(object));
    this.#writers.set(object, { revision, writer });
    return writer;
  }
}
