export { deployForceApp } from './deploy-force-app.ts';
export { ConnectionCut } from './faults.ts';
export type { Fault, FaultDecider, FaultDial, FaultKind, RowLock } from './faults.ts';
export { listen } from './listen.ts';
export type { ListeningOrg } from './listen.ts';
export { createLocalOrg } from './local-org.ts';
export type { LocalOrg, LocalOrgOptions } from './local-org.ts';
export type { PubSubAddress } from './world.ts';
