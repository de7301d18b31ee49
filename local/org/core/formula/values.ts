import type { FieldDefinition } from '../contract/index.ts';
import type { Entry, Row, Table } from '../storage/index.ts';

/** Types of values in formulas, as an org's messages name them; `Null` is that of the word NULL alone. */
export type ValueType = 'Text' | 'Number' | 'Boolean' | 'Date' | 'DateTime' | 'Picklist' | 'Multipicklist' | 'Null';

/** Dates are days, datetimes whole seconds since 1970; a blank text is '' and never null. */
export type Value = string | number | boolean | null;

/** Finds the records of an object. */
export interface Tables {
  table(object: string): Table;
}

/** What a formula is evaluated over. */
export interface Moment {
  readonly tables: Tables;
  readonly table: Table;
  readonly row: Row;
  /** The row before the write that is being judged; `undefined` for a new record, and for reads. */
  readonly before: Row | undefined;
  /** Seconds since 1970 by the org's clock. */
  readonly now: number;
  /** `$User`. */
  readonly user: Entry;
}

export type Evaluate = (moment: Moment) => Value;

/** A part of a formula, type-checked and compiled. */
export interface Typed {
  readonly type: ValueType;
  readonly evaluate: Evaluate;
  /** The way to the field, when the part is one: what ISCHANGED, ISPICKVAL and others insist on. */
  readonly path?: string;
  readonly field?: FieldDefinition;
  /** The value, when the part is a literal. */
  readonly literal?: Value;
  readonly at: number;
}

/** Where a formula stands decides which functions and fields it may use. */
export type Place = 'field' | 'rule';

export const isBlank = (value: Value): boolean => value === null || value === '';
