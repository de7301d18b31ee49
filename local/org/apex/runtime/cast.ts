import { withSuffix } from '../../core/index.ts';
import { base, canCast, distance, isList, isMap, isRecord, isSet, recordType, type Type } from '../types/index.ts';
import {
  Decimal,
  DoubleValue,
  isNumeric,
  ListValue,
  MapValue,
  RecordValue,
  SetValue,
  toDecimal,
  toNumber,
  type Value,
} from '../values/index.ts';
import { classOfValue } from './invoke.ts';
import { throwApex } from './throw.ts';
import type { Thread } from './thread.ts';

/** The type that a value has at run time. */
export function typeOfValue(value: NonNullable<Value>): Type {
  if (value instanceof RecordValue) return recordType(value.object);
  if (value instanceof ListValue || value instanceof SetValue || value instanceof MapValue) {
    const { parameters } = classOfValue(value);
    return value.type ?? classOfValue(value).type(...parameters.map(() => base.object));
  }
  return classOfValue(value).type();
}

export function isInstance(_thread: Thread, value: Value, type: Type): boolean {
  if (value === null) return false;
  if (type === base.id) return typeof value === 'string' && isId(value);
  const own = typeOfValue(value);
  if (own === type || type === base.object) return true;
  if (isNumeric(value)) return own === base.integer && type === base.long;
  return typeof value === 'object' && own.info !== base.date.info && distance(own, type) !== undefined;
}

/** A number of one static type as one of another: fractions are cut. */
export function castNumber(thread: Thread, value: Value, type: Type): Value {
  if (!isNumeric(value)) return null;
  if (type === base.integer) {
    const whole = Math.trunc(toNumber(value));
    return Math.abs(whole) <= 2_147_483_648 ? whole : throwApex(thread, 'TypeException', `Invalid integer: ${whole}`);
  }
  return type === base.long ? BigInt(Math.trunc(toNumber(value))) : castValue(thread, value, type);
}

const isId = (text: string): boolean => /^[0-9A-Za-z]{18}$/.test(text) && withSuffix(text.slice(0, 15)) === text;

/** A value taken for a type. Throws TypeException when it is of another. */
export function castValue(thread: Thread, value: Value, type: Type): Value {
  if (value === null || type === base.object) return value;
  if (isNumeric(value)) {
    if (type === base.decimal) return toDecimal(value);
    if (
      type === base.double &&
      (value instanceof Decimal || value instanceof DoubleValue || typeof value === 'number')
    ) {
      return new DoubleValue(toNumber(value));
    }
    if (type === base.long && (typeof value === 'number' || typeof value === 'bigint')) return BigInt(value);
    if (type === base.integer && typeof value === 'number') return value;
    return fails(thread, value, type);
  }
  if (type === base.id && typeof value === 'string') {
    if (/^[0-9A-Za-z]{15}$/.test(value)) return withSuffix(value);
    return isId(value) ? value : throwApex(thread, 'StringException', `Invalid id: ${value}`);
  }
  const own = typeOfValue(value);
  const fits = distance(own, type) !== undefined || (isCollection(own) && !isTyped(own) && own.info === type.info);
  return fits && canCast(own, type) ? value : fails(thread, value, type);
}

const isCollection = (type: Type): boolean => isList(type) || isSet(type) || isMap(type);
const isTyped = (type: Type): boolean => type.args.some((arg) => arg.object !== undefined || !isRecord(arg));

function fails(thread: Thread, value: NonNullable<Value>, type: Type): never {
  return throwApex(
    thread,
    'TypeException',
    `Invalid conversion from runtime type ${typeOfValue(value).name} to ${type.name}`,
  );
}
