export type { Draft } from './schema.ts';
export { formatConfiguration, mergeDrafts, parseConfiguration } from './yaml.ts';
export { differences } from './difference.ts';
export { draftOf, readDraftRows } from './records.ts';
export { readDraftSync } from './draft-sync.ts';
export { applyDraft } from './apply.ts';
export { activateDraft, readActiveId, readActiveVersion } from './versions.ts';
