export { ConnectionCut, createLocalOrg, listen } from './server/index.ts';
export type {
  Fault,
  FaultDecider,
  FaultDial,
  FaultKind,
  ListeningOrg,
  LocalOrg,
  LocalOrgOptions,
  PubSubAddress,
  RowLock,
} from './server/index.ts';
export { manualClock, systemClock } from './core/index.ts';
export type { ManualClock, Org, OrgClock } from './core/index.ts';
