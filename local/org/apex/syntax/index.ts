export { CompileError, failAt, present, unsupportedAt, type Placed } from './compile-error.ts';
export { parseAnonymous, parseClass, parseTrigger } from './parse.ts';
