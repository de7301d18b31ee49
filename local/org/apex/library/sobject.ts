import type { FieldType } from '../../core/index.ts';
import { toId } from '../compile/convert.ts';
import { typeOfField } from '../compile/field-types.ts';
import { castValue } from '../runtime/cast.ts';
import { readChildren, readField, readParent, writeField } from '../runtime/records.ts';
import type { Thread } from '../runtime/thread.ts';
import { throwApex } from '../runtime/throw.ts';
import { type FieldToken, objectToken } from '../runtime/tokens.ts';
import { base, conversion } from '../types/index.ts';
import { MapValue, type NativeValue, type RecordValue, type Value } from '../values/index.ts';
import { cloneRecord } from './collections.ts';
import { define } from './define.ts';

/** A field by its name in any case. */
function named(thread: Thread, record: RecordValue, name: string): { readonly name: string; readonly type: FieldType } {
  const lower = name.toLowerCase();
  for (const field of thread.host.org.schema.object(record.object)?.fields.values() ?? []) {
    if (field.name.toLowerCase() === lower) return field;
  }
  return throwApex(thread, 'SObjectException', `Invalid field ${name} for ${record.object}`);
}

function get(thread: Thread, record: RecordValue, name: string): Value {
  if (record.object !== 'AggregateResult') return readField(thread, record, named(thread, record, name).name);
  const found = [...record.values].find(([key]) => key.toLowerCase() === name.toLowerCase());
  if (found === undefined) return throwApex(thread, 'SObjectException', `Invalid field ${name} for AggregateResult`);
  return found[1];
}

function put(thread: Thread, record: RecordValue, name: string, value: Value): Value {
  const field = named(thread, record, name);
  const before = record.values.get(field.name) ?? null;
  writeField(thread, record, field.name, fitted(thread, record, field, value));
  return before;
}

/** A value put under a field's name has the field's type, or is refused. */
function fitted(
  thread: Thread,
  record: RecordValue,
  field: { readonly name: string; readonly type: FieldType },
  value: Value,
): Value {
  if (value === null) return null;
  const wanted = typeOfField(field.type);
  if (wanted === base.object) return value;
  if (wanted === base.id) return toId(thread, value);
  const change = typeof value === 'number' ? conversion(base.integer, wanted) : undefined;
  if (change !== undefined && (wanted === base.decimal || wanted === base.double)) return change(value);
  try {
    return castValue(thread, value, wanted);
  } catch (error) {
    return throwApex(
      thread,
      'SObjectException',
      `Illegal assignment to ${record.object}.${field.name}: ${(error as Error).message}`,
    );
  }
}

const fieldOf = (token: NativeValue): string => (token.state as FieldToken).field;

function addError(_thread: Thread, record: RecordValue, message: string): void {
  record.errors.push({ message, field: undefined });
}

function relationship(thread: Thread, record: RecordValue, name: string): string {
  const lower = name.toLowerCase();
  const known = [...record.parents.keys(), ...record.children.keys()].find((each) => each.toLowerCase() === lower);
  return known ?? throwApex(thread, 'SObjectException', `Invalid relationship ${name} for ${record.object}`);
}

define('SObject', {
  methods: {
    'Object get(String)': get,
    'Object get(Schema.SObjectField)': (thread: Thread, record: RecordValue, token: NativeValue) =>
      get(thread, record, fieldOf(token)),
    'Object put(String, Object?)': put,
    'Object put(Schema.SObjectField, Object?)': (
      thread: Thread,
      record: RecordValue,
      token: NativeValue,
      value: Value,
    ) => put(thread, record, fieldOf(token), value),
    'SObject getSObject(String)': (thread: Thread, record: RecordValue, name: string) =>
      readParent(thread, record, relationship(thread, record, name)),
    'List<SObject> getSObjects(String)': (thread: Thread, record: RecordValue, name: string) =>
      readChildren(thread, record, relationship(thread, record, name)),
    'Schema.SObjectType getSObjectType()': (_thread: Thread, record: RecordValue) => objectToken(record.object),
    'Map<String,Object> getPopulatedFieldsAsMap()': (_thread: Thread, record: RecordValue) => {
      const entries = [...record.values, ...record.parents].filter(([, value]) => value !== null);
      return new MapValue(new Map(entries.map(([key, value]) => [key, { key, value }])));
    },
    'Boolean isSet(String)': (thread: Thread, record: RecordValue, name: string) =>
      record.values.has(named(thread, record, name).name),
    'void addError(String)': addError,
    'void addError(String, Boolean)': addError,
    'void addError(Exception)': (
      thread: Thread,
      record: RecordValue,
      exception: { readonly thrown?: { readonly message: string | null } },
    ) => addError(thread, record, exception.thrown?.message ?? ''),
    'void addError(String, String)': (thread: Thread, record: RecordValue, field: string, message: string) =>
      void record.errors.push({ message, field: named(thread, record, field).name }),
    'void addError(Schema.SObjectField, String)': (
      _thread: Thread,
      record: RecordValue,
      field: NativeValue,
      message: string,
    ) => void record.errors.push({ message, field: fieldOf(field) }),
    'Boolean hasErrors()': (_thread: Thread, record: RecordValue) => record.errors.length > 0,
    'void clear()': (_thread: Thread, record: RecordValue) => record.values.clear(),
    'SObject clone()': (_thread: Thread, record: RecordValue) => cloneRecord(record, false),
    'SObject clone(Boolean)': (_thread: Thread, record: RecordValue, keepsId: boolean) => cloneRecord(record, keepsId),
    'SObject clone(Boolean, Boolean)': (_thread: Thread, record: RecordValue, keepsId: boolean) =>
      cloneRecord(record, keepsId),
    'SObject clone(Boolean, Boolean, Boolean, Boolean)': (_thread: Thread, record: RecordValue, keepsId: boolean) =>
      cloneRecord(record, keepsId),
  },
});

define('AggregateResult', {
  extends: 'SObject',
  methods: { 'Object get(String)': get },
});
