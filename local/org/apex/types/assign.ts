import { Decimal, DoubleValue, DateValue, DatetimeValue, toDecimal, toNumber, type Value } from '../values/index.ts';
import { base, isList, isMap, isRecord, isSet, known } from './registry.ts';
import type { Type } from './type.ts';

/** What it costs to take a value of one type for another: 0 for the same; undefined when it cannot be. */
export function distance(from: Type, to: Type): number | undefined {
  if (from === to) return 0;
  if (from === base.null) return to === base.void ? undefined : 1;
  if (from === base.void || to === base.void) return undefined;
  if (to === base.object) return 20;
  const widened = widening(from, to);
  if (widened !== undefined) return widened;
  if (isRecord(from) && isRecord(to)) return to.object === undefined ? 2 : undefined;
  if (isList(from) && isList(to)) return ofItems(from.args[0], to.args[0]);
  if (isMap(from) && isMap(to)) {
    const key = from.args[0] === to.args[0] ? 0 : undefined;
    const value = ofItems(from.args[1], to.args[1]);
    return key === undefined || value === undefined ? undefined : value;
  }
  if (isSet(from) && isSet(to)) return from.args[0] === to.args[0] ? 0 : undefined;
  if (to.info.name === 'Iterable' && (isList(from) || isSet(from))) return ofItems(from.args[0], to.args[0]);
  return inheritance(from, to);
}

function ofItems(from: Type | undefined, to: Type | undefined): number | undefined {
  if (from === undefined || to === undefined) return undefined;
  if (isRecord(from) && isRecord(to))
    return from === to ? 0 : from.object === undefined || to.object === undefined ? 2 : undefined;
  if (from === base.id && to === base.string) return 2;
  const found = distance(from, to);
  return found === undefined || widening(from, to) !== undefined ? undefined : found + 1;
}

const LADDER = [base.integer, base.long, base.double, base.decimal];

function widening(from: Type, to: Type): number | undefined {
  const [low, high] = [LADDER.indexOf(from), LADDER.indexOf(to)];
  if (low >= 0 && high >= 0) {
    if (high > low) return 1 + high - low;
    return from === base.decimal && to === base.double ? 5 : undefined;
  }
  if (from === base.id && to === base.string) return 1;
  if (from === base.string && to === base.id) return 3;
  if (from === base.date && to === base.datetime) return 2;
  return undefined;
}

function inheritance(from: Type, to: Type): number | undefined {
  let steps = 1;
  for (const info of from.info.ancestry()) {
    if (info === to.info && to.args.length === 0) return steps;
    for (const declared of info.interfaces) {
      if (declared === to) return steps + 1;
      const inherited = inheritance(declared, to);
      if (inherited !== undefined) return steps + 1 + inherited;
    }
    steps++;
  }
  return undefined;
}

/** Whether a cast from one type to another can ever succeed. */
export function canCast(from: Type, to: Type): boolean {
  if (distance(from, to) !== undefined || distance(to, from) !== undefined) return true;
  if (LADDER.includes(from) && LADDER.includes(to)) return true;
  if (isRecord(from) && isRecord(to)) return from.object === undefined || to.object === undefined;
  const open = (type: Type) => type.info.kind === 'interface';
  return open(from) || open(to);
}

export type Conversion = (value: Value) => Value;

/** How a value changes when it is taken for another type; undefined when it stays as it is. `Id` from text is checked elsewhere. */
export function conversion(from: Type, to: Type): Conversion | undefined {
  if (from === to || from === base.null) return undefined;
  const nullable =
    (convert: (value: NonNullable<Value>) => Value): Conversion =>
    (value) =>
      value === null ? null : convert(value);
  if (to === base.long) return nullable((value) => BigInt(Math.trunc(numberOf(value))));
  if (to === base.double) return nullable((value) => new DoubleValue(numberOf(value)));
  if (to === base.decimal && from !== base.decimal) {
    return nullable((value) => (value instanceof Decimal ? value : toDecimal(value as number | bigint | DoubleValue)));
  }
  if (to === base.datetime && from === base.date) {
    return nullable((value) => (value instanceof DateValue ? new DatetimeValue(value.days * 86_400_000) : value));
  }
  return undefined;
}

function numberOf(value: NonNullable<Value>): number {
  return toNumber(value as number | bigint | Decimal | DoubleValue);
}

/** Whether it is an exception. */
export const isThrowable = (type: Type): boolean => type.info.is(known('Exception'));
