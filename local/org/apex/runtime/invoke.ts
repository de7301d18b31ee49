import { known, type ClassInfo, type MethodInfo, type Type } from '../types/index.ts';
import { Instance, NativeValue, RecordValue, textOf, type Value } from '../values/index.ts';
import { throwApex, Unsupported } from './throw.ts';
import type { Thread } from './thread.ts';

/** Calls an object's own method of a name with that many arguments; undefined when its class has none. */
export function findMethod(info: ClassInfo, name: string, count: number): MethodInfo | undefined {
  return info.methodsNamed(name).find((method) => method.parameters.length === count && method.invoke !== undefined);
}

/** Calls a method of an object that its class is known to have: those of library interfaces. */
export function callMethod(thread: Thread, self: Value, name: string, args: readonly Value[]): Value {
  const info = self instanceof Instance || self instanceof NativeValue ? self.info : undefined;
  const all = (info?.methodsNamed(name) ?? []).filter(
    (each) => each.parameters.length === args.length && each.invoke !== undefined,
  );
  // A class may be Queueable and Schedulable: what it is called with tells which.
  const method = all.find((each) => each.parameters.every(({ type }, at) => takes(type, args[at] ?? null))) ?? all[0];
  if (method?.invoke === undefined) throw new Unsupported(`call of ${name}`, info?.name ?? typeof self);
  return method.invoke(thread, self, args);
}

const takes = (type: Type, value: Value): boolean =>
  value === null || type.info.name === 'Object' || classOfValue(value).is(type.info);

/** A value as text, by its class's own `toString` where there is one. */
export function toText(thread: Thread, value: Value): string {
  return textOf(value, (instance) => {
    const own = findMethod(instance.info, 'toString', 0);
    if (own?.invoke === undefined || own.owner.file === undefined) return undefined;
    const text = own.invoke(thread, instance, []);
    return typeof text === 'string' ? text : 'null';
  });
}

/** A new object of a class of code, by its constructor without arguments. */
export function construct(thread: Thread, info: ClassInfo): Value {
  const made = new Instance(info);
  initialise(thread, made, info);
  const own = info.constructors.find(({ parameters }) => parameters.length === 0);
  if (own?.invoke !== undefined) own.invoke(thread, made, []);
  else if (info.constructors.length > 0) {
    throwApex(thread, 'TypeException', `Class ${info.name} must have a constructor without arguments`);
  }
  return made;
}

/** Sets the fields of a new object, those of its superclasses first. */
export function initialise(thread: Thread, self: Instance, info: ClassInfo): void {
  for (const each of [...info.ancestry()].reverse()) each.initialise?.(thread, self);
}

/** The class of a value, for casts and `instanceof`. */
export function classOfValue(value: NonNullable<Value>): ClassInfo {
  if (value instanceof Instance || value instanceof NativeValue) return value.info;
  if (value instanceof RecordValue) return known('SObject');
  switch (typeof value) {
    case 'string':
      return known('String');
    case 'number':
      return known('Integer');
    case 'bigint':
      return known('Long');
    case 'boolean':
      return known('Boolean');
    default:
      return ofObject(value);
  }
}

const byConstructor: Readonly<Record<string, string>> = {
  Decimal: 'Decimal',
  DoubleValue: 'Double',
  DateValue: 'Date',
  DatetimeValue: 'Datetime',
  TimeValue: 'Time',
  BlobValue: 'Blob',
  ListValue: 'List',
  SetValue: 'Set',
  MapValue: 'Map',
};

function ofObject(value: object): ClassInfo {
  if ('info' in value) return value.info as ClassInfo;
  return known(byConstructor[value.constructor.name] ?? 'Object');
}
