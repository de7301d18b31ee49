import type { CommittedTransaction, DmlRequest, DmlResult, OrgClock, Session } from './contract/index.ts';
import { describeCommit, describePublish, type CommitIdentity } from './commit.ts';
import type { Database } from './database.ts';
import { executeRequest, RecordWriter, type Work } from './dml/index.ts';
import { userOf, type RightsKeeper } from './rights/index.ts';
import { prepareQuery } from './soql/index.ts';
import { Transaction, type Entry } from './storage/index.ts';
import type { Actor, TriggerRunner, UnitOfWork } from './unit.ts';
import { makeUuid } from './uuid.ts';

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
  /** What runs the org's triggers, once there is something. */
  triggers: TriggerRunner | undefined = undefined;

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
    return this.#transact(session, (transaction, unit) => {
      const user = userOf(this.#database, session);
      return act(() => this.#workFor(transaction, unit, user, this.#rights.of(user)));
    });
  }

  /** One transaction for code that says for each piece of work in whose rights it is done. */
  open<Result>(session: Session, act: (unit: UnitOfWork) => Result): Result {
    return this.#transact(session, (_transaction, unit) => act(unit));
  }

  #transact<Result>(session: Session, act: (transaction: Transaction, unit: UnitOfWork) => Result): Result {
    const transaction = new Transaction(session);
    const tasks: (() => void)[] = [];
    const unit = this.#unitOf(transaction, tasks);
    const start = transaction.mark();
    let result: Result;
    try {
      result = act(transaction, unit);
    } catch (error) {
      transaction.rollbackTo(start);
      throw error;
    }
    this.#finish(transaction, tasks);
    return result;
  }

  #unitOf(transaction: Transaction, tasks: (() => void)[]): UnitOfWork {
    const { session } = transaction;
    const unit: UnitOfWork = {
      userId: session.userId,
      dml: (request, actor) => executeRequest(request, this.#workOf(transaction, unit, actor)),
      prepare: (soql, userId, apex) =>
        prepareQuery(
          { database: this.#database, clock: this.#clock, rights: this.#rights },
          soql,
          { ...session, userId },
          { apex },
        ),
      savepoint() {
        const mark = transaction.mark();
        const waiting = tasks.length;
        return () => {
          transaction.rollbackTo(mark);
          tasks.length = Math.min(tasks.length, waiting);
        };
      },
      backdate: (id, seconds) => {
        const entry = this.#database.find(id);
        const column = entry?.table.column('CreatedDate');
        if (entry?.row === undefined || column === undefined) return false;
        const row = [...entry.row];
        row[entry.table.slotOf(column)] = seconds;
        transaction.write(entry, row);
        return true;
      },
      afterCommit: (task) => void tasks.push(task),
    };
    return unit;
  }

  #workOf(transaction: Transaction, unit: UnitOfWork, { userId, mode }: Actor): Work {
    const user = userOf(this.#database, { ...transaction.session, userId });
    const all = mode === 'user' ? this.#rights.of(user) : undefined;
    return this.#workFor(transaction, unit, user, mode === 'sharing' ? this.#rights.sharingOf(user) : all);
  }

  #finish(transaction: Transaction, tasks: readonly (() => void)[]): void {
    const delay = transaction.steps.length + transaction.events.length === 0 ? 0 : this.#delay;
    if (delay <= 0) {
      this.#latest = Promise.resolve();
      this.#commit(transaction, tasks);
      return;
    }
    transaction.shelve();
    this.#uncommitted++;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#latest = promise;
    this.#clock.after(delay, () => {
      this.#uncommitted--;
      this.#commit(transaction, tasks);
      resolve();
    });
  }

  #commit(transaction: Transaction, tasks: readonly (() => void)[]): void {
    transaction.commit();
    if (this.#uncommitted === 0) {
      for (const table of new Set(transaction.steps.map(({ entry }) => entry.table))) table.tidy();
    }
    if (this.#listeners.size > 0 && transaction.steps.length + transaction.events.length > 0) {
      this.#tell(describeCommit(transaction, this.#identity()));
    }
    for (const task of tasks) task();
  }

  #tell(committed: CommittedTransaction): void {
    for (const listener of this.#listeners) listener(committed);
  }

  #identity(): CommitIdentity {
    this.#number++;
    return { key: makeUuid(this.#random), number: this.#number, at: this.#clock.now() };
  }

  #workFor(transaction: Transaction, unit: UnitOfWork, user: Entry, rights: Work['rights']): Work {
    const database = this.#database;
    return {
      database,
      transaction,
      began: transaction.steps.length,
      user,
      rights,
      triggers: this.triggers,
      unit,
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
