export { runSchedule } from './run-schedule.ts';
export { generateSchedule } from './schedule.ts';
