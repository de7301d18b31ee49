import { columnWriters, recordOfRow } from './cells.ts';
import type { ColumnWriter } from './cells.ts';
import { csvRow, CsvError, readCsv } from './csv.ts';
import { csvFormOf, delimiterOf, isTerminal, jobJson, lineEndingOf, moveTo, progressJson } from './job.ts';
import type { BulkWorld, Job } from './job.ts';
import { textOf } from '../http/index.ts';
import { OrgError } from '../core/index.ts';
import type { DmlResult, Session } from '../core/index.ts';

const OPERATIONS = ['insert', 'update', 'upsert', 'delete', 'hardDelete'] as const;
type Operation = (typeof OPERATIONS)[number];

/** Records of one transaction, as triggers see them. */
const TRANSACTION_ROWS = 200;
/** Records between two turns of the clock, so that a large job does not hold up other callers. */
const TURN_ROWS = 2000;

interface IngestJob extends Job {
  readonly operation: Operation;
  readonly externalIdField: string | undefined;
  upload: string | undefined;
  heading: readonly string[];
  readonly successful: string[];
  readonly failedRows: string[];
  readonly unprocessed: string[];
}

/** The ingest jobs of an org. */
export interface IngestJobs {
  create(body: Record<string, unknown>, version: string, session: Session): Record<string, unknown>;
  upload(id: string, csv: string): void;
  setState(id: string, state: unknown): Record<string, unknown>;
  info(id: string): Record<string, unknown>;
  list(): readonly Record<string, unknown>[];
  remove(id: string): void;
  /** One of the three result files, in pieces. */
  results(id: string, which: 'successfulResults' | 'failedResults' | 'unprocessedrecords'): readonly string[];
}

function infoJson(job: IngestJob): Record<string, unknown> {
  const begun = job.state !== 'Open' && job.state !== 'UploadComplete';
  return {
    ...jobJson(job, job.operation),
    jobType: 'V2Ingest',
    ...(job.externalIdField === undefined ? {} : { externalIdFieldName: job.externalIdField }),
    ...(job.state === 'Open' ? { contentUrl: `services/data/v${job.version}/jobs/ingest/${job.id}/batches` } : {}),
    ...(begun
      ? {
          ...progressJson(job),
          numberRecordsFailed: job.failed,
          apiActiveProcessingTime: job.changedAt - job.createdAt,
          apexProcessingTime: 0,
        }
      : {}),
  };
}

function makeJob(world: BulkWorld, body: Record<string, unknown>, version: string, session: Session): IngestJob {
  const operation = OPERATIONS.find((name) => name === body['operation']);
  if (!operation) throw new OrgError(400, 'INVALIDJOB', `operation must be one of ${OPERATIONS.join(', ')}`);
  const name = textOf(body['object']);
  const object = world.org.schemaFor(session).object(name);
  if (!object) throw new OrgError(400, 'INVALIDJOB', `InvalidJob : Unable to find object: ${name}`);
  const key = body['externalIdFieldName'];
  if (operation === 'upsert' && (typeof key !== 'string' || key === '')) {
    throw new OrgError(
      400,
      'INVALIDJOB',
      'InvalidJob : External ID was blank for upsert operation. An external ID must be specified for upsert.',
    );
  }
  const now = world.org.clock.now();
  return {
    id: world.nextId('750'),
    version,
    object: object.name,
    session,
    ...csvFormOf(body),
    createdAt: now,
    changedAt: now,
    state: 'Open',
    processed: 0,
    failed: 0,
    errorMessage: undefined,
    operation,
    externalIdField: operation === 'upsert' ? String(key) : undefined,
    upload: undefined,
    heading: [],
    successful: [],
    failedRows: [],
    unprocessed: [],
  };
}

function errorText(result: DmlResult): string {
  return result.errors
    .map(({ statusCode, message, fields }) => `${statusCode}:${message}:${fields.join(', ')} --`)
    .join(';');
}

/** Writes one transaction's rows to the result files. */
function record(job: IngestJob, rows: readonly string[][], results: readonly DmlResult[]): void {
  const [delimiter, lineEnding] = [delimiterOf(job), lineEndingOf(job)];
  rows.forEach((row, index) => {
    const result = results[index];
    if (!result) throw new Error('the core answered fewer results than it was given records');
    job.processed += 1;
    if (result.success) {
      const created = result.created ?? job.operation === 'insert';
      job.successful.push(csvRow([result.id ?? '', String(created), ...row], delimiter, lineEnding));
    } else {
      job.failed += 1;
      job.failedRows.push(csvRow([result.id ?? '', errorText(result), ...row], delimiter, lineEnding));
    }
  });
}

function fail(world: BulkWorld, job: IngestJob, message: string): void {
  job.errorMessage = message;
  moveTo(world, job, 'Failed');
}

function runRows(world: BulkWorld, job: IngestJob, writers: readonly ColumnWriter[], rows: readonly string[][]): void {
  const records = rows.map((row) => recordOfRow(writers, row));
  const results = world.dml(job.session)({
    operation: job.operation,
    object: job.object,
    records,
    ...(job.externalIdField === undefined ? {} : { externalIdField: job.externalIdField }),
    allOrNone: false,
  });
  record(job, rows, results);
}

