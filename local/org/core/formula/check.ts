import { OrgError } from '../contract/index.ts';
import type { SchemaState } from '../schema/index.ts';
import { FormulaError } from './errors.ts';
import { compileFieldFormula } from './field.ts';
import { compileRules } from './rules.ts';

/**
 * Compiles every formula of a schema. Throws `OrgError` for the first that is not sound, beginning with its place:
 * `Object.Field: ` or `Object.Rule: `.
 */
export function checkFormulas(schema: SchemaState): void {
  for (const object of schema.definitions.values()) {
    for (const field of object.fields.values()) {
      for (const formula of [field.formula, field.defaultFormula]) {
        if (formula === undefined) continue;
        within(`${object.name}.${field.name}`, () => compileFieldFormula(schema, object, { ...field, formula }));
      }
    }
    for (const rule of object.validationRules?.values() ?? []) {
      within(`${object.name}.${rule.name}`, () =>
        compileRules(schema, { ...object, validationRules: new Map([[rule.name, rule]]) }),
      );
    }
  }
}

function within(place: string, compile: () => unknown): void {
  try {
    compile();
  } catch (error) {
    if (!(error instanceof FormulaError)) throw error;
    throw new OrgError(400, 'FIELD_INTEGRITY_EXCEPTION', `${place}: ${error.message}`);
  }
}
