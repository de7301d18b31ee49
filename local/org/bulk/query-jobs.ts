import { csvRow } from './csv.ts';
import { csvFormOf, delimiterOf, isTerminal, jobJson, lineEndingOf, moveTo, progressJson } from './job.ts';
import type { BulkWorld, Job } from './job.ts';
import { OrgError } from '../core/index.ts';
import type { BulkSnapshot, PreparedQuery, Session } from '../core/index.ts';

interface QueryJob extends Job {
  readonly operation: 'query' | 'queryAll';
  readonly prepared: PreparedQuery;
  snapshot: BulkSnapshot | undefined;
}

/** One page of a query job's result. */
export interface ResultPage {
  /** Rows on this page. */
  readonly count: number;
  /** Where the next page begins; the string `null` after the last. */
  readonly locator: string;
  /** The page's text in pieces of about 100,000 characters, each made when it is asked for. */
  pieces(): Generator<string>;
}

/** The query jobs of an org. */
export interface QueryJobs {
  create(body: Record<string, unknown>, version: string, session: Session): Record<string, unknown>;
  abort(id: string, state: unknown): Record<string, unknown>;
  info(id: string): Record<string, unknown>;
  list(): readonly Record<string, unknown>[];
  remove(id: string): void;
  /** `resultPages`: addresses of up to five pages from a locator on, to be read side by side. */
  pages(id: string, locator: string | null): Record<string, unknown>;
  page(id: string, locator: string | null, maxRecords: string | null): ResultPage;
}

/** Source: Bulk API 2.0, "Get Parallel Results for a Query Job". */
const PARALLEL_PAGES = 5;
/** Of two bytes each they stay below 128 KB: for a larger text V8 asks the system for fresh memory every time. */
const PIECE_CHARACTERS = 50_000;

function infoJson(job: QueryJob): Record<string, unknown> {
  return { ...jobJson(job, job.operation), jobType: 'V2Query', ...(isTerminal(job.state) ? progressJson(job) : {}) };
}

function locatorOf(offset: number): string {
  return Buffer.from(String(offset)).toString('base64url');
}

function offsetOf(locator: string | null, size: number): number {
  if (locator === null || locator === '') return 0;
  const text = Buffer.from(locator, 'base64url').toString('utf8');
  const offset = Number(text);
  if (!/^\d+$/.test(text) || (offset >= size && offset > 0))
    throw new OrgError(400, 'INVALID_QUERY_LOCATOR', `Invalid locator ${locator}`);
  return offset;
}

function rowsAsked(maxRecords: string | null, usual: number): number {
  if (maxRecords === null) return usual;
  const rows = Number(maxRecords);
  if (!Number.isInteger(rows) || rows < 1)
    throw new OrgError(400, 'INVALID_PARAMETER', `maxRecords must be a positive number, not ${maxRecords}`);
  return rows;
}

function* pieces(job: QueryJob, snapshot: BulkSnapshot, from: number, to: number): Generator<string> {
  const [delimiter, lineEnding] = [delimiterOf(job), lineEndingOf(job)];
  yield csvRow(job.prepared.columns, delimiter, lineEnding);
  let rows = 500;
  for (let at = from; at < to;) {
    const end = Math.min(to, at + rows);
    const text = snapshot.csv(at, end, delimiter, lineEnding);
    yield text;
    rows = Math.max(100, Math.floor((PIECE_CHARACTERS * (end - at)) / Math.max(1, text.length)));
    at = end;
  }
}

