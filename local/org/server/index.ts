export { deployForceApp } from './deploy-force-app.ts';
export { listen } from './listen.ts';
export { loadGenerated } from './load-generated.ts';
export { loadSamples } from './load-samples.ts';
export type { ListeningOrg } from './listen.ts';
export { createLocalOrg } from './local-org.ts';
export type { LocalOrg } from './local-org.ts';
