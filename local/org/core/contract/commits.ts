/** One record's change, told after its transaction was committed. */
export interface CommittedChange {
  readonly object: string;
  readonly id: string;
  readonly type: 'CREATE' | 'UPDATE' | 'DELETE' | 'UNDELETE';
  /** Changed fields with their new values, JSON-typed (datetimes as ISO strings). */
  readonly changed: ReadonlyMap<string, unknown>;
  /** What the record then held in a field, JSON-typed; one that is deleted, what it held last. */
  held(field: string): unknown;
}

export interface CommittedTransaction {
  readonly key: string;
  readonly number: number;
  readonly at: number;
  readonly userId: string;
  readonly origin: string;
  readonly changes: readonly CommittedChange[];
  /** Platform events published by this transaction, in order. */
  readonly events: readonly {
    readonly object: string;
    readonly uuid: string;
    readonly values: ReadonlyMap<string, unknown>;
  }[];
}
