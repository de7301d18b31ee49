import type { RecordClient } from '../../engine/index.ts';

export interface RunSummary {
  readonly runId: string;
  readonly sync: string;
  readonly kind: string;
  readonly state: string;
  readonly startedAt: string;
  readonly finishedAt: string | null;
  readonly expected: number | null;
  readonly read: number;
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly skipped: number;
  readonly held: number;
  readonly failed: number;
  readonly balanced: boolean;
}

interface RunRow {
  readonly Run_Id__c: string;
  readonly Sync_Name__c: string;
  readonly Kind__c: string;
  readonly State__c: string;
  readonly Started_At__c: string;
  readonly Finished_At__c: string | null;
  readonly Expected__c: number | null;
  readonly Read__c: number;
  readonly Created__c: number;
  readonly Updated__c: number;
  readonly Unchanged__c: number;
  readonly Skipped__c: number;
  readonly Held__c: number;
  readonly Failed__c: number;
}

export interface RunFilter {
  readonly sync?: string;
  readonly kind?: string;
  readonly state?: string;
  readonly runId?: string;
  readonly limit: number;
}

/** The newest runs that the org shows. */
export async function readRuns(records: RecordClient, filter: RunFilter): Promise<readonly RunSummary[]> {
  const conditions = [
    filter.sync === undefined ? undefined : `Sync_Name__c = ${records.literal(filter.sync)}`,
    filter.kind === undefined ? undefined : `Kind__c = ${records.literal(filter.kind)}`,
    filter.state === undefined ? undefined : `State__c = ${records.literal(filter.state)}`,
    filter.runId === undefined ? undefined : `Run_Id__c = ${records.literal(filter.runId)}`,
  ].filter((condition) => condition !== undefined);
  const where = conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`;
  const runs: RunSummary[] = [];
  const query =
    'SELECT Run_Id__c, Sync_Name__c, Kind__c, State__c, Started_At__c, Finished_At__c, Expected__c, Read__c, Created__c, ' +
    'Updated__c, Unchanged__c, Skipped__c, Held__c, Failed__c ' +
    `FROM Plumbline_Run__c${where} ORDER BY Started_At__c DESC, CreatedDate DESC LIMIT ${filter.limit}`;
  for await (const row of records.query<RunRow>(query)) runs.push(summary(row));
  return runs;
}

function summary(row: RunRow): RunSummary {
  const counts = {
    read: row.Read__c,
    created: row.Created__c,
    updated: row.Updated__c,
    unchanged: row.Unchanged__c,
    skipped: row.Skipped__c,
    held: row.Held__c,
    failed: row.Failed__c,
  };
  const { read, ...outcomes } = counts;
  return {
    runId: row.Run_Id__c,
    sync: row.Sync_Name__c,
    kind: row.Kind__c,
    state: row.State__c,
    startedAt: row.Started_At__c,
    finishedAt: row.Finished_At__c,
    expected: row.Expected__c,
    ...counts,
    balanced: read === Object.values(outcomes).reduce((sum, count) => sum + count, 0),
  };
}

/** One line for people. */
export function runLine(run: RunSummary): string {
  const of = run.expected === null ? '' : ` of ${run.expected.toLocaleString('en')}`;
  const parts = [
    `read ${run.read.toLocaleString('en')}${of}`,
    ...(['created', 'updated', 'unchanged', 'skipped', 'held', 'failed'] as const)
      .filter((outcome) => run[outcome] > 0)
      .map((outcome) => `${outcome} ${run[outcome].toLocaleString('en')}`),
  ];
  const balance = run.balanced || run.state === 'running' ? '' : ' — DOES NOT BALANCE';
  return `${run.sync} ${run.kind}: ${run.state}, ${parts.join(', ')}${balance}`;
}
