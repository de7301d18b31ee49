export { dryRun, type DryRunAnswer, type DryRunRequest } from './dry-run.ts';
export { differences, type FieldDifference } from './difference.ts';
export type { OrgCalls } from './forecast.ts';
export { explain, type Explanation } from './explain.ts';
export { mappedFields, valueAt } from './mapped.ts';
export { pageOf } from './page.ts';
export { preview } from './preview.ts';
export type { RehearsalPorts } from './rehearse.ts';
