import { duplicateResultOf } from './duplicate-result.ts';
import { isRecord, methodNotAllowed, notFound, readJsonObject } from './call.ts';
import type { CallDml, RestAnswer, RestCall, RestWorld } from './call.ts';
import { rowJson } from './rows.ts';
import { OrgError } from '../core/index.ts';
import type { DmlResult, InputRecord, RecordError } from '../core/index.ts';

/** Limits of one request (REST API Developer Guide, "Use sObject Collections"). */
const MOST_RECORDS = 200;
const MOST_CHUNKS = 10;
const MOST_RETRIEVED = 2000;

/** Ends a transaction in which a record failed; caught where it was opened. */
export class RolledBack extends Error {}

const ROLLED_BACK: RecordError = {
  statusCode: 'ALL_OR_NONE_OPERATION_ROLLED_BACK',
  message: 'Record rolled back because not all records were valid and the request was using AllOrNone header',
  fields: [],
};

interface Chunk {
  readonly object: string;
  readonly records: readonly InputRecord[];
}

/** One result as collections word it: `statusCode` in the place of `errorCode`. */
function resultJson(result: DmlResult, withCreated: boolean, call: RestCall): Record<string, unknown> {
  const errors = result.errors.map((error) => ({
    statusCode: error.statusCode,
    message: error.message,
    fields: error.fields,
    ...duplicateResultOf(error, call),
  }));
  const created = withCreated && result.created !== undefined ? { created: result.created } : {};
  return { ...(result.id === undefined ? {} : { id: result.id }), success: result.success, errors, ...created };
}

function tooMany(count: number, most: number): OrgError {
  return new OrgError(
    400,
    'EXCEEDED_ID_LIMIT',
    `record limit reached. cannot submit more than ${most} records into this call (${count} sent)`,
  );
}

function recordsOf(body: Record<string, unknown>): readonly Record<string, unknown>[] {
  const records = body['records'];
  if (!Array.isArray(records) || !records.every(isRecord)) {
    throw new OrgError(400, 'JSON_PARSER_ERROR', 'records must be an array of objects');
  }
  if (records.length > MOST_RECORDS) throw tooMany(records.length, MOST_RECORDS);
  return records;
}

function typeOf(record: Record<string, unknown>): string {
  const attributes = record['attributes'];
  const type = isRecord(attributes) ? attributes['type'] : undefined;
  if (typeof type !== 'string' || type === '') {
    throw new OrgError(400, 'INVALID_TYPE', 'Each record must say its type: {"attributes":{"type":"Lead"}}');
  }
  return type;
}

/** Runs of records of one type; more than ten are refused, so callers sort by type. */
function chunksOf(records: readonly Record<string, unknown>[]): readonly Chunk[] {
  const chunks: { object: string; records: InputRecord[] }[] = [];
  for (const record of records) {
    const object = typeOf(record);
    const { attributes: _type, ...values } = record;
    const last = chunks.at(-1);
    if (last && last.object.toLowerCase() === object.toLowerCase()) last.records.push(values);
    else chunks.push({ object, records: [values] });
  }
  if (chunks.length > MOST_CHUNKS) {
    const message = `Only ${MOST_CHUNKS} chunks of records of one type are allowed in a request (${chunks.length} sent); sort the records by type`;
    throw new OrgError(400, 'TOO_MANY_CHUNKS', message);
  }
  return chunks;
}

function runChunks(
  dml: CallDml,
  chunks: readonly Chunk[],
  operation: 'insert' | 'update' | 'delete',
  allOrNone: boolean,
): DmlResult[] {
  return chunks.flatMap(({ object, records }) => [...dml({ operation, object, records, allOrNone })]);
}

/** Runs all chunks; with `allOrNone` over several of them, in one transaction that a failure rolls back. */
function write(
  world: RestWorld,
  call: RestCall,
  chunks: readonly Chunk[],
  operation: 'insert' | 'update' | 'delete',
  allOrNone: boolean,
): RestAnswer {
  let results: DmlResult[] = [];
  if (!allOrNone || chunks.length <= 1) {
    results = runChunks(call.dml, chunks, operation, allOrNone);
  } else {
    try {
      world.transaction(call.session, (dml) => {
        results = runChunks(dml, chunks, operation, false);
        if (results.some((result) => !result.success)) throw new RolledBack();
      });
    } catch (error) {
      if (!(error instanceof RolledBack)) throw error;
      results = results.map((result) =>
        result.success ? { id: undefined, success: false, errors: [ROLLED_BACK] } : result,
      );
    }
  }
  return { status: 200, body: results.map((result) => resultJson(result, false, call)) };
}

