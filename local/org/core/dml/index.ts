export { executeRequest } from './execute.ts';
export { RecordWriter } from './writer.ts';
export { Problem } from './problem.ts';
export { converterOf } from './convert.ts';
export type { Work } from './work.ts';
