import type { DatabaseSync } from 'node:sqlite';
import type { LeasedWork, Store, WorkCause, WorkItem, WorkResult } from '../engine/index.ts';
import type { Names } from './names.ts';
import { byText, prepareAll, prepareQuery, type Columns } from './statement.ts';

export const workQueries = {
  any: 'select 1 from work where sync = ? limit 1',
  waiting: `
    select w.source
    from json_each(?1) as asked
    cross join work as w on w.sync = ?2 and w.source = asked.value`,
  due: `
    select source, urgency, due_at, cause, run, sequence, attempts, first_failed_at
    from work
    where sync = ? and urgency = ? and available_at <= ?
    order by available_at
    limit ?`,
  next: 'select min(available_at) from work where sync = ? and urgency = ?',
  backlog: 'select sync, urgency, count(*), min(available_at) from work group by sync, urgency',
  pending: 'select count(*) from work where run = ?',
};

export const workStatements = {
  /** Sequences come from one counter of the store, so that a late answer cannot remove work that came after it. */
  nextSequence: 'update store set work_sequence = work_sequence + ? returning work_sequence',
  add: `
    insert into work (sync, source, urgency, due_at, available_at, leased, cause, run, sequence, attempts)
    values (?1, ?2, ?3, ?4, ?4, 0, ?5, ?6, ?7, 0)
    on conflict do update set
      urgency = min(urgency, excluded.urgency),
      due_at = min(due_at, excluded.due_at),
      available_at = iif(leased, available_at, min(available_at, excluded.available_at)),
      cause = excluded.cause,
      run = coalesce(run, excluded.run),
      sequence = excluded.sequence`,
  giveBack: 'update work set leased = 0, available_at = due_at where leased = 1',
  lease: 'update work set leased = 1, available_at = ? where sync = ? and source = ?',
  remove: 'delete from work where sync = ? and source = ? and sequence = ?',
  /** It grew while it was leased: what came in between is a new piece of work, due at once. */
  renew: `
    update work set leased = 0, available_at = due_at, attempts = 0, first_failed_at = null
    where sync = ? and source = ? and sequence > ?`,
  again: `
    update work set
      leased = 0,
      due_at = ?3,
      available_at = ?3,
      run = coalesce(?4, run),
      attempts = attempts + ?5,
      first_failed_at = iif(?5, coalesce(first_failed_at, ?6), first_failed_at)
    where sync = ?1 and source = ?2`,
};

const urgencies = [0, 1, 2] as const;

/** Work waiting: one row per (sync, source record). */
export class Work {
  readonly #names: Names;
  readonly #queries;
  readonly #statements;

  constructor(database: DatabaseSync, names: Names) {
    this.#names = names;
    this.#queries = {
      any: prepareQuery(database, workQueries.any),
      waiting: prepareQuery(database, workQueries.waiting),
      due: prepareQuery(database, workQueries.due),
      next: prepareQuery(database, workQueries.next),
      backlog: prepareQuery(database, workQueries.backlog),
      pending: prepareQuery(database, workQueries.pending),
    };
    this.#statements = prepareAll(database, workStatements);
  }

  /** Within a transaction. */
  enqueue(items: readonly WorkItem[]): void {
    if (items.length === 0) return;
    let sequence = Number(this.#statements.nextSequence.get(items.length)?.['work_sequence']) - items.length;
    for (const item of inOrder(items)) {
      this.#statements.add.run(
        this.#names.intern(item.sync),
        item.source,
        item.urgency,
        item.dueAt,
        item.cause,
        this.#names.internOptional(item.run),
        ++sequence,
      );
    }
  }

  /** Within a transaction: what an earlier holder of the store had leased is due again, since it can no longer settle it. */
  giveBack(): void {
    this.#statements.giveBack.run();
  }

  /** Within a transaction. `now`: milliseconds since 1970, noted as the time of a first failed attempt. */
  settle(results: readonly WorkResult[], now: number): void {
    for (const result of inOrder(results)) {
      const sync = this.#names.intern(result.sync);
      if (result.kind === 'done') {
        const removed = this.#statements.remove.run(sync, result.source, result.sequence);
        if (removed.changes === 0) this.#statements.renew.run(sync, result.source, result.sequence);
      } else {
        const run = this.#names.internOptional(result.run);
        this.#statements.again.run(sync, result.source, result.dueAt, run, result.countAttempt ? 1 : 0, now);
      }
    }
  }

  waiting(sync: string, sources: readonly string[]): ReadonlySet<string> {
    const number = this.#names.find(sync);
    if (number === undefined || sources.length === 0 || this.#queries.any(number).length === 0) return new Set();
    return new Set(this.#queries.waiting(JSON.stringify(sources), number).map((row) => row[0] as string));
  }

  due(sync: string, now: number, limit: number): readonly LeasedWork[] {
    const number = this.#names.find(sync);
    if (number === undefined) return [];
    const found: LeasedWork[] = [];
    for (const urgency of urgencies) {
      if (found.length >= limit) break;
      const rows = this.#queries.due(number, urgency, now, limit - found.length);
      for (const row of rows) found.push(this.#decode(sync, row));
    }
    return found;
  }

  /** Within a transaction: none of these is due before `until`. */
  lease(sync: string, items: readonly LeasedWork[], until: number): void {
    const number = this.#names.intern(sync);
    for (const item of inOrder(items)) this.#statements.lease.run(until, number, item.source);
  }

  nextDue(sync: string): number | undefined {
    const number = this.#names.find(sync);
    if (number === undefined) return undefined;
    const times = urgencies.map((urgency) => this.#queries.next(number, urgency)[0]?.[0]);
    const known = times.filter((time) => typeof time === 'number');
    return known.length > 0 ? Math.min(...known) : undefined;
  }

  backlog(): Awaited<ReturnType<Store['backlog']>> {
    return this.#queries.backlog().map(([sync, urgency, count, oldestDueAt]) => ({
      sync: this.#names.text(sync as number),
      urgency: urgency as number,
      count: count as number,
      oldestDueAt: oldestDueAt as number,
    }));
  }

  pending(run: string): number {
    const number = this.#names.find(run);
    return number === undefined ? 0 : (this.#queries.pending(number)[0]?.[0] as number);
  }

  #decode(sync: string, row: Columns): LeasedWork {
    const [source, urgency, dueAt, cause, run, sequence, attempts, firstFailedAt] = row;
    return {
      sync,
      source: source as string,
      urgency: urgency as WorkItem['urgency'],
      dueAt: dueAt as number,
      cause: cause as WorkCause,
      ...(run === null ? {} : { run: this.#names.text(run as number) }),
      sequence: sequence as number,
      attempts: attempts as number,
      ...(firstFailedAt === null ? {} : { firstFailedAt: firstFailedAt as number }),
    };
  }
}

function inOrder<Item extends { readonly sync: string; readonly source: string }>(items: readonly Item[]): Item[] {
  return items.toSorted((left, right) => byText(left.sync, right.sync) || byText(left.source, right.source));
}
