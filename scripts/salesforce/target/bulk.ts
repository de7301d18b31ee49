import { z } from 'zod';
import { PlumblineError, RetryError } from '../../engine/index.ts';
import { apiVersion, bodyText, type Channel } from '../connection/index.ts';
import { orgError } from '../errors.ts';
import { readCsv } from '../source/index.ts';
import { toCsv, type Table } from './csv.ts';
import { exchange, type Reply } from './exchange.ts';
import type { Outgoing } from './outgoing.ts';
import type { ItemError } from './refusals.ts';
import type { Manner } from './collections.ts';

const root = `/services/data/v${apiVersion}/jobs/ingest`;
/** Milliseconds before the first look at a job, and the longest between two. */
const firstLook = 500;
const longestWait = 10_000;
/** Looks in a row without an answer after which it is not known what becomes of the job. */
const mostSilence = 30;
const resultRows = 1_000;

const job = z.object({
  id: z.string(),
  state: z.enum(['Open', 'UploadComplete', 'InProgress', 'JobComplete', 'Failed', 'Aborted']),
  numberRecordsProcessed: z.number().optional(),
  numberRecordsFailed: z.number().optional(),
  errorMessage: z.string().nullish(),
});
type Job = z.infer<typeof job>;

/** What became of a job: an answer for each record that it came to, or what became of the whole. */
export type BulkReply =
  | {
      readonly kind: 'answered';
      /** Errors by record, none for one that was written; records that are not here were not come to. */
      readonly items: ReadonlyMap<Outgoing, readonly ItemError[]>;
    }
  | { readonly kind: 'unanswered'; readonly detail: string }
  | { readonly kind: 'refused'; readonly error: PlumblineError };

interface JobListener {
  /** Called just before the org may begin. */
  readonly onStart: () => Promise<void>;
  /** Told how many looks it took to see the job end. */
  readonly onLooks: (looks: number) => void;
}

/**
 * Writes many records by one Bulk API 2.0 ingest job. The order of results is not that of the records, so they are told
 * apart by their key or ID.
 */
export async function writeBulk(
  channel: Channel,
  manner: Manner,
  records: readonly Outgoing[],
  told: JobListener,
): Promise<BulkReply> {
  const byId = manner.operation !== 'upsert';
  const table = toCsv(records, byId);
  const key = byId ? 'Id' : manner.keyField;
  return await new IngestJob(channel, manner, table, key).run(records, told);
}

class IngestJob {
  readonly #channel: Channel;
  readonly #manner: Manner;
  readonly #table: Table;
  readonly #key: string;

  constructor(channel: Channel, manner: Manner, table: Table, key: string) {
    this.#channel = channel;
    this.#manner = manner;
    this.#table = table;
    this.#key = key;
  }

  async run(records: readonly Outgoing[], { onStart, onLooks }: JobListener): Promise<BulkReply> {
    const made = await this.#make();
    if ('kind' in made) return made;
    const { id } = made;
    const uploaded = await this.#call('PUT', `${root}/${id}/batches`, this.#table.text, 'text/csv');
    if (uploaded.kind !== 'answered') return this.#refused(uploaded);
    await onStart();
    await this.#close(id);
    const ended = await this.#await(id, onLooks);
    if (!ended) return { kind: 'unanswered', detail: `The org stopped telling about the job ${id}.` };
    if (ended.state === 'Failed' && !ended.numberRecordsProcessed) {
      const message = ended.errorMessage ?? 'no reason given';
      const code = /[A-Z]+(?:_[A-Z]+)+/.exec(message)?.[0] ?? 'INVALID_FIELD';
      const error = orgError({ code, message }, `the bulk ${this.#manner.operation}`, this.#channel.clock.now());
      return { kind: 'refused', error };
    }
    const clean = ended.state === 'JobComplete' && ended.numberRecordsFailed === 0;
    if (clean && ended.numberRecordsProcessed === records.length) {
      return { kind: 'answered', items: new Map(records.map((record) => [record, []])) };
    }
    try {
      return { kind: 'answered', items: await this.#results(id, records) };
    } catch (error) {
      if (!(error instanceof PlumblineError)) throw error;
      return { kind: 'unanswered', detail: error.message };
    }
  }

  async #make(): Promise<Job | BulkReply> {
    const { object, operation, keyField } = this.#manner;
    const upsert = operation === 'upsert' ? { externalIdFieldName: keyField } : {};
    const form = { contentType: 'CSV', columnDelimiter: 'COMMA', lineEnding: 'LF' };
    const reply = await this.#call('POST', root, JSON.stringify({ object, operation, ...upsert, ...form }));
    const made = reply.kind === 'answered' ? jobIn(reply.body) : undefined;
    return made ?? this.#refused(reply);
  }

  /** An answer that is lost is looked for in the job itself. */
  async #close(id: string): Promise<void> {
    await this.#call('PATCH', `${root}/${id}`, JSON.stringify({ state: 'UploadComplete' }));
  }

