import type { CommittedChange, CommittedTransaction } from './contract/index.ts';
import { isDeleted, read, type Entry, type PublishedEvent, type Row, type Transaction } from './storage/index.ts';
import { toJson } from './values/index.ts';

type ChangeType = CommittedChange['type'];

/** Kept by the platform for itself: change events never carry them. */
const unsaid: ReadonlySet<string> = new Set(['Id', 'IsDeleted', 'SystemModstamp']);

export interface CommitIdentity {
  readonly key: string;
  readonly number: number;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** What listeners are told of a transaction: one change per record, whatever steps led to it. */
export function describeCommit(transaction: Transaction, identity: CommitIdentity): CommittedTransaction {
  const ends = new Map<Entry, { readonly before: Row | undefined; readonly after: Row | undefined }>();
  for (const { entry, before, after } of transaction.steps) {
    const earlier = ends.get(entry);
    ends.set(entry, { before: earlier === undefined ? before : earlier.before, after });
  }
  const changes: CommittedChange[] = [];
  for (const [entry, { before, after }] of ends) {
    const type = typeOf(before, after);
    if (type !== undefined) changes.push(new LazyChange(entry, type, before, after));
  }
  return { ...said(transaction, identity), changes, events: transaction.events };
}

/** A transaction that only published this one event. */
export function describePublish(
  transaction: Transaction,
  event: PublishedEvent,
  identity: CommitIdentity,
): CommittedTransaction {
  return { ...said(transaction, identity), changes: [], events: [event] };
}

function said(transaction: Transaction, identity: CommitIdentity) {
  const { userId, origin, client } = transaction.session;
  return { ...identity, userId, origin: client === undefined ? origin : `${origin};client=${client}` };
}

function typeOf(before: Row | undefined, after: Row | undefined): ChangeType | undefined {
  const was = before !== undefined && !isDeleted(before);
  const is = after !== undefined && !isDeleted(after);
  if (was && is) return 'UPDATE';
  if (was) return 'DELETE';
  if (is) return before === undefined ? 'CREATE' : 'UNDELETE';
  return undefined;
}

/** Works its values out only when a listener asks: rows never change, so it may do so later. */
class LazyChange implements CommittedChange {
  readonly object: string;
  readonly id: string;
  readonly type: ChangeType;
  readonly #entry: Entry;
  readonly #before: Row | undefined;
  readonly #after: Row | undefined;
  #changed: ReadonlyMap<string, unknown> | undefined;

  constructor(entry: Entry, type: ChangeType, before: Row | undefined, after: Row | undefined) {
    this.object = entry.table.definition.name;
    this.id = entry.id;
    this.type = type;
    this.#entry = entry;
    this.#before = before;
    this.#after = after;
  }

  get changed(): ReadonlyMap<string, unknown> {
    this.#changed ??= this.#collect();
    return this.#changed;
  }

  held(field: string): unknown {
    const column = this.#entry.table.column(field);
    return column === undefined || this.#after === undefined
      ? null
      : toJson(column.field.type, read(this.#after, column));
  }

  #collect(): ReadonlyMap<string, unknown> {
    const changed = new Map<string, unknown>();
    const after = this.#after;
    if (after === undefined || this.type === 'DELETE') return changed;
    const before = this.type === 'UPDATE' ? this.#before : undefined;
    for (const column of this.#entry.table.columns.values()) {
      const { field } = column;
      if (unsaid.has(field.name) || field.type === 'address' || field.type === 'location') continue;
      const value = read(after, column);
      const differs =
        before === undefined ? value !== null : value !== read(before, column) || field.name === 'LastModifiedDate';
      if (differs) changed.set(field.name, toJson(field.type, value));
    }
    return changed;
  }
}
