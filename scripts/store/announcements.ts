import type { DatabaseSync } from 'node:sqlite';
import type { Announcement } from '../engine/index.ts';
import type { Names } from './names.ts';
import { prepareAll, prepareQuery } from './statement.ts';

export const announcementQueries = {
  waiting: 'select sequence, system, record, run, at from announcement order by sequence limit ?',
};

export const announcementStatements = {
  /** A record that waits already is told once, and anew when it changes while it is told. */
  put: 'insert or replace into announcement (system, record, run, at) values (?, ?, ?, ?)',
  told: 'delete from announcement where sequence = ?',
};

/** Changed records of the org that its flows have not been told of yet. */
export class Announcements {
  readonly #names: Names;
  readonly #waiting;
  readonly #statements;

  constructor(database: DatabaseSync, names: Names) {
    this.#names = names;
    this.#waiting = prepareQuery(database, announcementQueries.waiting);
    this.#statements = prepareAll(database, announcementStatements);
  }

  /** Within a transaction. */
  add({ system, record, run, at }: Announcement): void {
    this.#statements.put.run(this.#names.intern(system), record, this.#names.intern(run), at);
  }

  /** Within a transaction. */
  told(sequences: readonly number[]): void {
    for (const sequence of sequences) this.#statements.told.run(sequence);
  }

  waiting(limit: number): readonly (Announcement & { readonly sequence: number })[] {
    return this.#waiting(limit).map(([sequence, system, record, run, at]) => ({
      sequence: sequence as number,
      system: this.#names.text(system as number),
      record: record as string,
      run: this.#names.text(run as number),
      at: at as number,
    }));
  }
}
