import type { ObjectDefinition, RecordError, ValidationRule } from '../contract/index.ts';
import type { SchemaState } from '../schema/index.ts';
import { compileNode } from './compile.ts';
import { EvaluationError, FormulaError, noSuchField } from './errors.ts';
import { compileField, mostCharacters, tooLong } from './field.ts';
import { parseFormula } from './parse.ts';
import type { Moment } from './values.ts';

/** A validation rule, compiled once: the error of a record that breaks it. */
export type CompiledRule = (moment: Moment) => RecordError | undefined;

/** The active rules of an object. Throws `FormulaError` in an org's words when one, active or not, is not sound. */
export function compileRules(schema: SchemaState, object: ObjectDefinition): readonly CompiledRule[] {
  const rules = [...(object.validationRules?.values() ?? [])];
  return rules.flatMap((rule) => {
    const compiled = compileRule(schema, object, rule);
    return rule.active ? [compiled] : [];
  });
}

function compileRule(schema: SchemaState, object: ObjectDefinition, rule: ValidationRule): CompiledRule {
  const { displayField, formula, message } = rule;
  const shown = displayField === undefined ? undefined : schema.field(object, displayField);
  if (displayField !== undefined && shown === undefined) throw noSuchField(displayField, 0);
  if (formula.length > mostCharacters) throw tooLong(formula);
  const condition = compileNode(
    {
      schema,
      object,
      place: 'rule',
      blanksAreZero: false,
      under: [],
      compileField: (...field) => compileField(schema, ...field),
    },
    parseFormula(formula),
  );
  if (condition.type !== 'Boolean') {
    throw new FormulaError(
      `Error: Formula result is data type (${condition.type}), incompatible with expected data type (true or false).`,
      0,
    );
  }
  const broken = {
    statusCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION',
    message,
    fields: shown === undefined ? [] : [shown.name],
  };
  return (moment) => {
    try {
      return condition.evaluate(moment) === true ? broken : undefined;
    } catch (error) {
      if (!(error instanceof EvaluationError)) throw error;
      const why = `The formula in the "${rule.name}" validation rule is invalid due to the following: ${error.message}`;
      return { statusCode: 'FORMULA_EXPRESSION_INVALID', message: why, fields: [] };
    }
  };
}
