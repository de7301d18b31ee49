import type { Cell } from '../../mapping/index.ts';
import type { Version } from '../version.ts';

/** Which fields of which records of an object are read. */
export interface ReadShape {
  readonly object: string;
  /** Field paths, parents included; the order of the cells of a row. */
  readonly fields: readonly string[];
  /** A condition in the source's own language, or `all`. */
  readonly include: string;
}

/** One record's values, in the order of the shape's fields. */
export interface SourceRow {
  readonly id: string;
  readonly version: Version;
  readonly cells: readonly Cell[];
  /**
   * The source measured nothing for this record: whatever its cells hold, a zero too, is fill, and none of it is ever
   * written. Absent: its values are meant, and a zero is a zero (P-48).
   */
  readonly empty?: true;
}

/** That a record changed: no values (I-05). */
export interface Change {
  readonly id: string;
  /** The record's own stamp, milliseconds since 1970. */
  readonly stamp: number;
  readonly deleted: boolean;
}

/** How far a source has been read: opaque to the engine, a string that its source can resume from. */
export type Cursor = string;

export interface ChangePage {
  readonly changes: readonly Change[];
  /** Where fields were asked for: the present values of the changed records that are still there. */
  readonly rows?: readonly SourceRow[];
  /** Resume after this page from here. */
  readonly cursor: Cursor;
  /** Time by the source's own clock when the page was read, milliseconds since 1970. */
  readonly readAt: number;
}

/** Why a hydrated ID came back without values. */
export type Absence =
  'deleted' | 'excluded' | 'unreadable' | { readonly mergedInto: string } | { readonly convertedTo: string };

export interface Hydrated {
  readonly rows: readonly SourceRow[];
  /** Every asked ID is in `rows` or here. */
  readonly absent: ReadonlyMap<string, Absence>;
  /** Time by the source's own clock before the first row was read, milliseconds since 1970. */
  readonly readAt: number;
}

/** One page of a full read; its rows arrive in chunks so that a page need not fit in memory. */
export interface ExtractPage {
  /** Resume token of this very page. */
  readonly position: string;
  /** Resume token of the next page; absent on the last. */
  readonly next?: string;
  readonly chunks: AsyncIterable<readonly SourceRow[]>;
}

/** A value that a picklist offers: what is stored, and what people see of it (K-30). */
export interface PicklistValue {
  readonly value: string;
  readonly label: string;
}

export interface FieldDescription {
  readonly path: string;
  readonly label: string;
  /** The system's own type name, `string`, `picklist`, `reference` … */
  readonly type: string;
  readonly length?: number;
  /** Digits behind the decimal point, where its system says. */
  readonly scale?: number;
  readonly nillable: boolean;
  readonly readable: boolean;
  readonly writable: boolean;
  /** True for a field that its system computes: when it changes by itself, the record bears no new stamp (K-38). */
  readonly computed?: boolean;
  /** Active values of a picklist. */
  readonly values?: readonly PicklistValue[];
  /** For a field of a parent: the parent's object and the path of the reference that leads to it. */
  readonly parent?: { readonly object: string; readonly reference: string };
  /** Objects that it names records of. */
  readonly references?: readonly string[];
}

export interface ObjectDescription {
  readonly object: string;
  readonly label: string;
  /** The first characters of the IDs of its records (`00Q` for Salesforce leads); absent where IDs do not tell. */
  readonly keyPrefix?: string;
  readonly fields: ReadonlyMap<string, FieldDescription>;
  /** The span of time that its values are of, in words: `Last 30 days`; absent where they are of no span. */
  readonly period?: string;
  /** True where a write cannot make a field: what is not in `fields` cannot be written. */
  readonly closed?: boolean;
  /** What an admin should know before using it, one sentence each. */
  readonly notes?: readonly string[];
}

/** Told of each call of a system's API before it leaves. */
export type CallMade = () => void;

/** A system that records are read from. Throws the errors of `engine/errors`. */
export interface Source {
  /** What can be read, for people to choose from; absent where that is known otherwise. */
  offers?(): Promise<readonly { readonly name: string; readonly label: string }[]>;
  describe(object: string, paths: readonly string[]): Promise<ObjectDescription>;
  /** Forgets what it remembers of the schema: the next describe asks anew. Absent where nothing is remembered. */
  forgetSchema?(): void;
  /**
   * Records changed since `cursor`, oldest stamp first, an overlap before the cursor included. Without a cursor: what
   * changed lately and a full read that begins from now on has, so that what is committed late is known from it.
   * Absent where nothing tells of changes: what it gives is read in full when it is time to, and a record that a full
   * read no longer meets is no longer part of it. `fields`: whose values come along, at no further call.
   */
  changes?(object: string, cursor: Cursor | undefined, fields?: readonly string[]): AsyncIterable<ChangePage>;
  /** Current values of these records. */
  hydrate(shape: ReadShape, ids: readonly string[], made?: CallMade): Promise<Hydrated>;
  /** A full read; `position` resumes one. A position no longer known to the source throws `PositionLostError`. */
  extract(shape: ReadShape, position: string | undefined, made?: CallMade): AsyncIterable<ExtractPage>;
  /** How many records the shape includes. */
  count(shape: ReadShape, made?: CallMade): Promise<number>;
  /**
   * IDs of the records of `object` whose `reference` names one of `parents`, page by page, in ID order, after `afterId`.
   * Absent where no field of a record is a parent's.
   */
  children?(
    object: string,
    reference: string,
    parents: readonly string[],
    afterId: string | undefined,
  ): AsyncIterable<readonly string[]>;
  /** How many calls of the source's API a job will take (N-10). */
  forecast(
    job:
      | { readonly kind: 'count' }
      | { readonly kind: 'extract'; readonly records: number }
      | { readonly kind: 'hydrate'; readonly records: number; readonly shape: ReadShape }
      /** Being told that so many records changed, asked so often. */
      | { readonly kind: 'changes'; readonly records: number; readonly everyMilliseconds: number },
  ): number;
  /** Calls left of the source's daily budget as last told, absent when not known yet. */
  budget(): { readonly used: number; readonly limit: number } | undefined;
}

/** A source that tells what changed. */
export type FollowedSource = Source & Required<Pick<Source, 'changes' | 'children'>>;

/** Says that records changed, at once; only shortens the wait that polling has. */
export interface ChangeStream {
  /** Ends with the signal. A failed stream is opened again by the stream itself; `state` says how it stands. */
  listen(objects: readonly string[], signal: AbortSignal): AsyncIterable<StreamEvent>;
}

export type StreamEvent =
  | {
      readonly kind: 'changed';
      readonly object: string;
      readonly ids: readonly string[];
      readonly stamp: number;
      readonly deleted: boolean;
    }
  | { readonly kind: 'gap'; readonly object: string }
  | { readonly kind: 'doorbell'; readonly commandId: string }
  | { readonly kind: 'state'; readonly listening: boolean; readonly detail: string };
