import { addBatch, BATCH_OPERATIONS } from './batches.ts';
import type { Batch, BatchJob } from './batches.ts';
import { batchListXml, batchXml, errorXml, jobXml, readJobInfo } from './batch-xml.ts';
import { csvRow } from './csv.ts';
import type { BulkWorld } from './job.ts';
import { OrgError } from '../core/index.ts';
import type { Session } from '../core/index.ts';

/** A request under `/services/async/NN.N`; `path` is what follows that, without empty parts. */
export interface BatchCall {
  readonly method: string;
  readonly version: string;
  readonly path: readonly string[];
  readonly contentType: string;
  readonly body: string;
  readonly session: Session;
}

/** Answers what the older Bulk API (1.0) takes: jobs of CSV batches. Errors are XML, too. */
export type BatchDoor = (call: BatchCall) => Response;

/** The answer to a request that an org refuses: HTTP 400, whatever is wrong (Bulk API 1.0, "Errors"). */
export function batchRefusal(code: string, message: string): Response {
  return xml(errorXml(code, message), 400);
}

function xml(body: string, status = 200): Response {
  return new Response(body, { status, headers: { 'content-type': 'application/xml;charset=UTF-8' } });
}

function makeJob(world: BulkWorld, { version, body, session }: BatchCall): BatchJob {
  const info = readJobInfo(body);
  const wish = info.get('operation') ?? '';
  const operation = BATCH_OPERATIONS.find((name) => name === wish);
  if (wish === 'query' || wish === 'queryAll')
    throw new OrgError(400, 'InvalidOperation', 'not yet: queries in Bulk API 1.0; use those of Bulk API 2.0');
  if (!operation) throw new OrgError(400, 'InvalidJob', `operation must be one of ${BATCH_OPERATIONS.join(', ')}`);
  const contentType = info.get('contentType') ?? 'XML';
  if (contentType !== 'CSV') throw new OrgError(400, 'InvalidJob', `not yet: batches of ${contentType}; use CSV`);
  const object = world.org.schemaFor(session).object(info.get('object') ?? '');
  if (!object) throw new OrgError(400, 'InvalidJob', `Unable to find object: ${info.get('object') ?? ''}`);
  const key = info.get('externalIdFieldName');
  if (operation === 'upsert' && key === undefined)
    throw new OrgError(400, 'InvalidJob', 'External ID was blank for upsert operation.');
  const now = world.org.clock.now();
  return {
    id: world.nextId('750'),
    version,
    session,
    operation,
    object: object.name,
    externalIdField: operation === 'upsert' ? key : undefined,
    concurrencyMode: info.get('concurrencyMode') ?? 'Parallel',
    createdAt: now,
    changedAt: now,
    state: 'Open',
    batches: new Map(),
  };
}

function changeState(world: BulkWorld, job: BatchJob, wish: string | undefined): void {
  if (wish !== 'Closed' && wish !== 'Aborted')
    throw new OrgError(400, 'InvalidJob', `state must be Closed or Aborted, not ${wish ?? 'absent'}`);
  if (job.state !== 'Open') throw new OrgError(400, 'InvalidJobState', `Job is already ${job.state}`);
  job.state = wish;
  job.changedAt = world.org.clock.now();
}

function resultsOf(batch: Batch): Response {
  if (batch.state !== 'Completed') throw new OrgError(400, 'InvalidBatch', `Batch not completed: it is ${batch.state}`);
  const text = csvRow(['Id', 'Success', 'Created', 'Error'], ',', '\n') + batch.results.join('');
  return new Response(text, { headers: { 'content-type': 'text/csv' } });
}

/** The Bulk API 1.0 of one org, as far as clients load records by it. */
export function createBatchDoor(world: BulkWorld): BatchDoor {
  const jobs = new Map<string, BatchJob>();
  const find = <T>(from: ReadonlyMap<string, T>, what: string, id: string): T => {
    const found = from.get(id) ?? [...from].find(([key]) => key.slice(0, 15) === id)?.[1];
    if (found === undefined) throw new OrgError(400, `Invalid${what}`, `Unable to find ${what.toLowerCase()} ${id}`);
    return found;
  };
  const ofJob = (call: BatchCall, job: BatchJob): Response => {
    const [, , part, batchId, result] = call.path;
    const route = `${call.method} ${[part, batchId && ':id', result].filter((text) => text !== undefined).join('/')}`;
    if (route === 'GET ') return xml(jobXml(job));
    if (route === 'POST ') {
      changeState(world, job, readJobInfo(call.body).get('state'));
      return xml(jobXml(job));
    }
    if (route === 'GET batch') return xml(batchListXml(job));
    if (route === 'POST batch') {
      if (job.state !== 'Open') throw new OrgError(400, 'InvalidJobState', `Job state is ${job.state}`);
      if (!/^text\/csv\b/i.test(call.contentType))
        throw new OrgError(400, 'InvalidBatch', `not yet: a batch of ${call.contentType}; use text/csv`);
      return xml(batchXml(job, addBatch(world, job, call.body)), 201);
    }
    const batch = find(job.batches, 'Batch', batchId ?? '');
    if (route === 'GET batch/:id') return xml(batchXml(job, batch));
    if (route === 'GET batch/:id/result') return resultsOf(batch);
    throw new OrgError(400, 'InvalidUrl', `not yet: ${call.method} ${call.path.join('/')}`);
  };
  return (call) => {
    const [first, id] = call.path;
    if (first !== 'job') throw new OrgError(400, 'InvalidUrl', `not yet: ${call.path.join('/')}`);
    if (id !== undefined) return ofJob(call, find(jobs, 'Job', id));
    if (call.method !== 'POST') throw new OrgError(400, 'InvalidUrl', `not yet: ${call.method} ${call.path.join('/')}`);
    const job = makeJob(world, call);
    jobs.set(job.id, job);
    return xml(jobXml(job), 201);
  };
}
