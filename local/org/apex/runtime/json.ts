import { base, isList, isMap, isRecord, isSet, listOf, mapOf, type FieldInfo, type Type } from '../types/index.ts';
import {
  BlobValue,
  DateValue,
  DatetimeValue,
  Decimal,
  DoubleValue,
  EnumValue,
  Instance,
  keyOf,
  ListValue,
  MapValue,
  RecordValue,
  SetValue,
  TimeValue,
  type Value,
} from '../values/index.ts';
import { initialise, toText } from './invoke.ts';
import { fromJson } from './records.ts';
import { throwApex } from './throw.ts';
import type { Thread } from './thread.ts';

export interface PlainOptions {
  readonly suppressNulls: boolean;
  /** As a Lightning page gets it: members that are `@AuraEnabled`, records without `attributes`. */
  readonly forPage?: boolean;
}

/** A value as JSON has it. */
export function plainOf(thread: Thread, value: Value, options: PlainOptions): unknown {
  const inner = (each: Value) => plainOf(thread, each, options);
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return value;
  if (typeof value === 'bigint') return Number(value);
  if (value instanceof Decimal) return value.toNumber();
  if (value instanceof DoubleValue) return value.value;
  if (value instanceof DateValue || value instanceof TimeValue) return value.toString();
  if (value instanceof DatetimeValue) return value.toJson();
  if (value instanceof BlobValue) return Buffer.from(value.bytes).toString('base64');
  if (value instanceof EnumValue) return value.name;
  if (value instanceof ListValue) return value.items.map(inner);
  if (value instanceof SetValue) return [...value.items.values()].map(inner);
  if (value instanceof MapValue) {
    return members(
      [...value.entries.values()].map(({ key, value: each }) => [toText(thread, key), each] as const),
      inner,
      options,
    );
  }
  if (value instanceof RecordValue) return recordPlain(value, inner, options);
  if (value instanceof Instance) return instancePlain(thread, value, inner, options);
  return throwApex(thread, 'JSONException', `Type unsupported in JSON: ${value.info.name}`);
}

function members(
  pairs: readonly (readonly [string, Value])[],
  inner: (each: Value) => unknown,
  options: PlainOptions,
): Record<string, unknown> {
  const plain: Record<string, unknown> = {};
  for (const [name, value] of pairs) if (!options.suppressNulls || value !== null) plain[name] = inner(value);
  return plain;
}

function recordPlain(
  record: RecordValue,
  inner: (each: Value) => unknown,
  options: PlainOptions,
): Record<string, unknown> {
  const url = record.id === null ? {} : { url: `/services/data/v66.0/sobjects/${record.object}/${record.id}` };
  const plain: Record<string, unknown> =
    options.forPage === true ? {} : { attributes: { type: record.object, ...url } };
  for (const [name, value] of record.values) if (value !== null) plain[name] = inner(value);
  for (const [name, parent] of record.parents) if (parent !== null) plain[name] = inner(parent);
  for (const [name, list] of record.children) {
    const records = list.items.map(inner);
    plain[name] = options.forPage === true ? records : { totalSize: records.length, done: true, records };
  }
  return plain;
}

function instancePlain(
  thread: Thread,
  value: Instance,
  inner: (each: Value) => unknown,
  options: PlainOptions,
): unknown {
  if (value.thrown !== undefined)
    return throwApex(thread, 'JSONException', `Type unsupported in JSON: ${value.info.name}`);
  const forPage = options.forPage === true;
  const pairs = fieldsOf(value.info)
    .filter((field) => (forPage ? field.annotations.has('auraenabled') : !field.isTransient))
    .map(
      (field) =>
        [field.name, field.get === undefined ? (value.fields[field.slot] ?? null) : field.get(thread, value)] as const,
    );
  return members(pairs, inner, options);
}

/** The instance fields and properties of a class, those of superclasses after its own. */
function fieldsOf(info: Instance['info']): readonly FieldInfo[] {
  const found: FieldInfo[] = [];
  for (const each of info.ancestry()) for (const field of each.fields.values()) if (!field.isStatic) found.push(field);
  return found;
}

/** JSON as `deserializeUntyped` gives it. Numbers with a point are Decimals, large whole ones Longs. */
export function fromPlain(plain: unknown, source = ''): Value {
  if (plain === null || plain === undefined) return null;
  if (typeof plain === 'number') return numberFrom(plain);
  if (typeof plain === 'string' || typeof plain === 'boolean') return plain;
  if (Array.isArray(plain))
    return new ListValue(
      plain.map((each) => fromPlain(each, source)),
      listOf(base.object),
    );
  const entries = Object.entries(plain).map(([key, value]) => [key, { key, value: fromPlain(value, source) }] as const);
  return new MapValue(new Map(entries), mapOf(base.string, base.object));
}

function numberFrom(plain: number): Value {
  if (!Number.isInteger(plain)) return Decimal.of(plain);
  return Math.abs(plain) <= 2_147_483_647 ? plain : BigInt(plain);
}

