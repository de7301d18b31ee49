export { createLocalOrg, listen } from './server/index.ts';
export type { ListeningOrg, LocalOrg } from './server/index.ts';
export { manualClock } from './core/index.ts';
export type { ManualClock } from './core/index.ts';
