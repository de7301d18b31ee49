import type { CommittedChange, CommittedTransaction } from '../core/index.ts';

export type GapType = 'GAP_CREATE' | 'GAP_UPDATE' | 'GAP_DELETE' | 'GAP_UNDELETE' | 'GAP_OVERFLOW';

/** `ChangeEventHeader`, with fields by name; the wire has bitmaps of them. */
export interface ChangeHeader {
  readonly entityName: string;
  readonly recordIds: readonly string[];
  readonly changeType: CommittedChange['type'] | GapType;
  readonly changeOrigin: string;
  readonly transactionKey: string;
  readonly sequenceNumber: number;
  /** Milliseconds since 1970. */
  readonly commitTimestamp: number;
  readonly commitNumber: number;
  readonly commitUser: string;
  readonly nulledFields: readonly string[];
  readonly changedFields: readonly string[];
}

/** A record's change as an event; values are worked out when someone asks for them. */
export interface ChangeEvent {
  readonly object: string;
  readonly header: ChangeHeader;
  /** Fields and their new values, JSON-typed; none for a delete and for a gap. */
  readonly values: ReadonlyMap<string, unknown>;
  /** What the record held in a field then; null for a gap. */
  held(field: string): unknown;
}

const none: ReadonlyMap<string, unknown> = new Map();

/** In the place of record IDs of an overflow; source: Change Data Capture guide. */
export const overflowId = '000000000000000AAA';

/** Source: Change Data Capture guide: of one transaction's changes the first 100,000 are told one by one. */
const overflowAfter = 100_000;

/**
 * A transaction's changes of the selected objects as change events, in order. A create brings the fields that have a
 * value, an update those that changed, a delete none. Past 100,000 changes one GAP_OVERFLOW an object stands for the rest.
 */
export function changeEventsOf(
  transaction: CommittedTransaction,
  isSelected: (object: string) => boolean,
): readonly ChangeEvent[] {
  const events: ChangeEvent[] = [];
  const overflowed = new Set<string>();
  for (const change of transaction.changes) {
    if (!isSelected(change.object)) continue;
    if (events.length >= overflowAfter) overflowed.add(change.object);
    else events.push(new RecordChange(transaction, change, events.length + 1));
  }
  for (const object of overflowed) events.push(gapEvent(transaction, object, [overflowId], 'GAP_OVERFLOW'));
  return events;
}

class RecordChange implements ChangeEvent {
  readonly #transaction: CommittedTransaction;
  readonly #change: CommittedChange;
  readonly #sequenceNumber: number;

  constructor(transaction: CommittedTransaction, change: CommittedChange, sequenceNumber: number) {
    this.#transaction = transaction;
    this.#change = change;
    this.#sequenceNumber = sequenceNumber;
  }

  get object(): string {
    return this.#change.object;
  }

  get values(): ReadonlyMap<string, unknown> {
    const { type, changed } = this.#change;
    if (type === 'DELETE') return none;
    return type === 'UPDATE' ? changed : new Map([...changed].filter(([, value]) => value !== null));
  }

  held(field: string): unknown {
    return this.#change.held(field);
  }

  get header(): ChangeHeader {
    const { object, id, type, changed } = this.#change;
    const changedFields = type === 'UPDATE' ? [...changed.keys()] : [];
    return {
      ...originOf(this.#transaction),
      entityName: object,
      recordIds: [id],
      changeType: type,
      sequenceNumber: this.#sequenceNumber,
      changedFields,
      nulledFields: changedFields.filter((name) => changed.get(name) === null),
    };
  }
}

/** A change that is told without its values: the reader must fetch the records. */
export function gapEvent(
  transaction: Pick<CommittedTransaction, 'key' | 'number' | 'at' | 'userId' | 'origin'>,
  object: string,
  recordIds: readonly string[],
  changeType: GapType,
): ChangeEvent {
  const header: ChangeHeader = {
    ...originOf(transaction),
    entityName: object,
    recordIds,
    changeType,
    sequenceNumber: 1,
    changedFields: [],
    nulledFields: [],
  };
  return { object, header, values: none, held: () => null };
}

function originOf(
  transaction: Pick<CommittedTransaction, 'key' | 'number' | 'at' | 'userId' | 'origin'>,
): Pick<ChangeHeader, 'changeOrigin' | 'transactionKey' | 'commitTimestamp' | 'commitNumber' | 'commitUser'> {
  return {
    changeOrigin: transaction.origin,
    transactionKey: transaction.key,
    commitTimestamp: transaction.at,
    commitNumber: transaction.number,
    commitUser: transaction.userId,
  };
}
