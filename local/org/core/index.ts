export * from './contract.ts';
export { manualClock, systemClock, type ManualClock } from './clock.ts';
export { createOrg, type OrgOptions } from './org.ts';
export { formatDateTime, formatDateTimeForBulk, parseDateTime } from './values/index.ts';
export { permissionsNamedIn } from './formula/index.ts';
export { normaliseId, withSuffix } from './ids/index.ts';