/** Takes rows until a turn's share is done; `done` when the upload is at its end. */
function runTurn(
  world: BulkWorld,
  job: IngestJob,
  writers: readonly ColumnWriter[],
  rows: Generator<string[]>,
): { done: boolean } {
  let batch: string[][] = [];
  for (let taken = 0; taken < TURN_ROWS; taken += 1) {
    const next = rows.next();
    if (next.done) {
      if (batch.length > 0) runRows(world, job, writers, batch);
      return { done: true };
    }
    if (next.value.length !== job.heading.length) {
      const message = `The number of columns (${next.value.length}) does not match the header (${job.heading.length})`;
      throw new CsvError(message, job.processed + batch.length + 2);
    }
    batch.push(next.value);
    if (batch.length === TRANSACTION_ROWS) {
      runRows(world, job, writers, batch);
      batch = [];
    }
  }
  if (batch.length > 0) runRows(world, job, writers, batch);
  return { done: false };
}

function process(world: BulkWorld, job: IngestJob, writers: readonly ColumnWriter[], rows: Generator<string[]>): void {
  if (job.state === 'Aborted') {
    for (const row of rows) job.unprocessed.push(csvRow(row, delimiterOf(job), lineEndingOf(job)));
    return;
  }
  try {
    if (runTurn(world, job, writers, rows).done) {
      job.upload = undefined;
      // Who reads JobComplete may count on the commit.
      void world.org.whenCommitted().then(() => {
        if (job.state === 'InProgress') moveTo(world, job, 'JobComplete');
      });
    } else {
      job.changedAt = world.org.clock.now();
      world.org.clock.after(0, () => process(world, job, writers, rows));
    }
  } catch (error) {
    if (error instanceof CsvError) fail(world, job, `InvalidBatch : row ${error.row}: ${error.message}`);
    else if (error instanceof OrgError) fail(world, job, `${error.errorCode} : ${error.message}`);
    else throw error;
  }
}

function begin(world: BulkWorld, job: IngestJob): void {
  if (job.state !== 'UploadComplete') return;
  moveTo(world, job, 'InProgress');
  const csv = job.upload ?? '';
  const endsWithReturn = csv.slice(0, csv.indexOf('\n')).endsWith('\r');
  if (csv.includes('\n') && endsWithReturn !== (job.lineEnding === 'CRLF')) {
    fail(
      world,
      job,
      `ClientInputError : LineEnding is invalid on user data. Current LineEnding setting is ${job.lineEnding}`,
    );
    return;
  }
  const schema = world.org.schemaFor(job.session);
  const object = schema.object(job.object);
  const rows = readCsv(csv, delimiterOf(job));
  try {
    const heading = rows.next();
    if (!object) {
      fail(world, job, `InvalidJob : Unable to find object: ${job.object}`);
      return;
    }
    // jsforce's own tests, which run against real orgs, upload nothing at all and find the job complete.
    if (heading.done) {
      moveTo(world, job, 'JobComplete');
      return;
    }
    job.heading = heading.value;
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    fail(world, job, `InvalidBatch : row ${error.row}: ${error.message}`);
    return;
  }
  const { writers, unknown } = columnWriters(schema, object, job.heading);
  if (unknown !== undefined) fail(world, job, `InvalidBatch : Field name not found : ${unknown}`);
  else process(world, job, writers, rows);
}

/** The Bulk 2.0 ingest jobs of an org; they run on its clock. */
export function createIngestJobs(world: BulkWorld): IngestJobs {
  const jobs = new Map<string, IngestJob>();
  const find = (id: string): IngestJob => {
    const job = jobs.get(id) ?? jobs.get([...jobs.keys()].find((key) => key.slice(0, 15) === id) ?? '');
    if (!job) throw new OrgError(404, 'NOT_FOUND', 'The requested resource does not exist');
    return job;
  };
  const wrongState = (job: IngestJob, wish: string): OrgError =>
    new OrgError(400, 'INVALIDJOBSTATE', `InvalidJobState : ${wish} is not allowed for a job in state ${job.state}`);
  return {
    create(body, version, session) {
      const job = makeJob(world, body, version, session);
      jobs.set(job.id, job);
      return infoJson(job);
    },
    upload(id, csv) {
      const job = find(id);
      if (job.state !== 'Open') throw wrongState(job, 'An upload');
      if (job.upload !== undefined) {
        throw new OrgError(
          400,
          'INVALIDJOBSTATE',
          `Found multiple contents for job: <${job.id}>, please 'Close' / 'Abort' / 'Delete' the current Job then create a new Job and make sure you only do 'PUT' once on a given Job.`,
        );
      }
      job.upload = csv;
    },
    setState(id, state) {
      const job = find(id);
      if (state === 'Aborted') {
        if (isTerminal(job.state)) throw wrongState(job, 'Aborting');
        moveTo(world, job, 'Aborted');
      } else if (state === 'UploadComplete') {
        if (job.state !== 'Open') throw wrongState(job, 'UploadComplete');
        moveTo(world, job, 'UploadComplete');
        world.org.clock.after(0, () => begin(world, job));
      } else {
        throw new OrgError(400, 'INVALIDJOBSTATE', `state must be UploadComplete or Aborted, not ${String(state)}`);
      }
      return infoJson(job);
    },
    info: (id) => infoJson(find(id)),
    list: () => [...jobs.values()].map(infoJson),
    remove(id) {
      const job = find(id);
      if (!isTerminal(job.state)) throw wrongState(job, 'Deleting');
      jobs.delete(job.id);
    },
    results(id, which) {
      const job = find(id);
      if (!isTerminal(job.state)) throw wrongState(job, 'Reading results');
      const [first, rows] =
        which === 'successfulResults'
          ? [['sf__Id', 'sf__Created'], job.successful]
          : which === 'failedResults'
            ? [['sf__Id', 'sf__Error'], job.failedRows]
            : [[], job.unprocessed];
      return [csvRow([...first, ...job.heading], delimiterOf(job), lineEndingOf(job)), ...rows];
    },
  };
}
