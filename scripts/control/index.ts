export { createControlPlane } from './control-plane.ts';
export { askCommand } from './ask.ts';
export { readPresence } from './lease.ts';
export { readSyncStates, setPaused } from './pauses.ts';
export {
  activateDraft,
  applyDraft,
  differences,
  draftOf,
  formatConfiguration,
  mergeDrafts,
  parseConfiguration,
  readActiveVersion,
  readDraftRows,
  type Draft,
} from './configuration/index.ts';
