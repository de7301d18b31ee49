import { createIngestJobs } from './ingest.ts';
import type { BulkWorld } from './job.ts';
import { createQueryJobs } from './query-jobs.ts';
import { OrgError } from '../core/index.ts';
import { methodNotAllowed, notFound, readJsonObject } from '../http/index.ts';
import type { RestCall } from '../http/index.ts';

/** Answers the calls under `/services/data/vNN.N/jobs`; throws `OrgError` for what an org would word. */
export type BulkDoor = (call: Omit<RestCall, 'dml'>) => Response;

const CSV = { 'content-type': 'text/csv; charset=UTF-8' };
const RESULT_FILES = ['successfulResults', 'failedResults', 'unprocessedrecords'] as const;
const encoder = new TextEncoder();

/** Text made piece by piece, only as fast as it is read. */
function stream(pieces: Iterator<string>): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        const next = pieces.next();
        if (next.done) controller.close();
        else controller.enqueue(encoder.encode(next.value));
      },
    },
    { highWaterMark: 0 },
  );
}

/** Joins small pieces to larger ones, so that a result of many rows is few chunks. */
function* joined(rows: readonly string[]): Generator<string> {
  for (let at = 0; at < rows.length; at += 4000) yield rows.slice(at, at + 4000).join('');
}

function list(records: readonly Record<string, unknown>[]): Response {
  return Response.json({ done: true, nextRecordsUrl: null, records });
}

function only(call: { readonly method: string }, ...allowed: string[]): void {
  if (!allowed.includes(call.method)) throw methodNotAllowed(call.method, allowed.join(', '));
}

/** The Bulk API 2.0 of one org. */
export function createBulkDoor(world: BulkWorld): BulkDoor {
  const ingest = createIngestJobs(world);
  const queries = createQueryJobs(world);

  const answerIngest: BulkDoor = (call) => {
    const [, , id, part] = call.segments;
    if (id === undefined || id === '') {
      only(call, 'GET', 'POST');
      if (call.method === 'GET') return list(ingest.list());
      return Response.json(ingest.create(readJsonObject(call), call.version, call.session));
    }
    if (part === undefined) {
      only(call, 'GET', 'PATCH', 'DELETE');
      if (call.method === 'GET') return Response.json(ingest.info(id));
      if (call.method === 'PATCH') return Response.json(ingest.setState(id, readJsonObject(call)['state']));
      ingest.remove(id);
      return new Response(null, { status: 204 });
    }
    if (part === 'batches') {
      only(call, 'PUT');
      const type = call.headers.get('content-type') ?? '';
      if (!/^text\/csv\b/i.test(type))
        throw new OrgError(415, 'UNSUPPORTED_MEDIA_TYPE', `An upload is text/csv, not ${type}`);
      ingest.upload(id, call.body);
      return new Response(null, { status: 201 });
    }
    const file = RESULT_FILES.find((name) => name === part);
    if (!file) throw notFound();
    only(call, 'GET');
    return new Response(stream(joined(ingest.results(id, file))), { headers: CSV });
  };

  const answerQueries: BulkDoor = (call) => {
    const [, , id, part] = call.segments;
    if (id === undefined || id === '') {
      only(call, 'GET', 'POST');
      if (call.method === 'GET') return list(queries.list());
      return Response.json(queries.create(readJsonObject(call), call.version, call.session));
    }
    if (part === undefined) {
      only(call, 'GET', 'PATCH', 'DELETE');
      if (call.method === 'GET') return Response.json(queries.info(id));
      if (call.method === 'PATCH') return Response.json(queries.abort(id, readJsonObject(call)['state']));
      queries.remove(id);
      return new Response(null, { status: 204 });
    }
    if (part === 'resultPages') {
      only(call, 'GET');
      return Response.json(queries.pages(id, call.query.get('locator')));
    }
    if (part !== 'results') throw notFound();
    only(call, 'GET');
    const page = queries.page(id, call.query.get('locator'), call.query.get('maxRecords'));
    const headers = { ...CSV, 'Sforce-Locator': page.locator, 'Sforce-NumberOfRecords': String(page.count) };
    return new Response(stream(page.pieces()), { headers });
  };

  return (call) => {
    if (call.segments[1] === 'ingest') return answerIngest(call);
    if (call.segments[1] === 'query') return answerQueries(call);
    throw notFound();
  };
}
