export * from './contract.ts';
export { manualClock, systemClock, type ManualClock } from './clock.ts';
export { createOrg, type OrgOptions } from './org.ts';
export { permissionsNamedIn } from './formula/index.ts';
export { withSuffix } from './ids/index.ts';