/** JSON as a value of a declared type. Throws JSONException for what does not fit; unknown members only when `strict`. */
export function readTyped(thread: Thread, plain: unknown, type: Type, strict: boolean): Value {
  if (plain === null || plain === undefined) return null;
  const read = (each: unknown, as: Type | undefined) => readTyped(thread, each, as ?? base.object, strict);
  if (type === base.object) return fromPlain(plain);
  if (isList(type) || isSet(type)) {
    if (!Array.isArray(plain)) return malformed(thread, type);
    const items = plain.map((each) => read(each, type.args[0]));
    return isList(type)
      ? new ListValue(items, type)
      : new SetValue(new Map(items.map((item) => [keyOf(item), item])), type);
  }
  if (isMap(type)) {
    if (!isMembers(plain)) return malformed(thread, type);
    const entries = Object.entries(plain).map(([name, value]) => {
      const key = read(name, type.args[0]);
      return [keyOf(key), { key, value: read(value, type.args[1]) }] as const;
    });
    return new MapValue(new Map(entries), type);
  }
  if (isRecord(type)) return readRecord(thread, plain, type, strict);
  if (type.info.file !== undefined) return readInstance(thread, plain, type, strict);
  return readPrimitive(thread, plain, type);
}

const isMembers = (plain: unknown): plain is Record<string, unknown> =>
  typeof plain === 'object' && plain !== null && !Array.isArray(plain);

function malformed(thread: Thread, type: Type): never {
  return throwApex(thread, 'JSONException', `Malformed JSON: Expected a value of type ${type.name}`);
}

function readPrimitive(thread: Thread, plain: unknown, type: Type): Value {
  if (type === base.string || type === base.id) {
    return typeof plain === 'string'
      ? plain
      : typeof plain === 'number' || typeof plain === 'boolean'
        ? String(plain)
        : malformed(thread, type);
  }
  if (type === base.boolean)
    return typeof plain === 'boolean'
      ? plain
      : plain === 'true'
        ? true
        : plain === 'false'
          ? false
          : malformed(thread, type);
  const number =
    typeof plain === 'number' ? plain : typeof plain === 'string' && plain.trim() !== '' ? Number(plain) : NaN;
  if (type === base.integer) return Number.isInteger(number) ? number : malformed(thread, type);
  if (type === base.long) return Number.isInteger(number) ? BigInt(number) : malformed(thread, type);
  if (type === base.decimal) return Number.isNaN(number) ? malformed(thread, type) : Decimal.of(number);
  if (type === base.double) return Number.isNaN(number) ? malformed(thread, type) : new DoubleValue(number);
  const text = typeof plain === 'string' ? plain : undefined;
  if (text === undefined) return malformed(thread, type);
  if (type === base.date && /^\d{4}-\d{2}-\d{2}/.test(text)) return fromJson('date', text.slice(0, 10));
  if (type === base.datetime && !Number.isNaN(Date.parse(text.replace('+0000', 'Z'))))
    return fromJson('datetime', text);
  if (type === base.time) return fromJson('time', text);
  if (type === base.blob) return fromJson('base64', text);
  if (type.info.kind === 'enum') return enumNamed(thread, type, text);
  return throwApex(thread, 'JSONException', `Apex Type unsupported in JSON: ${type.name}`);
}

function enumNamed(thread: Thread, type: Type, text: string): Value {
  const field = type.info.fields.get(text.toLowerCase());
  return field?.get?.(thread, null) ?? throwApex(thread, 'JSONException', `Invalid value for ${type.name}: ${text}`);
}

function readRecord(thread: Thread, plain: unknown, type: Type, strict: boolean): Value {
  if (!isMembers(plain)) return malformed(thread, type);
  const given = isMembers(plain['attributes']) ? plain['attributes']['type'] : undefined;
  const name = type.object ?? (typeof given === 'string' ? given : '');
  const object = thread.host.org.schema.object(name);
  if (object === undefined)
    return throwApex(thread, 'JSONException', `Cannot deserialize instance of ${type.name}: no object type`);
  const record = new RecordValue(object.name);
  for (const [key, value] of Object.entries(plain)) {
    if (key === 'attributes' || key.toLowerCase() === 'sobjecttype') continue;
    const field = [...object.fields.values()].find((each) => each.name.toLowerCase() === key.toLowerCase());
    const parent = [...object.fields.values()].find(
      (each) => each.relationshipName?.toLowerCase() === key.toLowerCase(),
    );
    if (field !== undefined) record.put(field.name, fromJson(field.type, value));
    else if (parent?.relationshipName !== undefined) {
      const own = readRecord(thread, value, { ...type, object: parent.referenceTo[0] ?? '' }, strict);
      if (own instanceof RecordValue) record.parents.set(parent.relationshipName, own);
    } else if (strict || !isMembers(value)) {
      throwApex(thread, 'JSONException', `No such column '${key}' on sobject of type ${object.name}`);
    }
  }
  return record;
}

function readInstance(thread: Thread, plain: unknown, type: Type, strict: boolean): Value {
  const { info } = type;
  if (info.kind === 'enum') return typeof plain === 'string' ? enumNamed(thread, type, plain) : malformed(thread, type);
  if (!isMembers(plain) || info.isAbstract) return malformed(thread, type);
  const self = new Instance(info);
  initialise(thread, self, info);
  for (const [key, value] of Object.entries(plain)) {
    const field = info.field(key);
    if (field === undefined || field.isStatic) {
      if (strict) throwApex(thread, 'JSONException', `Unknown field: ${info.name}.${key}`);
      continue;
    }
    const read = readTyped(thread, value, field.type, strict);
    if (field.set !== undefined) field.set(thread, self, read);
    else if (field.slot >= 0) self.fields[field.slot] = read;
  }
  return self;
}
