import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import {
  outcomes,
  runCalls,
  type Commit,
  type ReasonCode,
  type RunCalls,
  type RunDelta,
  type RunKind,
  type RunRow,
} from '../engine/index.ts';
import type { Names } from './names.ts';
import { orNull, prepareAll, prepareQuery, type Columns } from './statement.ts';

const counted = ['read', ...outcomes] as const;
/** The columns of `runCalls`. */
const calls = runCalls.map((name) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`));
const columns = `id, sync, kind, state, started_at, finished_at, expected, position, pages_done, ${calls.join(', ')}, ${counted.join(', ')}`;

export const runQueries = {
  run: `select ${columns} from run where id = ?`,
  reasons: 'select reason, count from run_reason where run = ? and count <> 0',
};

export const runStatements = {
  put: `insert or replace into run (${columns}) values (?, ?, ?, ?, ?, ?, ?, ?, ?${', ?'.repeat(calls.length + counted.length)})`,
  forgetReasons: 'delete from run_reason where run = ?',
  add: `update run set ${[...counted, ...calls].map((name) => `${name} = ${name} + ?`).join(', ')} where id = ?`,
  addReason: `
    insert into run_reason (run, reason, count) values (?, ?, ?)
    on conflict do update set count = count + excluded.count`,
};

type RunUpdate = NonNullable<Commit['runUpdates']>[number];

/** Runs and their counts. */
export class Runs {
  readonly #database: DatabaseSync;
  readonly #names: Names;
  readonly #queries;
  readonly #statements;

  constructor(database: DatabaseSync, names: Names) {
    this.#database = database;
    this.#names = names;
    this.#queries = {
      run: prepareQuery(database, runQueries.run),
      reasons: prepareQuery(database, runQueries.reasons),
    };
    this.#statements = prepareAll(database, runStatements);
  }

  /** Within a transaction. */
  put(run: RunRow): void {
    const id = this.#names.intern(run.id);
    this.#statements.put.run(
      id,
      this.#names.intern(run.sync),
      run.kind,
      run.state,
      run.startedAt,
      orNull(run.finishedAt),
      orNull(run.expected),
      orNull(run.position),
      run.pagesDone ? 1 : 0,
      ...runCalls.map((name) => run[name]),
      ...counted.map((name) => run.counts[name]),
    );
    this.#statements.forgetReasons.run(id);
    this.#addReasons(id, run.reasons);
  }

  /** Within a transaction. A run that was never stored is an error: its counts would be lost. */
  add(delta: RunDelta): void {
    const id = this.#names.intern(delta.run);
    const counts = counted.map((name) => delta.counts[name] ?? 0);
    const { changes } = this.#statements.add.run(...counts, ...runCalls.map((name) => delta[name] ?? 0), id);
    if (changes === 0) throw new Error(`Counts were added to the run ${delta.run}, which the store does not have.`);
    this.#addReasons(id, delta.reasons);
  }

  /** Within a transaction. A `position` once set is cleared by `pagesDone`. */
  update(update: RunUpdate): void {
    const changes: Record<string, SQLInputValue> = {};
    if (update.state !== undefined) changes['state'] = update.state;
    if (update.finishedAt !== undefined) changes['finished_at'] = update.finishedAt;
    if (update.expected !== undefined) changes['expected'] = update.expected;
    if (update.position !== undefined) changes['position'] = update.position;
    if (update.pagesDone !== undefined) changes['pages_done'] = update.pagesDone ? 1 : 0;
    if (update.pagesDone === true) changes['position'] = null;
    const names = Object.keys(changes);
    if (names.length === 0) return;
    const assignments = names.map((name) => `${name} = ?`).join(', ');
    const statement = this.#database.prepare(`update run set ${assignments} where id = ?`);
    const done = statement.run(...Object.values(changes), this.#names.intern(update.id));
    if (done.changes === 0) throw new Error(`The run ${update.id} was to be changed, but the store does not have it.`);
  }

  run(id: string): RunRow | undefined {
    const number = this.#names.find(id);
    const row = number === undefined ? undefined : this.#queries.run(number)[0];
    return row && this.#decode(row);
  }

  /** Newest first. */
  runs(filter: { sync?: string; kind?: RunKind; state?: RunRow['state']; limit: number }): readonly RunRow[] {
    const conditions: string[] = [];
    const values: SQLInputValue[] = [];
    if (filter.sync !== undefined) {
      const number = this.#names.find(filter.sync);
      if (number === undefined) return [];
      conditions.push('sync = ?');
      values.push(number);
    }
    for (const name of ['kind', 'state'] as const) {
      const value = filter[name];
      if (value === undefined) continue;
      conditions.push(`${name} = ?`);
      values.push(value);
    }
    const where = conditions.length > 0 ? `where ${conditions.join(' and ')}` : '';
    const query = prepareQuery(
      this.#database,
      `select ${columns} from run ${where} order by started_at desc, id desc limit ?`,
    );
    return query(...values, filter.limit).map((row) => this.#decode(row));
  }

  #addReasons(run: number, reasons: RunRow['reasons']): void {
    for (const [reason, count] of Object.entries(reasons)) {
      this.#statements.addReason.run(run, this.#names.intern(reason), count);
    }
  }

  #decode(row: Columns): RunRow {
    const [id, sync, kind, state, startedAt, finishedAt, expected, position, pagesDone, ...figures] = row;
    const counts = Object.fromEntries(counted.map((name, index) => [name, figures[runCalls.length + index] as number]));
    const made = Object.fromEntries(runCalls.map((name, index) => [name, figures[index] as number]));
    const reasons = this.#queries
      .reasons(id as number)
      .map(([reason, count]) => [this.#names.text(reason as number), count]);
    return {
      id: this.#names.text(id as number),
      sync: this.#names.text(sync as number),
      kind: kind as RunKind,
      state: state as RunRow['state'],
      startedAt: startedAt as number,
      ...(finishedAt === null ? {} : { finishedAt: finishedAt as number }),
      ...(expected === null ? {} : { expected: expected as number }),
      counts: counts as RunRow['counts'],
      reasons: Object.fromEntries(reasons) as Partial<Record<ReasonCode, number>>,
      ...(position === null ? {} : { position: position as string }),
      pagesDone: pagesDone === 1,
      ...(made as unknown as RunCalls),
    };
  }
}
