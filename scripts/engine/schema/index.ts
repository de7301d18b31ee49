export { inspectSchema, type SchemaFinding } from './inspect.ts';
export { ruleProblem } from './rules.ts';
