import type { FieldType, QueryRow, QueryRows, QueryValue } from '../../core/index.ts';
import { listOf, recordType } from '../types/index.ts';
import {
  BlobValue,
  DateValue,
  DatetimeValue,
  Decimal,
  DoubleValue,
  ListValue,
  RecordValue,
  TimeValue,
  type Value,
} from '../values/index.ts';
import { throwApex } from './throw.ts';
import type { Thread } from './thread.ts';

/** A field of a record. Throws SObjectException when its query did not ask for it. */
export function readField(thread: Thread, self: Value, field: string): Value {
  const record = recordOf(thread, self);
  const value = record.values.get(field);
  if (value !== undefined) return value;
  if (record.queried !== undefined && !record.queried.has(field) && field !== 'Id') {
    throwApex(
      thread,
      'SObjectException',
      `SObject row was retrieved via SOQL without querying the requested field: ${record.object}.${field}`,
    );
  }
  return fieldTypeOf(thread, record.object, field) === 'boolean' ? false : null;
}

export function writeField(thread: Thread, self: Value, field: string, value: Value): void {
  const record = recordOf(thread, self);
  if (record.readOnly) throwApex(thread, 'FinalException', 'Record is read-only');
  record.put(field, value);
}

export function readParent(thread: Thread, self: Value, relationship: string): Value {
  const record = recordOf(thread, self);
  const parent = record.parents.get(relationship);
  if (parent !== undefined) return parent;
  if (record.queried === undefined) return null;
  return throwApex(
    thread,
    'SObjectException',
    `SObject row was retrieved via SOQL without querying the requested field: ${record.object}.${relationship}`,
  );
}

export function readChildren(thread: Thread, self: Value, relationship: string): Value {
  const record = recordOf(thread, self);
  const children = record.children.get(relationship);
  if (children !== undefined) return children;
  if (record.queried === undefined) return new ListValue([], listOf(recordType('SObject')));
  return throwApex(
    thread,
    'SObjectException',
    `SObject row was retrieved via SOQL without querying the requested field: ${record.object}.${relationship}`,
  );
}

function recordOf(thread: Thread, self: Value): RecordValue {
  if (self instanceof RecordValue) return self;
  return throwApex(thread, 'NullPointerException', 'Attempt to de-reference a null object');
}

export function fieldTypeOf(thread: Thread, object: string, field: string): FieldType | undefined {
  return thread.host.org.schema.object(object)?.fields.get(field)?.type;
}

/** A value as the core's JSON has it, as Apex has it. */
export function fromJson(type: FieldType | undefined, json: unknown): Value {
  if (json === null || json === undefined) return null;
  if (typeof json === 'boolean') return json;
  if (typeof json === 'number') return type === 'int' || type === undefined ? json : Decimal.of(json);
  if (typeof json !== 'string') return null;
  if (type === 'date') return new DateValue(Math.floor(Date.parse(`${json}T00:00:00Z`) / 86_400_000));
  if (type === 'datetime') return new DatetimeValue(Date.parse(json.replace('+0000', 'Z')));
  if (type === 'time') return new TimeValue(Date.parse(`1970-01-01T${json}`));
  if (type === 'base64') return new BlobValue(Buffer.from(json, 'base64'));
  return json;
}

/** A value as the core takes it. */
export function toJson(value: Value): string | number | boolean | null {
  if (value === null || typeof value === 'boolean' || typeof value === 'number' || typeof value === 'string')
    return value;
  if (typeof value === 'bigint') return Number(value);
  if (value instanceof Decimal) return value.toNumber();
  if (value instanceof DoubleValue) return value.value;
  if (value instanceof DateValue || value instanceof TimeValue) return value.toString();
  if (value instanceof DatetimeValue) return value.toJson();
  if (value instanceof BlobValue) return Buffer.from(value.bytes).toString('base64');
  throw new Error('a record holds a value that no field can');
}

/** The rows of a query as records. */
export function recordsOf(thread: Thread, rows: QueryRows): RecordValue[] {
  return rows.rows.map((row) => recordFrom(thread, row));
}

function recordFrom(thread: Thread, row: QueryRow): RecordValue {
  const record = new RecordValue(row.type);
  const fields = thread.host.org.schema.object(row.type)?.fields;
  if (row.type !== 'AggregateResult') {
    record.queried = new Set(['Id']);
    if (row.id !== undefined) record.values.set('Id', row.id);
  }
  for (const [name, value] of row.values) {
    record.queried?.add(name);
    if (isRows(value)) {
      record.children.set(name, listOfRecords(recordsOf(thread, value), value.rows[0]?.type));
    } else if (isRow(value)) {
      record.parents.set(name, recordFrom(thread, value));
    } else if (fields?.get(name) === undefined && row.type !== 'AggregateResult') {
      if (value === null) absent(thread, record, name);
    } else {
      record.values.set(
        name,
        row.type === 'AggregateResult' ? aggregated(value) : fromJson(fields?.get(name)?.type, value),
      );
    }
  }
  return record;
}

/** A null under a relationship's name: a parent that is not there, or a child list without rows. */
function absent(thread: Thread, record: RecordValue, name: string): void {
  const definition = thread.host.org.schema.object(record.object);
  const isParent = [...(definition?.fields.values() ?? [])].some(({ relationshipName }) => relationshipName === name);
  if (isParent) record.parents.set(name, null);
  else record.children.set(name, new ListValue([]));
}

const listOfRecords = (records: RecordValue[], object: string | undefined) =>
  new ListValue(records, object === undefined ? undefined : listOf(recordType(object)));

/** Aggregates tell no field: whole counts are Integers, other numbers Decimals, moments are known by their form. */
function aggregated(value: QueryValue): Value {
  if (typeof value === 'string') {
    if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return fromJson('date', value);
    return /^\d{4}-\d{2}-\d{2}T[\d:.]+(\+0000|Z)$/.test(value) ? fromJson('datetime', value) : value;
  }
  if (typeof value !== 'number') return fromJson(undefined, value);
  return Number.isInteger(value) ? value : Decimal.of(value);
}

const isRows = (value: QueryValue): value is QueryRows =>
  typeof value === 'object' && value !== null && 'rows' in value;
const isRow = (value: QueryValue): value is QueryRow =>
  typeof value === 'object' && value !== null && 'values' in value;
