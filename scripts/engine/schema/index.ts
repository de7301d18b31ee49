export { inspectSchema, type SchemaFinding } from './inspect.ts';
