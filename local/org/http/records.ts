import { isRecord, methodNotAllowed, notFound, readJsonObject } from './call.ts';
import type { RestAnswer, RestCall, RestWorld } from './call.ts';
import { duplicateResultOf } from './duplicate-result.ts';
import { recordUrl, rowJson } from './rows.ts';
import { OrgError } from '../core/index.ts';
import type { DmlResult, ObjectDefinition, QueryRow, RecordError } from '../core/index.ts';

/** Errors of a record whose answer is 404: there is no such record, or not any more. */
const GONE = new Set(['NOT_FOUND', 'ENTITY_IS_DELETED']);

/** Whose record failed, and with what body: what the errors of a single record are worded from. */
interface Failing {
  readonly call: RestCall;
  readonly object: ObjectDefinition;
}

function failure(errors: readonly RecordError[], failing: Failing): RestAnswer {
  const first = errors[0];
  const status = first && GONE.has(first.statusCode) ? 404 : 400;
  const wrongType = errors.find(({ statusCode }) => statusCode === 'INVALID_TYPE_ON_FIELD_IN_RECORD');
  if (wrongType) throw cannotDeserialize(failing, wrongType.fields[0] ?? '');
  const body = errors.map((error) => ({
    message: error.message,
    errorCode: error.statusCode,
    fields: error.fields,
    ...duplicateResultOf(error, failing.call),
  }));
  return { status, body };
}

/**
 * What an org says of a value of the wrong type in a body of one record: it fails as the JSON is read, before there is
 * a record. Line and column are those of the field's name.
 */
function cannotDeserialize({ call, object }: Failing, fieldName: string): OrgError {
  const [name = '', value] =
    Object.entries(readJsonObject(call)).find(([key]) => key.toLowerCase() === fieldName.toLowerCase()) ?? [];
  const token = typeof value === 'string' ? 'VALUE_STRING' : Array.isArray(value) ? 'START_ARRAY' : 'VALUE';
  const before = call.body.slice(0, Math.max(0, call.body.indexOf(JSON.stringify(name)))).split('\n');
  const place = `[line:${before.length}, column:${(before.at(-1) ?? '').length + 1}]`;
  const type = object.fields.get(fieldName)?.type ?? '';
  const written = typeof value === 'string' ? value : JSON.stringify(value);
  return new OrgError(
    400,
    'JSON_PARSER_ERROR',
    `Cannot deserialize instance of ${type} from ${token} value ${written} or request may be missing a required field at ${place}`,
  );
}

/** Text as it stands between quotes in SOQL. */
function quoted(text: string): string {
  return `'${text.replace(/[\\']/g, (character) => `\\${character}`)}'`;
}

/** A value as SOQL writes it for a field of this type. */
function literal(object: ObjectDefinition, field: string, value: string): string {
  const type = object.fields.get(field)?.type;
  const numeric = type === 'double' || type === 'int' || type === 'currency' || type === 'percent';
  return numeric && Number.isFinite(Number(value)) ? value : quoted(value);
}

/** IDs of the records that have this value in a key field. */
function idsByKey(
  world: RestWorld,
  call: RestCall,
  object: ObjectDefinition,
  field: string,
  value: string,
): readonly string[] {
  const soql = `SELECT Id FROM ${object.name} WHERE ${field} = ${literal(object, field, value)}`;
  return world.org
    .prepare(soql, call.session)
    .run()
    .rows.map((row) => row.id ?? '');
}

/** The key field that the path names, as the org spells it. */
function keyField(object: ObjectDefinition, name: string): string {
  const found = [...object.fields.values()].find((field) => field.name.toLowerCase() === name.toLowerCase());
  if (!found || !(found.externalId || found.idLookup)) {
    const message = `Provided external ID field does not exist or is not accessible: ${name}`;
    throw new OrgError(404, 'NOT_FOUND', message);
  }
  return found.name;
}

/** 300: the addresses of all records that have this key. */
function multipleChoices(call: RestCall, object: ObjectDefinition, ids: readonly string[]): RestAnswer {
  return { status: 300, body: ids.map((id) => recordUrl(call.version, object.name, id)) };
}

function selectable(object: ObjectDefinition, asked: string | null): readonly string[] {
  if (asked !== null) return asked.split(',').map((name) => name.trim());
  return [...object.fields.values()].filter((field) => field.type !== 'location').map((field) => field.name);
}

function read(world: RestWorld, call: RestCall, object: ObjectDefinition, id: string): RestAnswer {
  const fields = selectable(object, call.query.get('fields'));
  const soql = `SELECT ${fields.join(', ')} FROM ${object.name} WHERE Id = ${quoted(id)}`;
  const row: QueryRow | undefined = world.org.prepare(soql, call.session, { all: true }).run().rows[0];
  if (!row) throw notFound();
  if (!isThere(world, call, object, id, false)) throw new OrgError(404, 'ENTITY_IS_DELETED', 'entity is deleted');
  return { status: 200, body: { ...rowJson(row, call.version, () => undefined), Id: row.id ?? id } };
}

