import type { FieldDefinition } from '../contract/index.ts';
import type { Table } from './table.ts';
import type { Transaction } from './transaction.ts';

/**
 * A value as it is kept: text as it is, numbers, booleans, dates as days since 1970, datetimes as whole seconds since
 * 1970, times as milliseconds since midnight, references as the entry they point to.
 */
export type Stored = string | number | boolean | null | undefined | Entry;

/** One version of a record. Never changed once written: an update makes another, so a reader may keep it. */
export type Row = readonly Stored[];

/** Slots that every row has. */
export const slots = { self: 0, stamp: 1, deleted: 2, deletedWith: 3 } as const;
export const fixedSlots = 4;

/** A record: its identity and its current version; `undefined` while it is not (or no longer) there. */
export class Entry {
  readonly id: string;
  readonly table: Table;
  /** Its place in the table, which is the order of IDs. */
  readonly position: number;
  row: Row | undefined = undefined;
  /** The latest stamp under which the stamp log holds it. */
  loggedStamp = -1;
  /** The transaction, executed but not yet committed, that changed it. */
  lock: Transaction | undefined = undefined;
  /** Lookups that were cleared when it was last deleted: an undelete restores those that are still empty. */
  cleared: readonly { readonly child: Entry; readonly column: Column }[] | undefined = undefined;
  /** Executed but uncommitted transactions that refer to it: it cannot be deleted. */
  pins = 0;

  constructor(id: string, table: Table, position: number) {
    this.id = id;
    this.table = table;
    this.position = position;
  }

  toString(): string {
    return this.id;
  }
}

/** Where a field's values are; `slot` is -1 until a value was written. */
export interface Column {
  readonly table: Table;
  field: FieldDefinition;
  slot: number;
}

/** The value of a slot; a row may be older, and shorter, than the column. */
export function read(row: Row, column: Column): Stored {
  return column.slot < 0 ? null : (row[column.slot] ?? null);
}

export function isDeleted(row: Row): boolean {
  return row[slots.deleted] === true;
}

export function stampOf(row: Row): number {
  return row[slots.stamp] as number;
}

export function entryOf(row: Row): Entry {
  return row[slots.self] as Entry;
}
