import { columnWriters, recordOfRow } from './cells.ts';
import type { ColumnWriter } from './cells.ts';
import { csvRow, CsvError, readCsv } from './csv.ts';
import type { BulkWorld } from './job.ts';
import { OrgError } from '../core/index.ts';
import type { DmlResult, Session } from '../core/index.ts';

export const BATCH_OPERATIONS = ['insert', 'update', 'upsert', 'delete', 'hardDelete'] as const;

/** Records of one transaction, as triggers see them. */
const TRANSACTION_ROWS = 200;
/** Largest batch (Bulk API 1.0, "Bulk API Limits"). */
const MOST_ROWS = 10_000;

/** A job of Bulk API 1.0: what its batches do, and on which object. */
export interface BatchJob {
  readonly id: string;
  readonly version: string;
  readonly session: Session;
  readonly operation: (typeof BATCH_OPERATIONS)[number];
  readonly object: string;
  readonly externalIdField: string | undefined;
  readonly concurrencyMode: string;
  readonly createdAt: number;
  changedAt: number;
  state: 'Open' | 'Closed' | 'Aborted';
  readonly batches: Map<string, Batch>;
}

/** One upload of a job. */
export interface Batch {
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  changedAt: number;
  state: 'Queued' | 'InProgress' | 'Completed' | 'Failed' | 'NotProcessed';
  stateMessage: string | undefined;
  processed: number;
  failed: number;
  /** Lines of the result, in the order of the rows; no heading. */
  readonly results: string[];
}

/** A batch that waits for its turn on the org's clock. */
export function addBatch(world: BulkWorld, job: BatchJob, csv: string): Batch {
  const now = world.org.clock.now();
  const batch: Batch = {
    id: world.nextId('751'),
    createdAt: now,
    changedAt: now,
    state: 'Queued',
    stateMessage: undefined,
    processed: 0,
    failed: 0,
    results: [],
  };
  job.batches.set(batch.id, batch);
  world.org.clock.after(0, () => begin(world, job, batch, csv));
  return batch;
}

function move(world: BulkWorld, batch: Batch, state: Batch['state'], message?: string): void {
  batch.state = state;
  batch.stateMessage = message;
  batch.changedAt = world.org.clock.now();
}

function begin(world: BulkWorld, job: BatchJob, batch: Batch, csv: string): void {
  if (job.state === 'Aborted') {
    move(world, batch, 'NotProcessed');
    return;
  }
  move(world, batch, 'InProgress');
  try {
    const [heading, ...rows] = readCsv(csv, ',');
    if (!heading || rows.length === 0) throw invalid('Records not found');
    if (rows.length > MOST_ROWS) throw invalid(`Number of records ${rows.length} exceeds ${MOST_ROWS}`);
    const wrong = rows.find((row) => row.length !== heading.length);
    if (wrong) throw invalid(`a row has ${wrong.length} columns, the header ${heading.length}`);
    const schema = world.org.schemaFor(job.session);
    const object = schema.object(job.object);
    if (!object) throw invalid(`Unable to find object: ${job.object}`);
    const { writers, unknown } = columnWriters(schema, object, heading);
    if (unknown !== undefined) throw invalid(`Field name not found : ${unknown}`);
    takeRows(world, job, batch, writers, rows, 0);
  } catch (error) {
    if (!(error instanceof OrgError) && !(error instanceof CsvError)) throw error;
    move(world, batch, 'Failed', `InvalidBatch : ${error.message}`);
  }
}

function invalid(message: string): OrgError {
  return new OrgError(400, 'InvalidBatch', message);
}

/** One transaction, then the next in another turn of the clock, so that a batch does not hold up other callers. */
function takeRows(
  world: BulkWorld,
  job: BatchJob,
  batch: Batch,
  writers: readonly ColumnWriter[],
  rows: readonly string[][],
  from: number,
): void {
  if (job.state === 'Aborted') {
    move(world, batch, 'NotProcessed');
    return;
  }
  const results = world.dml(job.session)({
    operation: job.operation,
    object: job.object,
    records: rows.slice(from, from + TRANSACTION_ROWS).map((row) => recordOfRow(writers, row)),
    ...(job.externalIdField === undefined ? {} : { externalIdField: job.externalIdField }),
    allOrNone: false,
  });
  for (const result of results) {
    batch.processed += 1;
    if (!result.success) batch.failed += 1;
    batch.results.push(resultLine(job, result));
  }
  const next = from + TRANSACTION_ROWS;
  if (next < rows.length) {
    world.org.clock.after(0, () => takeRows(world, job, batch, writers, rows, next));
    return;
  }
  // Who reads Completed may count on the commit.
  void world.org.whenCommitted().then(() => move(world, batch, 'Completed'));
}

function resultLine(job: BatchJob, result: DmlResult): string {
  const created = result.success && (result.created ?? job.operation === 'insert');
  const errors = result.errors.map(
    ({ statusCode, message, fields }) => `${statusCode}:${message}:${fields.join(',')} --`,
  );
  return csvRow([result.id ?? '', String(result.success), String(created), errors.join(';')], ',', '\n');
}
