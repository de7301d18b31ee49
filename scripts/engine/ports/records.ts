import type { ObjectDescription } from './source.ts';

/** One record's answer of a write, in the order of the request. */
export type WriteResult =
  | { readonly success: true; readonly id: string; readonly created: boolean }
  | { readonly success: false; readonly errors: readonly WriteError[] };

export interface WriteError {
  /** The org's own code: `REQUIRED_FIELD_MISSING`, `UNABLE_TO_LOCK_ROW` … */
  readonly statusCode: string;
  readonly message: string;
  readonly fields: readonly string[];
}

/** Field name → value, as the org's REST API takes it. */
export type RecordFields = Readonly<Record<string, unknown>>;

/** A value that can stand in a SOQL condition; a list becomes `('a','b')`. */
export type SoqlValue = string | number | boolean | Date | null | readonly (string | number)[];

export interface Identity {
  /** 18 characters. */
  readonly orgId: string;
  readonly userId: string;
  readonly username: string;
}

/** Records that one call writes (REST API, "sObject Collections"). */
export const recordsACall = 200;

/**
 * The org's records, read and written one request at a time. Writes go in collections of up to 200 records, as many
 * requests as that takes; one record's failure leaves the others alone. Throws the errors of `engine/errors`; after a
 * `RetryError` a write may have been applied all the same, so what must not be doubled is upserted.
 */
export interface RecordClient {
  /** All rows of a query, page by page as they are asked for. Make its values with `literal`. */
  query<Row>(soql: string): AsyncIterable<Row>;
  /** The first row; absent when there is none. */
  queryOne<Row>(soql: string): Promise<Row | undefined>;
  /** The value as SOQL writes it, quoted and escaped: whatever is in it stays a value. */
  literal(value: SoqlValue): string;
  create(object: string, records: readonly RecordFields[]): Promise<readonly WriteResult[]>;
  /** Each record carries its `Id`. */
  update(object: string, records: readonly RecordFields[]): Promise<readonly WriteResult[]>;
  /** Each record carries a value of the external ID field. */
  upsert(object: string, externalIdField: string, records: readonly RecordFields[]): Promise<readonly WriteResult[]>;
  delete(object: string, ids: readonly string[]): Promise<readonly WriteResult[]>;
  /** The object's own fields and the parents' fields that are asked for. */
  describe(object: string, paths?: readonly string[]): Promise<ObjectDescription>;
  /** Each limit by its name in the org: `DailyApiRequests` … */
  limits(): Promise<ReadonlyMap<string, { readonly max: number; readonly remaining: number }>>;
  /** Who is logged in where. */
  identity(): Promise<Identity>;
}
