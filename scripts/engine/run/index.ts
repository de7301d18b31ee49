export { Bell } from './bell.ts';
export { beginRun, gapOf, runBackfill, type BackfillOptions } from './backfill.ts';
export { compileSync, type CompiledSync, type Ends } from './compiled-sync.ts';
export { StoppedError } from './dispatch.ts';
export { LiveRuns } from './live-runs.ts';
export { Page } from './page.ts';
export type { Exclusions, LedgerStore, PipelineOptions } from './options.ts';
export { Patience } from './patience.ts';
export { Pipeline, type BulkChunk, type LiveChunk } from './pipeline.ts';
