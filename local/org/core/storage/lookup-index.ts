import { Entry, read, type Column, type Row } from './row.ts';

/** Finds the children of a parent by one reference field, deleted ones included. */
export class LookupIndex {
  readonly column: Column;
  readonly #byParent = new Map<Entry, Set<Entry>>();

  constructor(column: Column) {
    this.column = column;
  }

  childrenOf(parent: Entry): ReadonlySet<Entry> {
    return this.#byParent.get(parent) ?? none;
  }

  replace(entry: Entry, before: Row | undefined, after: Row | undefined): void {
    const left = before === undefined ? null : read(before, this.column);
    const taken = after === undefined ? null : read(after, this.column);
    if (left === taken) return;
    if (left instanceof Entry) {
      const children = this.#byParent.get(left);
      children?.delete(entry);
      if (children?.size === 0) this.#byParent.delete(left);
    }
    if (taken instanceof Entry) {
      const children = this.#byParent.get(taken);
      if (children === undefined) this.#byParent.set(taken, new Set([entry]));
      else children.add(entry);
    }
  }
}

const none: ReadonlySet<Entry> = new Set();
