import type { DatabaseSync } from 'node:sqlite';
import type { Sending } from '../engine/index.ts';
import type { Names } from './names.ts';
import { prepareAll, prepareQuery } from './statement.ts';

export const requestQueries = {
  unanswered: 'select batch, key_space, keys, until from sending where until > ? order by until',
};

export const requestStatements = {
  put: 'insert or replace into sending (batch, key_space, keys, until) values (?, ?, ?, ?)',
  answered: 'delete from sending where batch = ?',
};

/** Requests that have left: kept until they are answered. */
export class Requests {
  readonly #names: Names;
  readonly #unanswered;
  readonly #statements;

  constructor(database: DatabaseSync, names: Names) {
    this.#names = names;
    this.#unanswered = prepareQuery(database, requestQueries.unanswered);
    this.#statements = prepareAll(database, requestStatements);
  }

  /** Within a transaction. */
  put({ batch, keySpace, keys, until }: Sending): void {
    this.#statements.put.run(batch, this.#names.intern(keySpace), JSON.stringify(keys), until);
  }

  /** Within a transaction. */
  answered(batches: readonly string[]): void {
    for (const batch of batches) this.#statements.answered.run(batch);
  }

  unanswered(now: number): readonly Sending[] {
    return this.#unanswered(now).map(([batch, keySpace, keys, until]) => ({
      batch: batch as string,
      keySpace: this.#names.text(keySpace as number),
      keys: JSON.parse(keys as string) as readonly string[],
      until: until as number,
    }));
  }
}