function upsert(call: RestCall, object: string, field: string): RestAnswer {
  const body = readJsonObject(call);
  const records = recordsOf(body).map((record) => {
    if (typeOf(record).toLowerCase() !== object.toLowerCase()) {
      throw new OrgError(400, 'INVALID_TYPE', `All records of an upsert must be of type ${object}`);
    }
    const { attributes: _type, ...values } = record;
    return values;
  });
  const allOrNone = body['allOrNone'] === true;
  const results = call.dml({ operation: 'upsert', object, records, externalIdField: field, allOrNone });
  return { status: 200, body: results.map((result) => resultJson(result, true, call)) };
}

function remove(world: RestWorld, call: RestCall): RestAnswer {
  const ids = (call.query.get('ids') ?? '').split(',').filter((id) => id !== '');
  if (ids.length === 0) throw new OrgError(400, 'REQUIRED_FIELD_MISSING', 'The ids parameter is missing');
  if (ids.length > MOST_RECORDS) throw tooMany(ids.length, MOST_RECORDS);
  const records = ids.map((id) => ({
    attributes: { type: world.org.schemaFor(call.session).objectOfId(id)?.name ?? '' },
    Id: id,
  }));
  const strange = records.find((record) => record.attributes.type === '');
  if (strange) throw new OrgError(400, 'MALFORMED_ID', `malformed id ${strange.Id}`);
  return write(world, call, chunksOf(records), 'delete', call.query.get('allOrNone') === 'true');
}

function stringList(value: unknown, name: string): readonly string[] {
  if (!Array.isArray(value) || !value.every((item) => typeof item === 'string')) {
    throw new OrgError(400, 'JSON_PARSER_ERROR', `${name} must be an array of strings`);
  }
  return value;
}

/** Records by ID, in the order asked for; null in the place of one that is not there. */
function retrieve(world: RestWorld, call: RestCall, object: string): RestAnswer {
  const fromBody = call.method === 'POST' ? readJsonObject(call) : undefined;
  const ids = fromBody ? stringList(fromBody['ids'], 'ids') : (call.query.get('ids') ?? '').split(',');
  const fields = fromBody ? stringList(fromBody['fields'], 'fields') : (call.query.get('fields') ?? '').split(',');
  if (ids.length > MOST_RETRIEVED) throw tooMany(ids.length, MOST_RETRIEVED);
  const wellFormed = ids.filter((id) => /^[A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?$/.test(id));
  const list = wellFormed.map((id) => `'${id}'`).join(',');
  const soql = `SELECT Id, ${fields.filter((name) => name.toLowerCase() !== 'id').join(', ')} FROM ${object} WHERE Id IN (${list})`;
  const rows =
    wellFormed.length === 0 ? [] : world.org.prepare(soql.replace('Id,  FROM', 'Id FROM'), call.session).run().rows;
  const byId = new Map(rows.map((row) => [(row.id ?? '').slice(0, 15), rowJson(row, call.version, () => undefined)]));
  return { status: 200, body: ids.map((id) => byId.get(id.slice(0, 15)) ?? null) };
}

/** `/composite/sobjects` and below: up to 200 records in one call, one result for each in order. */
export function answerCollections(world: RestWorld, call: RestCall): RestAnswer {
  const [, , object, field, ...rest] = call.segments;
  if (rest.length > 0) throw notFound();
  if (object !== undefined) {
    if (field !== undefined && call.method === 'PATCH') return upsert(call, object, field);
    if (field === undefined && (call.method === 'GET' || call.method === 'POST')) return retrieve(world, call, object);
    throw methodNotAllowed(call.method, field === undefined ? 'GET, POST' : 'PATCH');
  }
  if (call.method === 'DELETE') return remove(world, call);
  if (call.method !== 'POST' && call.method !== 'PATCH') throw methodNotAllowed(call.method, 'DELETE, PATCH, POST');
  const body = readJsonObject(call);
  const chunks = chunksOf(recordsOf(body));
  return write(world, call, chunks, call.method === 'POST' ? 'insert' : 'update', body['allOrNone'] === true);
}
