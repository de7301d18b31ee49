import { OrgError } from '../core/index.ts';
import type { CallDml } from '../http/index.ts';
import type { Org, PreparedQuery, Session } from '../core/index.ts';

export type JobState = 'Open' | 'UploadComplete' | 'InProgress' | 'JobComplete' | 'Failed' | 'Aborted';

const DELIMITERS = { COMMA: ',', TAB: '\t', PIPE: '|', SEMICOLON: ';', CARET: '^', BACKQUOTE: '`' } as const;
const LINE_ENDINGS = { LF: '\n', CRLF: '\r\n' } as const;

/** How the CSV of a job is written. */
export interface CsvForm {
  readonly columnDelimiter: keyof typeof DELIMITERS;
  readonly lineEnding: keyof typeof LINE_ENDINGS;
}

/** What all jobs have. */
export interface Job extends CsvForm {
  readonly id: string;
  readonly version: string;
  readonly object: string;
  readonly session: Session;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  changedAt: number;
  state: JobState;
  processed: number;
  failed: number;
  errorMessage: string | undefined;
}

/** What the Bulk door knows of its org. */
export interface BulkWorld {
  readonly org: Org;
  nextId(keyPrefix: string): string;
  /** DML on behalf of a job's creator. */
  dml(session: Session): CallDml;
  /** Rows of a result page when the caller does not say (`maxRecords`). */
  resultPageRows(): number;
  prepare(soql: string, session: Session, all: boolean): PreparedQuery;
}

/** Whether a job's end is reached. */
export function isTerminal(state: JobState): boolean {
  return state === 'JobComplete' || state === 'Failed' || state === 'Aborted';
}

export function delimiterOf(job: CsvForm): string {
  return DELIMITERS[job.columnDelimiter];
}

export function lineEndingOf(job: CsvForm): string {
  return LINE_ENDINGS[job.lineEnding];
}

function oneOf<T extends string>(value: unknown, name: string, allowed: readonly T[], usual: T): T {
  if (value === undefined || value === null) return usual;
  const found = allowed.find((item) => item === value);
  if (found === undefined) throw new OrgError(400, 'INVALIDJOB', `${name} must be one of ${allowed.join(', ')}`);
  return found;
}

/** Delimiter and line ending of a job's body; COMMA and LF when it does not say. */
export function csvFormOf(body: Record<string, unknown>): CsvForm {
  if (body['contentType'] !== undefined) oneOf(body['contentType'], 'contentType', ['CSV'], 'CSV');
  return {
    columnDelimiter: oneOf(
      body['columnDelimiter'],
      'columnDelimiter',
      Object.keys(DELIMITERS) as (keyof typeof DELIMITERS)[],
      'COMMA',
    ),
    lineEnding: oneOf(
      body['lineEnding'],
      'lineEnding',
      Object.keys(LINE_ENDINGS) as (keyof typeof LINE_ENDINGS)[],
      'LF',
    ),
  };
}

/** The members of a job's answer that both kinds share (Bulk API 2.0 Developer Guide, "Get Information About a Job"). */
export function jobJson(job: Job, operation: string): Record<string, unknown> {
  const stamp = (time: number): string => new Date(time).toISOString().replace('Z', '+0000');
  return {
    id: job.id,
    operation,
    object: job.object,
    createdById: job.session.userId,
    createdDate: stamp(job.createdAt),
    systemModstamp: stamp(job.changedAt),
    state: job.state,
    concurrencyMode: 'Parallel',
    contentType: 'CSV',
    apiVersion: Number(job.version),
    lineEnding: job.lineEnding,
    columnDelimiter: job.columnDelimiter,
    ...(job.errorMessage === undefined ? {} : { errorMessage: job.errorMessage }),
  };
}

/** What jobs tell of their work once they have begun. */
export function progressJson(job: Job): Record<string, unknown> {
  const spent = job.changedAt - job.createdAt;
  return { numberRecordsProcessed: job.processed, retries: 0, totalProcessingTime: spent };
}

/** Moves a job to a state, at the time of the org's clock. */
export function moveTo(world: BulkWorld, job: Job, state: JobState): void {
  job.state = state;
  job.changedAt = world.org.clock.now();
}
