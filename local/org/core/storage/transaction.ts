import type { Session } from '../contract/index.ts';
import { Entry, isDeleted, type Row } from './row.ts';

/** One step of a transaction, as it can be undone and done again. */
export interface Step {
  readonly entry: Entry;
  readonly before: Row | undefined;
  readonly after: Row | undefined;
}

export interface PublishedEvent {
  readonly object: string;
  readonly uuid: string;
  readonly values: ReadonlyMap<string, unknown>;
}

/** A record, or a key, is held by a transaction that has not committed. */
export class LockedError extends Error {
  readonly id: string;

  constructor(id: string) {
    super(`unable to obtain exclusive access to this record or 1 records: ${id}`);
    this.id = id;
  }
}

/**
 * What one transaction did. While it executes its changes are in the tables; `shelve` takes them out again and holds
 * their records locked until `commit` puts them back.
 */
export class Transaction {
  readonly session: Session;
  readonly steps: Step[] = [];
  readonly events: PublishedEvent[] = [];
  #shelved = false;

  constructor(session: Session) {
    this.session = session;
  }

  /** Makes `after` the record's current version. Throws `LockedError` when another transaction holds the record. */
  write(entry: Entry, after: Row | undefined): void {
    if (entry.lock !== undefined) throw new LockedError(entry.id);
    const leaves = after === undefined || isDeleted(after);
    if (leaves && entry.pins > 0) throw new LockedError(entry.id);
    const before = entry.row;
    entry.table.replace(entry, after);
    this.steps.push({ entry, before, after });
  }

  /** A point to roll back to. */
  mark(): Savepoint {
    return { steps: this.steps.length, events: this.events.length };
  }

  rollbackTo(savepoint: Savepoint): void {
    for (let index = this.steps.length - 1; index >= savepoint.steps; index--) {
      const step = this.steps[index];
      if (step !== undefined) step.entry.table.replace(step.entry, step.before);
    }
    this.steps.length = savepoint.steps;
    this.events.length = savepoint.events;
  }

  /** Hides what was executed, and holds it: its records, the unique values they take, the parents they refer to. */
  shelve(): void {
    this.#shelved = true;
    for (let index = this.steps.length - 1; index >= 0; index--) {
      const step = this.steps[index];
      if (step === undefined) continue;
      step.entry.table.replace(step.entry, step.before);
      step.entry.lock = this;
      if (step.after === undefined) continue;
      for (const values of step.entry.table.valueIndexes) values.reserve(step.after, this);
      pin(step.after, step.entry, 1);
    }
  }

  /** Whether this record will be gone after the commit. */
  removes(entry: Entry): boolean {
    const last = this.steps.findLast((step) => step.entry === entry);
    return last !== undefined && (last.after === undefined || isDeleted(last.after));
  }

  /** Makes what was executed visible for good. */
  commit(): void {
    if (!this.#shelved) return;
    this.#shelved = false;
    for (const step of this.steps) {
      step.entry.lock = undefined;
      step.entry.table.replace(step.entry, step.after);
      if (step.after === undefined) continue;
      for (const values of step.entry.table.valueIndexes) values.release(step.after);
      pin(step.after, step.entry, -1);
    }
  }
}

export interface Savepoint {
  readonly steps: number;
  readonly events: number;
}

function pin(row: Row, self: Entry, by: number): void {
  for (const value of row) if (value instanceof Entry && value !== self) value.pins += by;
}
