export * from './contract/index.ts';
export type * from './unit.ts';
export { manualClock, systemClock, type ManualClock } from './clock.ts';
export { createOrg, type OrgOptions } from './org.ts';
export type { Edition } from './editions.ts';
export { permissionsNamedIn } from './formula/index.ts';
export { withSuffix } from './ids/index.ts';
