import type { DatabaseSync } from 'node:sqlite';
import type { IssueChange, ReasonCode } from '../engine/index.ts';
import type { Names } from './names.ts';
import { orNull, prepareAll, prepareQuery } from './statement.ts';

export const issueQueries = {
  untold: 'select sequence, sync, source, outcome, reason, detail, run, at from issue order by sequence limit ?',
};

export const issueStatements = {
  /** The latest change of a record takes the place of one not told yet, with a new sequence. */
  put: 'insert or replace into issue (sync, source, outcome, reason, detail, run, at) values (?, ?, ?, ?, ?, ?, ?)',
  told: 'delete from issue where sequence = ?',
};

/** Issue changes the org has not been told yet. */
export class Issues {
  readonly #names: Names;
  readonly #untold;
  readonly #statements;

  constructor(database: DatabaseSync, names: Names) {
    this.#names = names;
    this.#untold = prepareQuery(database, issueQueries.untold);
    this.#statements = prepareAll(database, issueStatements);
  }

  /** Within a transaction. */
  add({ sync, source, outcome, reason, detail, run, at }: IssueChange): void {
    const names = this.#names;
    const reasonNumber = names.internOptional(reason);
    this.#statements.put.run(names.intern(sync), source, outcome, reasonNumber, orNull(detail), names.intern(run), at);
  }

  /** Within a transaction. */
  told(sequences: readonly number[]): void {
    for (const sequence of sequences) this.#statements.told.run(sequence);
  }

  untold(limit: number): readonly (IssueChange & { readonly sequence: number })[] {
    return this.#untold(limit).map(([sequence, sync, source, outcome, reason, detail, run, at]) => ({
      sequence: sequence as number,
      sync: this.#names.text(sync as number),
      source: source as string,
      outcome: outcome as IssueChange['outcome'],
      ...(reason === null ? {} : { reason: this.#names.text(reason as number) as ReasonCode }),
      ...(detail === null ? {} : { detail: detail as string }),
      run: this.#names.text(run as number),
      at: at as number,
    }));
  }
}
