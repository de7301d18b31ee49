/** One value of a query's row. A parent that is null is `null`; a child list is a `QueryRows`. */
export type QueryValue = string | number | boolean | null | QueryRow | QueryRows;

export interface QueryRow {
  /** Object name; `AggregateResult` for aggregates; `Address` for a compound value, which REST writes without `attributes`. */
  readonly type: string;
  /** A parent that may be of several types is shown as a `Name`, unless TYPEOF asks for it. */
  readonly shownAs?: 'Name';
  readonly id: string | undefined;
  /** In the order of the SELECT clause; names as the org spells them, `expr0` … for unnamed aggregates. */
  readonly values: ReadonlyMap<string, QueryValue>;
}

export interface QueryRows {
  readonly totalSize: number;
  readonly rows: readonly QueryRow[];
}

/** A value that Apex binds into a query: text and IDs, numbers, booleans, dates as text, or a list of these. */
export type BoundValue =
  | null
  | string
  | number
  | boolean
  | { readonly kind: 'date' | 'datetime' | 'time'; readonly text: string }
  | readonly BoundValue[];

/** A query that Apex asks, and no API: it may bind variables, find deleted records and say in whose rights it runs. */
export interface ApexQuery {
  /** The value of an expression, given as it is written after the colon. */
  bind(expression: string): BoundValue;
  /** Whether the user's object and field rights and sharing count when the query does not say so. */
  readonly mode: 'user' | 'system';
  /** Whether only records shared with the user are found in system mode: the class is `with sharing`. */
  readonly sharing: boolean;
}

/** How a query is asked. */
export interface QueryOptions {
  /** Finds deleted records too (`queryAll`). */
  readonly all?: boolean;
  /** Absent: an API asks. */
  readonly apex?: ApexQuery;
}

/** A parsed and checked query. */
export interface PreparedQuery {
  readonly object: string;
  /** Column headings as Bulk 2.0 names them: `Id`, `Account.Name`. */
  readonly columns: readonly string[];
  /** Why Bulk 2.0 refuses it (aggregates, OFFSET, TYPEOF, child lists), absent when it does not. */
  readonly bulkRefusal?: string;
  /** Runs it now; a consistent view of what is committed. */
  run(): QueryRows;
  /** `SELECT COUNT() …`: the number alone. */
  readonly countOnly: boolean;
  /** Runs it now for Bulk: the matching rows are fixed, their text is made page by page. */
  snapshot(): BulkSnapshot;
}

export interface BulkSnapshot {
  readonly size: number;
  /** CSV lines of rows [from, to), quoted by RFC 4180 where needed, each ended by `lineEnding`; no heading. */
  csv(from: number, to: number, delimiter: string, lineEnding: string): string;
}
