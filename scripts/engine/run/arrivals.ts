import type { Candidate } from '../plan/index.ts';
import type { Hydrated, LeasedWork, SourceRow } from '../ports/index.ts';
import type { CompiledSync } from './compiled-sync.ts';
import type { PipelineOptions } from './options.ts';
import type { Page } from './page.ts';
import { prepareAbsence, prepareRow } from './prepare.ts';

/** A full read's rows, and who counts them. */
export interface BulkChunk {
  readonly sync: CompiledSync;
  readonly run: string;
  /** When the run began. */
  readonly since: number;
  readonly rows: readonly SourceRow[];
  readonly page: Page;
}

/** Leased work with what its source says now. */
export interface LiveChunk {
  readonly sync: CompiledSync;
  readonly liveRun: string;
  readonly work: readonly LeasedWork[];
  readonly hydrated: Hydrated;
}

/** The candidates of a full read's rows, in their order. */
export function bulkCandidates(
  { sync, run, since, rows, page }: BulkChunk,
  exclusions: PipelineOptions['exclusions'],
): readonly Candidate[] {
  const shared = { entrance: 'bulk', run, liveRun: '', at: since } as const;
  const arrival = { ...shared, work: undefined, ticket: page, exclusions } as const;
  const candidates: Candidate[] = [];
  for (const row of rows) candidates.push(prepareRow(sync, row, arrival));
  return candidates;
}

/** The candidates of leased work, in its order. Throws where the source said nothing of a record that it was asked for. */
export function liveCandidates(
  { sync, liveRun, work, hydrated }: LiveChunk,
  { clock, exclusions }: Pick<PipelineOptions, 'clock' | 'exclusions'>,
): readonly Candidate[] {
  const rows = new Map(hydrated.rows.map((row) => [row.id, row]));
  const candidates: Candidate[] = [];
  for (const item of work) {
    const { source } = item;
    const run = item.run ?? liveRun;
    const shared = { entrance: 'live', run, liveRun, at: clock.now() } as const;
    const arrival = { ...shared, work: item, ticket: undefined, exclusions } as const;
    const row = rows.get(source);
    const absence = hydrated.absent.get(source);
    if (row) candidates.push(prepareRow(sync, row, arrival));
    else if (absence !== undefined) candidates.push(prepareAbsence(sync, source, absence, hydrated.readAt, arrival));
    else throw new Error(`The source of ${sync.name} said neither what ${source} holds nor why it is absent`);
  }
  return candidates;
}
