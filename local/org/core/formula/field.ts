import type { FieldDefinition, ObjectDefinition } from '../contract/index.ts';
import type { SchemaState } from '../schema/index.ts';
import type { Stored } from '../storage/index.ts';
import { compileNode } from './compile.ts';
import { EvaluationError, FormulaError } from './errors.ts';
import { roundTo } from './numbers.ts';
import { refusePicklist } from './operators.ts';
import { parseFormula } from './parse.ts';
import type { Moment, Typed, Value, ValueType } from './values.ts';

/** A formula field, compiled once: its value for a record, as the field's type keeps it. */
export type FieldFormula = (moment: Moment) => Stored;

/** Characters that a formula may have (Salesforce Help, "Formula Field Limits and Restrictions"). */
export const mostCharacters = 3_900;

/** Compiles a formula field. Throws `FormulaError` in an org's words when it is not sound. */
export function compileFieldFormula(
  schema: SchemaState,
  object: ObjectDefinition,
  field: FieldDefinition,
): FieldFormula {
  const typed = compileField(schema, object, field, [], 0);
  const wanted = resultTypes[field.type];
  if (wanted === undefined) throw new FormulaError(`not yet: formula fields of type ${field.type} in the local org`, 0);
  if (typed.type !== wanted && typed.type !== 'Null') {
    refusePicklist(typed);
    throw new FormulaError(
      `Error: Formula result is data type (${typed.type}), incompatible with expected data type (${wanted}).`,
      0,
    );
  }
  const keep = keeperOf(field);
  return (moment) => {
    try {
      return keep(typed.evaluate(moment));
    } catch (error) {
      // An org shows #Error! on the page and answers null to the API.
      if (error instanceof EvaluationError) return null;
      throw error;
    }
  };
}

/** Compiles a formula field as another formula refers to it: without rounding. Throws `FormulaError`. */
export function compileField(
  schema: SchemaState,
  object: ObjectDefinition,
  field: FieldDefinition,
  under: readonly string[],
  at: number,
): Typed {
  const place = `${object.name}.${field.name}`;
  if (under.includes(place)) throw new FormulaError(`Error: Field ${field.name} may not refer to itself`, at);
  const formula = field.formula ?? '';
  if (formula.length > mostCharacters) throw tooLong(formula);
  return compileNode(
    {
      schema,
      object,
      place: 'field',
      blanksAreZero: field.formulaTreatBlanksAs !== 'BlankAsBlank',
      under: [...under, place],
      compileField: (...inner) => compileField(schema, ...inner),
    },
    parseFormula(formula),
  );
}

function keeperOf(field: FieldDefinition): (value: Value) => Stored {
  switch (resultTypes[field.type]) {
    case 'Number': {
      // A percent is 0.5 in formulas and 50 in the field.
      const factor = field.type === 'percent' ? 100 : 1;
      return (value) => (typeof value === 'number' ? roundTo(value * factor, field.scale ?? 0) : null);
    }
    case 'Boolean':
      return (value) => value === true;
    default:
      return (value) => (value === '' ? null : value);
  }
}

export const tooLong = (formula: string) =>
  new FormulaError(
    `Error: Formula is too long (${formula.length} characters). Maximum length is ${mostCharacters} characters.`,
    0,
  );

const resultTypes: Partial<Record<FieldDefinition['type'], ValueType>> = {
  string: 'Text',
  boolean: 'Boolean',
  double: 'Number',
  currency: 'Number',
  percent: 'Number',
  int: 'Number',
  date: 'Date',
  datetime: 'DateTime',
};
