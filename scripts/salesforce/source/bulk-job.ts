import { z } from 'zod';
import { PositionLostError, RecordError, RetryError } from '../../engine/index.ts';
import { apiVersion, bodyText, type Channel } from '../connection/index.ts';
import { orgError } from '../errors.ts';

const job = z.object({
  id: z.string(),
  state: z.enum(['UploadComplete', 'InProgress', 'JobComplete', 'Failed', 'Aborted']),
  numberRecordsProcessed: z.number().optional(),
  errorMessage: z.string().nullish(),
});
type Job = z.infer<typeof job>;

const root = `/services/data/v${apiVersion}/jobs/query`;
/** Milliseconds before the first look at a job, and the longest between two. */
const firstLook = 100;
const longestWait = 10_000;

/** A page of a job's result, its body not read yet. */
export interface ResultPage {
  readonly body: ReadableStream<Uint8Array>;
  readonly records: number;
  /** Of the next page; absent on the last. */
  readonly next: string | undefined;
}

/** Bulk API 2.0 query jobs. jsforce's own pager runs the pages of a result into one another. */
export interface BulkJobs {
  /** Returns the ID of the job. */
  start(soql: string, object: string): Promise<string>;
  /**
   * Waits on the clock until the job is done; returns how many records it found and how many calls that took. Throws
   * `PositionLostError` when the org does not know the job any more.
   */
  finish(id: string): Promise<{ readonly records: number; readonly looks: number }>;
  /** @param locator Of the page; absent for the first. */
  page(id: string, locator: string | undefined, maxRecords: number): Promise<ResultPage>;
}

export function createBulkJobs(channel: Channel): BulkJobs {
  async function call(method: string, path: string, doing: string, body?: object): Promise<Job> {
    const { response } = await channel.send({
      method,
      path,
      doing,
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const parsed = job.safeParse(JSON.parse(await bodyText(response, doing)));
    if (!parsed.success) throw new RetryError(`The answer to ${doing} is not a job.`, []);
    return parsed.data;
  }

  return {
    async start(soql, object) {
      const request = { operation: 'query', query: soql, columnDelimiter: 'COMMA', lineEnding: 'LF' };
      return (await call('POST', root, `the bulk query of ${object}`, request)).id;
    },

    async finish(id) {
      let wait = firstLook;
      for (let looks = 1; ; looks += 1) {
        await channel.clock.sleep(wait);
        const { state, numberRecordsProcessed, errorMessage } = await known(
          call('GET', `${root}/${id}`, 'the state of a bulk query'),
        );
        if (state === 'JobComplete') return { records: numberRecordsProcessed ?? 0, looks };
        if (state === 'Aborted') throw new PositionLostError('The bulk query was aborted in the org.', []);
        if (state === 'Failed') {
          const code = /[A-Z]+(?:_[A-Z]+)+/.exec(errorMessage ?? '')?.[0] ?? 'UNKNOWN_EXCEPTION';
          throw orgError({ code, message: errorMessage ?? 'no reason given' }, 'the bulk query', channel.clock.now());
        }
        wait = Math.min(wait * 2, longestWait);
      }
    },

    async page(id, locator, maxRecords) {
      const query = `maxRecords=${maxRecords}${locator === undefined ? '' : `&locator=${encodeURIComponent(locator)}`}`;
      const request = { method: 'GET', path: `${root}/${id}/results?${query}`, headers: { accept: 'text/csv' } };
      const { response } = await known(channel.send({ ...request, doing: 'a page of a bulk query' }));
      const records = Number(response.headers.get('sforce-numberofrecords') ?? Number.NaN);
      const next = response.headers.get('sforce-locator');
      if (!response.body || next === null || !Number.isInteger(records)) {
        throw new RetryError('A page of a bulk query came without its Sforce-Locator or Sforce-NumberOfRecords.', []);
      }
      return { body: response.body, records, next: next === 'null' ? undefined : next };
    },
  };
}

/** A job that the org does not know, or a locator that it does not take, means: start again. */
async function known<Result>(asked: Promise<Result>): Promise<Result> {
  try {
    return await asked;
  } catch (cause) {
    const gone =
      cause instanceof RecordError ||
      (cause instanceof Error && /INVALID_LOCATOR|INVALIDJOB|locator/i.test(cause.message));
    if (!gone) throw cause;
    throw new PositionLostError(
      'The bulk query, or the place in its result, is no longer known to the org (results are kept 7 days).',
      [],
      { cause },
    );
  }
}
