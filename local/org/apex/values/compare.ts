import { Decimal } from './decimal.ts';
import { RecordValue } from './record.ts';
import { DateValue, DatetimeValue, TimeValue } from './temporal.ts';
import { BlobValue, DoubleValue, ListValue, MapValue, NativeValue, SetValue, type Key, type Value } from './values.ts';

/** What tells a value from others in a set: text by its case, collections and records by what they hold. */
export function keyOf(value: Value): Key {
  if (value === null || typeof value !== 'object') return value;
  if (value instanceof Decimal) return `\u0000n${value.stripped().toString()}`;
  if (value instanceof DoubleValue) return `\u0000f${value.value}`;
  if (value instanceof DateValue) return `\u0000d${value.days}`;
  if (value instanceof DatetimeValue) return `\u0000m${value.milliseconds}`;
  if (value instanceof TimeValue) return `\u0000t${value.milliseconds}`;
  if (value instanceof BlobValue) return `\u0000b${Buffer.from(value.bytes).toString('base64')}`;
  if (value instanceof ListValue) return `\u0000l${value.items.map(keyText).join('\u0001')}`;
  if (value instanceof RecordValue) {
    const parts = [...value.values]
      .filter(([, each]) => each !== null)
      .sort(([left], [right]) => (left < right ? -1 : 1));
    return `\u0000r${value.object}${parts.map(([name, each]) => `${name}=${keyText(each)}`).join('\u0001')}`;
  }
  if (value instanceof SetValue) return `\u0000s${[...value.items.keys()].map(String).sort().join('\u0001')}`;
  if (value instanceof NativeValue && 'key' in value.state)
    return `\u0000x${value.info.name}${String(value.state.key)}`;
  return value;
}

const identities = new WeakMap<object, number>();
let lastIdentity = 0;

function keyText(value: Value): string {
  const key = keyOf(value);
  if (key === null || typeof key !== 'object') return `${typeof key}${String(key)}`;
  let identity = identities.get(key);
  if (identity === undefined) {
    identity = ++lastIdentity;
    identities.set(key, identity);
  }
  return `\u0000i${identity}`;
}

export function isNumeric(value: Value): value is number | bigint | Decimal | DoubleValue {
  return (
    typeof value === 'number' || typeof value === 'bigint' || value instanceof Decimal || value instanceof DoubleValue
  );
}

/** -1, 0 or 1 for two numbers of any kind. */
export function compareNumbers(left: number | bigint | Decimal | DoubleValue, right: typeof left): number {
  if (left instanceof DoubleValue || right instanceof DoubleValue) {
    const [first, second] = [toNumber(left), toNumber(right)];
    return first < second ? -1 : first > second ? 1 : 0;
  }
  if (typeof left === 'number' && typeof right === 'number') return left < right ? -1 : left > right ? 1 : 0;
  return toDecimal(left).compare(toDecimal(right));
}

export function toNumber(value: number | bigint | Decimal | DoubleValue): number {
  if (value instanceof DoubleValue) return value.value;
  return value instanceof Decimal ? value.toNumber() : Number(value);
}

export function toDecimal(value: number | bigint | Decimal | DoubleValue): Decimal {
  if (value instanceof Decimal) return value;
  return Decimal.of(value instanceof DoubleValue ? value.value : value);
}

/** The operator `==`: text without regard to its case, IDs by 15 or 18 characters, collections and records by content. */
export function isEqual(left: Value, right: Value): boolean {
  if (left === right) return true;
  if (left === null || right === null) return false;
  if (typeof left === 'string' && typeof right === 'string') return left.toLowerCase() === right.toLowerCase();
  if (isNumeric(left) && isNumeric(right)) return compareNumbers(left, right) === 0;
  if (left instanceof ListValue && right instanceof ListValue) {
    return (
      left.items.length === right.items.length && left.items.every((item, at) => isSame(item, right.items[at] ?? null))
    );
  }
  if (left instanceof MapValue && right instanceof MapValue) {
    if (left.entries.size !== right.entries.size) return false;
    return [...left.entries].every(([key, { value }]) => {
      const other = right.entries.get(key);
      return other !== undefined && isSame(value, other.value);
    });
  }
  if (left instanceof SetValue && right instanceof SetValue) {
    return left.items.size === right.items.size && [...left.items.keys()].every((key) => right.items.has(key));
  }
  return isSame(left, right);
}

/** As sets tell values apart: text by its case. */
export function isSame(left: Value, right: Value): boolean {
  return keyOf(left) === keyOf(right);
}

/** The order of `sort()`: nulls first, text by its characters. */
export function compareForSort(left: Value, right: Value): number {
  if (left === null || right === null) return left === right ? 0 : left === null ? -1 : 1;
  if (typeof left === 'string' && typeof right === 'string') return left < right ? -1 : left > right ? 1 : 0;
  return orderOf(left, right) ?? 0;
}

/** -1, 0 or 1 for two values of one ordered kind; undefined when they have no order. */
export function orderOf(left: Value, right: Value): number | undefined {
  if (isNumeric(left) && isNumeric(right)) return compareNumbers(left, right);
  if (typeof left === 'string' && typeof right === 'string') {
    const [first, second] = [left.toLowerCase(), right.toLowerCase()];
    return first < second ? -1 : first > second ? 1 : 0;
  }
  if (left instanceof DateValue && right instanceof DateValue) return Math.sign(left.days - right.days);
  const [first, second] = [momentOf(left), momentOf(right)];
  return first === undefined || second === undefined ? undefined : Math.sign(first - second);
}

function momentOf(value: Value): number | undefined {
  if (value instanceof DatetimeValue || value instanceof TimeValue) return value.milliseconds;
  return value instanceof DateValue ? value.days * 86_400_000 : undefined;
}
