import type { Transaction } from './transaction.ts';
import { Entry, isDeleted, read, type Column, type Row, type Stored } from './row.ts';

/** Finds live (not deleted) records by a field's value: unique fields, external IDs, e-mail addresses. */
export class ValueIndex {
  readonly column: Column;
  readonly #byKey = new Map<string, Entry | Entry[]>();
  /** Keys that an uncommitted transaction is about to take. */
  readonly #reserved = new Map<string, Transaction>();

  constructor(column: Column) {
    this.column = column;
  }

  /** The key under which a value is found; `undefined` for null. */
  keyOf(value: Stored): string | undefined {
    if (value === null || value === undefined) return undefined;
    const text = value instanceof Entry ? value.id : String(value);
    return this.column.field.caseSensitive ? text : text.toLowerCase();
  }

  keyOfRow(row: Row): string | undefined {
    return isDeleted(row) ? undefined : this.keyOf(read(row, this.column));
  }

  find(key: string): readonly Entry[] {
    const found = this.#byKey.get(key);
    return found === undefined ? [] : Array.isArray(found) ? found : [found];
  }

  reservedBy(key: string): Transaction | undefined {
    return this.#reserved.get(key);
  }

  reserve(row: Row, transaction: Transaction): void {
    const key = this.keyOfRow(row);
    if (key !== undefined) this.#reserved.set(key, transaction);
  }

  release(row: Row): void {
    const key = this.keyOfRow(row);
    if (key !== undefined) this.#reserved.delete(key);
  }

  replace(entry: Entry, before: Row | undefined, after: Row | undefined): void {
    const left = before === undefined ? undefined : this.keyOfRow(before);
    const taken = after === undefined ? undefined : this.keyOfRow(after);
    if (left === taken) return;
    if (left !== undefined) this.#remove(left, entry);
    if (taken !== undefined) this.#add(taken, entry);
  }

  #add(key: string, entry: Entry): void {
    const found = this.#byKey.get(key);
    if (found === undefined) this.#byKey.set(key, entry);
    else if (Array.isArray(found)) found.push(entry);
    else this.#byKey.set(key, [found, entry]);
  }

  #remove(key: string, entry: Entry): void {
    const found = this.#byKey.get(key);
    if (!Array.isArray(found)) {
      this.#byKey.delete(key);
      return;
    }
    const rest = found.filter((item) => item !== entry);
    const [only] = rest;
    if (rest.length === 1 && only !== undefined) this.#byKey.set(key, only);
    else this.#byKey.set(key, rest);
  }
}