function makeJob(world: BulkWorld, body: Record<string, unknown>, version: string, session: Session): QueryJob {
  const operation = body['operation'];
  if (operation !== 'query' && operation !== 'queryAll') {
    throw new OrgError(400, 'INVALIDJOB', 'operation must be query or queryAll');
  }
  const soql = body['query'];
  if (typeof soql !== 'string') throw new OrgError(400, 'INVALIDJOB', 'query is missing');
  const prepared = world.prepare(soql, session, operation === 'queryAll');
  if (prepared.bulkRefusal !== undefined) throw new OrgError(400, 'API_ERROR', prepared.bulkRefusal);
  const now = world.org.clock.now();
  return {
    id: world.nextId('750'),
    version,
    object: prepared.object,
    session,
    ...csvFormOf(body),
    createdAt: now,
    changedAt: now,
    state: 'UploadComplete',
    processed: 0,
    failed: 0,
    errorMessage: undefined,
    operation,
    prepared,
    snapshot: undefined,
  };
}

function resultOf(job: QueryJob): BulkSnapshot {
  if (job.snapshot) return job.snapshot;
  throw new OrgError(400, 'INVALIDJOBSTATE', `The job ${job.id} is in state ${job.state}; it has no results`);
}

function run(world: BulkWorld, job: QueryJob): void {
  if (job.state !== 'UploadComplete') return;
  moveTo(world, job, 'InProgress');
  try {
    job.snapshot = job.prepared.snapshot();
    job.processed = job.snapshot.size;
    moveTo(world, job, 'JobComplete');
  } catch (error) {
    if (!(error instanceof OrgError)) throw error;
    job.errorMessage = `${error.errorCode}: ${error.message}`;
    moveTo(world, job, 'Failed');
  }
}

/** The Bulk 2.0 query jobs of an org; they run on its clock. */
export function createQueryJobs(world: BulkWorld): QueryJobs {
  const jobs = new Map<string, QueryJob>();
  const find = (id: string): QueryJob => {
    const job = jobs.get(id) ?? jobs.get([...jobs.keys()].find((key) => key.slice(0, 15) === id) ?? '');
    if (!job) throw new OrgError(404, 'NOT_FOUND', 'The requested resource does not exist');
    return job;
  };
  return {
    create(body, version, session) {
      const job = makeJob(world, body, version, session);
      jobs.set(job.id, job);
      world.org.clock.after(0, () => run(world, job));
      return infoJson(job);
    },
    abort(id, state) {
      const job = find(id);
      if (state !== 'Aborted')
        throw new OrgError(400, 'INVALIDJOBSTATE', `state must be Aborted, not ${String(state)}`);
      if (isTerminal(job.state))
        throw new OrgError(400, 'INVALIDJOBSTATE', `Job in state ${job.state} cannot be aborted`);
      moveTo(world, job, 'Aborted');
      return infoJson(job);
    },
    info: (id) => infoJson(find(id)),
    list: () => [...jobs.values()].map(infoJson),
    remove(id) {
      const job = find(id);
      if (!isTerminal(job.state))
        throw new OrgError(400, 'INVALIDJOBSTATE', `Job in state ${job.state} cannot be deleted`);
      jobs.delete(job.id);
    },
    pages(id, locator) {
      const job = find(id);
      const { size } = resultOf(job);
      const base = `/services/data/v${job.version}/jobs/query/${job.id}`;
      const rows = world.resultPageRows();
      const resultPages: { resultUrl: string }[] = [];
      let at = offsetOf(locator, size);
      do {
        resultPages.push({ resultUrl: `${base}/results?locator=${locatorOf(at)}` });
        at += rows;
      } while (at < size && resultPages.length < PARALLEL_PAGES);
      const done = at >= size;
      return { resultPages, ...(done ? {} : { nextRecordsUrl: `${base}/resultPages?locator=${locatorOf(at)}` }), done };
    },
    page(id, locator, maxRecords) {
      const job = find(id);
      const snapshot = resultOf(job);
      const from = offsetOf(locator, snapshot.size);
      const to = Math.min(snapshot.size, from + rowsAsked(maxRecords, world.resultPageRows()));
      return {
        count: to - from,
        locator: to < snapshot.size ? locatorOf(to) : 'null',
        pieces: () => pieces(job, snapshot, from, to),
      };
    },
  };
}
