import { Decimal } from './decimal.ts';
import { RecordValue } from './record.ts';
import { DateValue, DatetimeValue, TimeValue } from './temporal.ts';
import {
  BlobValue,
  DoubleValue,
  EnumValue,
  Instance,
  ListValue,
  MapValue,
  type NativeValue,
  SetValue,
  type Value,
} from './values.ts';

/** A value as `String.valueOf` and `+` write it. Objects with a `toString` of their own are written by `ask`. */
export function textOf(value: Value, ask?: (instance: Instance) => string | undefined): string {
  const inner = (each: Value) => textOf(each, ask);
  if (value === null) return 'null';
  if (typeof value !== 'object') return String(value);
  if (value instanceof DoubleValue) return Number.isInteger(value.value) ? value.value.toFixed(1) : String(value.value);
  if (value instanceof Decimal || value instanceof TimeValue || value instanceof DatetimeValue) return value.toString();
  if (value instanceof DateValue) return `${value.toString()} 00:00:00`;
  if (value instanceof BlobValue) return `Blob[${value.bytes.length}]`;
  if (value instanceof ListValue) return `(${value.items.map(inner).join(', ')})`;
  if (value instanceof SetValue) return `{${[...value.items.values()].map(inner).join(', ')}}`;
  if (value instanceof MapValue) {
    return `{${[...value.entries.values()].map((entry) => `${inner(entry.key)}=${inner(entry.value)}`).join(', ')}}`;
  }
  if (value instanceof EnumValue) return value.name;
  if (value instanceof RecordValue) {
    const fields = [...value.values].map(([name, each]) => `${name}=${inner(each)}`);
    return `${value.object}:{${fields.join(', ')}}`;
  }
  if (value instanceof Instance) return ask?.(value) ?? textOfInstance(value, inner);
  return textOfNative(value);
}

function textOfInstance(value: Instance, inner: (each: Value) => string): string {
  const { thrown, info } = value;
  if (thrown !== undefined) return `${info.name}: ${thrown.message ?? 'Script-thrown exception'}`;
  const fields = [...info.fields.values()]
    .filter((field) => !field.isStatic && field.slot >= 0)
    .map((field) => `${field.name}=${inner(value.fields[field.slot] ?? null)}`);
  return `${info.simpleName}:[${fields.join(', ')}]`;
}

function textOfNative(value: NativeValue): string {
  if ('text' in value.state && typeof value.state.text === 'string') return value.state.text;
  return value.info.name;
}
