import type { FieldDefinition, ObjectDefinition } from '../contract/index.ts';
import type { SchemaState } from '../schema/index.ts';
import type { Place, Typed } from './values.ts';

/** What the parts of one formula's compilation share. */
export interface FormulaScope {
  readonly schema: SchemaState;
  readonly object: ObjectDefinition;
  readonly place: Place;
  /** A blank number counts as 0. */
  readonly blanksAreZero: boolean;
  /** Formula fields that are being compiled, as `Object.Field`: none may lead back to itself. */
  readonly under: readonly string[];
  /** Compiles a formula field that this formula refers to, as it is there, without rounding. */
  compileField(object: ObjectDefinition, field: FieldDefinition, under: readonly string[], at: number): Typed;
}