  async #await(id: string, onLooks: JobListener['onLooks']): Promise<Job | undefined> {
    const { clock } = this.#channel;
    let wait = firstLook;
    for (let silent = 0, looks = 1; silent < mostSilence; silent += 1, looks += 1) {
      await clock.sleep(wait);
      wait = Math.min(wait * 2, longestWait);
      const reply = await this.#call('GET', `${root}/${id}`);
      const seen = reply.kind === 'answered' ? jobIn(reply.body) : undefined;
      if (!seen) continue;
      silent = -1;
      if (seen.state === 'JobComplete' || seen.state === 'Failed' || seen.state === 'Aborted') {
        onLooks(looks);
        return seen;
      }
      if (seen.state === 'Open') await this.#close(id);
    }
    return undefined;
  }

  /** Nothing was begun, so nothing was applied. */
  #refused(reply: Reply): BulkReply {
    const error =
      reply.kind === 'refused' || reply.kind === 'rejected'
        ? reply.error
        : new RetryError(
            reply.kind === 'unanswered' ? reply.detail : 'The org did not answer with a job where one was made.',
            [],
          );
    return { kind: 'refused', error };
  }

  async #results(id: string, records: readonly Outgoing[]): Promise<ReadonlyMap<Outgoing, readonly ItemError[]>> {
    const items = new Map<Outgoing, readonly ItemError[]>();
    const byKey = new Map(records.map((record) => [keyIn(record, this.#key), record]));
    const place = 2 + this.#table.columns.indexOf(this.#key);
    for (const file of ['successfulResults', 'failedResults'] as const) {
      const columns = ['sf__Id', file === 'failedResults' ? 'sf__Error' : 'sf__Created', ...this.#table.columns];
      const doing = `the results of the bulk ${this.#manner.operation}`;
      const { response } = await this.#channel.send({ method: 'GET', path: `${root}/${id}/${file}`, doing });
      if (!response.body) throw new RetryError(`The org sent nothing for ${doing}.`, []);
      for await (const rows of readCsv(response.body, columns, resultRows)) {
        for (const row of rows) {
          const record = byKey.get((row[place] ?? '').toLowerCase());
          if (record) items.set(record, file === 'failedResults' ? [errorIn(row[1] ?? '')] : []);
        }
      }
    }
    return items;
  }

  async #call(method: string, path: string, body?: string, type = 'application/json'): Promise<Reply> {
    const headers = body === undefined ? {} : { 'content-type': type };
    const doing = `the bulk ${this.#manner.operation} of ${this.#manner.object}`;
    return await exchange(this.#channel, { method, path, headers, doing, ...(body === undefined ? {} : { body }) });
  }
}

/** Waits until no ingest job of this user on the object is under way: an earlier process may have left one behind. */
export async function awaitEarlierJobs(channel: Channel, object: string, userId: string): Promise<void> {
  const listed = z.object({
    records: z.array(z.object({ object: z.string(), createdById: z.string(), state: z.string() })),
    nextRecordsUrl: z.string().nullish(),
  });
  const under = new Set(['UploadComplete', 'InProgress']);
  const doing = 'the bulk jobs that are under way';
  for (let path: string | null | undefined = `${root}?jobType=V2Ingest`; path;) {
    const { response } = await channel.send({ method: 'GET', path, doing });
    const parsed = listed.safeParse(JSON.parse(await bodyText(response, doing)));
    if (!parsed.success) throw new RetryError(`The answer to ${doing} is not a list of jobs.`, []);
    const busy = parsed.data.records.some(
      (each) =>
        each.object === object && each.createdById.slice(0, 15) === userId.slice(0, 15) && under.has(each.state),
    );
    if (busy) await channel.clock.sleep(longestWait);
    else path = parsed.data.nextRecordsUrl;
  }
}

function jobIn(body: string): Job | undefined {
  try {
    return job.safeParse(JSON.parse(body)).data;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function keyIn({ id, values }: Outgoing, key: string): string {
  return String(key === 'Id' ? id : (values[key] as string)).toLowerCase();
}

/** `CODE:message:Field1, Field2 --` (Bulk API 2.0, failed record results). */
function errorIn(text: string): ItemError {
  const match = /^([A-Z][A-Z0-9_]+):([^]*):([^:]*?)\s*--/.exec(text);
  if (!match) return { code: 'UNKNOWN_EXCEPTION', message: text, fields: [], duplicates: [] };
  const [, code = '', message = '', fields = ''] = match;
  return { code, message, fields: fields.split(',').flatMap((name) => name.trim() || []), duplicates: [] };
}
