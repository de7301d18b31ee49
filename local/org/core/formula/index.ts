export { checkFormulas } from './check.ts';
export { compileFieldFormula, type FieldFormula } from './field.ts';
export { permissionsNamedIn } from './permissions.ts';
export { compileRules, type CompiledRule } from './rules.ts';
