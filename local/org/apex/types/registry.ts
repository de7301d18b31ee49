import { ClassInfo, type Type } from './type.ts';

/** The classes that come with Apex, by lower-case name. */
const library = new Map<string, ClassInfo>();

/** Namespaces whose classes may be named without them. */
const OPEN = ['System', 'Schema', 'ApexPages'];
/** What may stand before a class of the library. */
const NAMESPACES = new Set(['system', 'schema', 'database', 'messaging', 'auth', 'eventbus']);

/** Makes a class of the library. */
export function register(
  name: string,
  kind: ClassInfo['kind'] = 'class',
  parameters: readonly string[] = [],
): ClassInfo {
  const info = new ClassInfo(name, kind, parameters);
  info.visibility = 'global';
  library.set(name.toLowerCase(), info);
  return info;
}

/** A class of the library by its name in any case, with or without `System.`. */
export function libraryClass(name: string): ClassInfo | undefined {
  const lower = name.toLowerCase();
  const found = library.get(lower);
  if (found !== undefined) return found;
  for (const namespace of OPEN) {
    const prefix = `${namespace.toLowerCase()}.`;
    const other = lower.startsWith(prefix) ? library.get(lower.slice(prefix.length)) : library.get(prefix + lower);
    if (other !== undefined) return other;
  }
  return undefined;
}

/** A class of the library that is surely there. */
export function known(name: string): ClassInfo {
  const info = library.get(name.toLowerCase());
  if (info === undefined) throw new Error(`the library has no ${name}`);
  return info;
}

export const isNamespace = (name: string): boolean => NAMESPACES.has(name.toLowerCase());

const variables = new Map<string, Type>();

/** The type that stands for the type argument of that name. */
export function variable(name: string): Type {
  let type = variables.get(name);
  if (type === undefined) {
    const info = new ClassInfo(name);
    info.isVariable = true;
    type = info.type();
    variables.set(name, type);
  }
  return type;
}

const simple = (name: string) => register(name).type();

export const base = {
  object: simple('Object'),
  void: simple('void'),
  null: simple('null'),
  string: simple('String'),
  id: simple('Id'),
  boolean: simple('Boolean'),
  integer: simple('Integer'),
  long: simple('Long'),
  double: simple('Double'),
  decimal: simple('Decimal'),
  date: simple('Date'),
  datetime: simple('Datetime'),
  time: simple('Time'),
  blob: simple('Blob'),
  sobject: simple('SObject'),
  type: simple('Type'),
} as const;

const list = register('List', 'class', ['T']);
const set = register('Set', 'class', ['T']);
const map = register('Map', 'class', ['K', 'V']);

export const listOf = (item: Type): Type => list.type(item);
export const setOf = (item: Type): Type => set.type(item);
export const mapOf = (key: Type, value: Type): Type => map.type(key, value);
export const isList = (type: Type): boolean => type.info === list;
export const isSet = (type: Type): boolean => type.info === set;
export const isMap = (type: Type): boolean => type.info === map;

const records = new Map<string, Type>();

/** The type of an sObject, by its name as the org spells it. */
export function recordType(object: string): Type {
  let type = records.get(object);
  if (type === undefined) {
    type = { info: base.sobject.info, args: [], name: object, object };
    records.set(object, type);
  }
  return type;
}

export const isRecord = (type: Type): boolean => type.info === base.sobject.info;
