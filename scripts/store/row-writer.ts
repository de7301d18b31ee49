import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';

/** Rows that one statement takes; more of them win little. */
const rowsAtOnce = 8;

/** Writes rows by an `insert … values (?, …)`, several with one statement: a third of a row's cost is its statement. */
export class RowWriter {
  readonly #one: StatementSync;
  readonly #several: StatementSync;
  readonly #columns: number;
  #values: SQLInputValue[] = [];

  constructor(database: DatabaseSync, insert: string) {
    const [row] = /\((?:\?, )*\?\)/.exec(insert) ?? [];
    if (row === undefined) throw new Error(`No row of values is to be seen in: ${insert}`);
    this.#columns = row.split('?').length - 1;
    this.#one = database.prepare(insert);
    this.#several = database.prepare(insert.replace(row, new Array<string>(rowsAtOnce).fill(row).join(', ')));
  }

  /** Before the first row of a transaction: nothing is left over from one that failed. */
  begin(): void {
    this.#values = [];
  }

  /** Takes a row's values; it is written with others, by `end` at the latest. */
  add(...values: readonly SQLInputValue[]): void {
    this.#values.push(...values);
    if (this.#values.length < this.#columns * rowsAtOnce) return;
    this.#several.run(...this.#values);
    this.#values = [];
  }

  /** Writes what was added and is not written. */
  end(): void {
    for (let at = 0; at < this.#values.length; at += this.#columns) {
      this.#one.run(...this.#values.slice(at, at + this.#columns));
    }
    this.#values = [];
  }
}
