export { createControlPlane, type ControlOptions } from './control-plane.ts';
export { askCommand, type CommandRequest } from './ask.ts';
export { readPresence, type WorkerPresence } from './lease.ts';
export { readSyncStates, setPaused } from './pauses.ts';
export {
  activateDraft,
  applyDraft,
  checkDraft,
  differences,
  draftOf,
  formatConfiguration,
  mergeDrafts,
  parseConfiguration,
  readActiveVersion,
  readDraftRows,
  type Activation,
  type Applied,
  type Difference,
  type Draft,
} from './configuration/index.ts';
