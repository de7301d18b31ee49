export { checkDraft, draftSchema, type Draft } from './schema.ts';
export { formatConfiguration, mergeDrafts, parseConfiguration } from './yaml.ts';
export { differences, type Difference } from './difference.ts';
export { draftOf, readDraftRows } from './records.ts';
export { applyDraft, type Applied } from './apply.ts';
export { activateDraft, readActiveId, readActiveVersion, type Activation } from './versions.ts';
