export { convertLead } from './convert-lead.ts';
export { executeRequest } from './execute.ts';
export { mergeRecords } from './merge.ts';
export { RecordWriter } from './writer.ts';
export { fillSummaries, rollUp } from './roll-ups.ts';
export { Problem } from './problem.ts';
export { converterOf } from './convert.ts';
export type { Work } from './work.ts';
