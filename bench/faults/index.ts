export { generateSchedule } from './generate.ts';
export { isClean, type Findings } from './judge.ts';
export { runSchedule, type RunOptions } from './run-schedule.ts';
export type { Schedule } from './schedule.ts';
export { shrink } from './shrink.ts';