/** Whether a record is there; with `all`, also in the recycle bin. */
function isThere(world: RestWorld, call: RestCall, object: ObjectDefinition, id: string, all: boolean): boolean {
  const soql = `SELECT Id FROM ${object.name} WHERE Id = ${quoted(id)}`;
  return world.org.prepare(soql, call.session, { all }).run().totalSize > 0;
}

/** Values of a record from a JSON body, without what only tells its type. */
function recordOf(call: RestCall): Record<string, unknown> {
  const { attributes, ...values } = readJsonObject(call);
  if (attributes !== undefined && !isRecord(attributes)) {
    throw new OrgError(400, 'JSON_PARSER_ERROR', 'attributes must be an object');
  }
  return values;
}

function one(results: readonly DmlResult[]): DmlResult {
  const result = results[0];
  if (!result) throw new Error('the core answered a DML request of one record with no result');
  return result;
}

/** `POST /sobjects/{object}`: 201 with the new ID. */
export function createRecord(call: RestCall, object: ObjectDefinition): RestAnswer {
  const records = [recordOf(call)];
  const result = one(call.dml({ operation: 'insert', object: object.name, records, allOrNone: true }));
  if (!result.success) return failure(result.errors, { call, object });
  const location = recordUrl(call.version, object.name, result.id ?? '');
  return { status: 201, body: { id: result.id, success: true, errors: [] }, headers: { Location: location } };
}

function change(
  world: RestWorld,
  call: RestCall,
  object: ObjectDefinition,
  id: string,
  operation: 'update' | 'delete',
): RestAnswer {
  const values = operation === 'update' ? recordOf(call) : {};
  if (Object.keys(values).some((name) => name.toLowerCase() === 'id')) {
    throw new OrgError(400, 'INVALID_FIELD', 'The Id field should not be specified in the sobject data.');
  }
  const result = one(call.dml({ operation, object: object.name, records: [{ ...values, Id: id }], allOrNone: true }));
  if (result.success) return { status: 204 };
  // DML calls an ID that nobody has a wrong reference; this resource is simply not there.
  if (!isThere(world, call, object, id, true)) throw notFound();
  return failure(result.errors, { call, object });
}

/** `/sobjects/{object}/{id}`: read, update (PATCH), delete. */
export function answerRecord(world: RestWorld, call: RestCall, object: ObjectDefinition, id: string): RestAnswer {
  if (!/^[A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?$/.test(id)) {
    const message = `Provided external ID field does not exist or is not accessible: ${id}`;
    throw new OrgError(404, 'NOT_FOUND', message);
  }
  if (call.method === 'GET') return read(world, call, object, id);
  if (call.method === 'PATCH') return change(world, call, object, id, 'update');
  if (call.method === 'DELETE') return change(world, call, object, id, 'delete');
  throw methodNotAllowed(call.method, 'DELETE, GET, HEAD, PATCH');
}

function upsert(world: RestWorld, call: RestCall, object: ObjectDefinition, field: string, value: string): RestAnswer {
  const values = recordOf(call);
  if (Object.keys(values).some((name) => name.toLowerCase() === 'id')) {
    throw new OrgError(400, 'INVALID_FIELD', 'The Id field should not be specified in the sobject data.');
  }
  if (field !== 'Id') {
    const ids = idsByKey(world, call, object, field, value);
    if (ids.length > 1) return multipleChoices(call, object, ids);
  }
  const records = [{ ...values, [field]: value }];
  const request = {
    operation: 'upsert',
    object: object.name,
    records,
    externalIdField: field,
    allOrNone: true,
  } as const;
  const result = one(call.dml(request));
  if (!result.success) return failure(result.errors, { call, object });
  const created = result.created === true;
  // Source: REST API Developer Guide, "Insert or Update (Upsert) a Record": an update had no body before 46.0.
  if (!created && Number(call.version) < 46) return { status: 204 };
  return { status: created ? 201 : 200, body: { id: result.id, success: true, errors: [], created } };
}

/** `/sobjects/{object}/{field}/{value}`: a record by one of its keys. PATCH upserts it; 300 when several have the key. */
export function answerKeyed(
  world: RestWorld,
  call: RestCall,
  object: ObjectDefinition,
  name: string,
  value: string,
): RestAnswer {
  const field = keyField(object, name);
  if (call.method === 'PATCH') return upsert(world, call, object, field, value);
  if (call.method !== 'GET' && call.method !== 'DELETE')
    throw methodNotAllowed(call.method, 'DELETE, GET, HEAD, PATCH');
  const ids = idsByKey(world, call, object, field, value);
  if (ids.length > 1) return multipleChoices(call, object, ids);
  const id = ids[0];
  if (id === undefined) throw notFound();
  return call.method === 'GET' ? read(world, call, object, id) : change(world, call, object, id, 'delete');
}
