import {
  base,
  known,
  libraryClass,
  register,
  variable,
  type ClassInfo,
  type FieldInfo,
  type MethodInfo,
  type Parameter,
  type Type,
} from '../types/index.ts';
import { EnumValue, type Value } from '../values/index.ts';
import type { Thread } from '../runtime/thread.ts';
import { throwApex } from '../runtime/throw.ts';

/**
 * A method of the library. It gets the thread, then the object unless it is static, then the arguments; none of them
 * is null but those whose type is written with `?`.
 */
export type Native = (thread: Thread, ...values: never[]) => Value | void;

/** A class of the library. Keys are signatures: `Boolean contains(String)`, for properties `String name`. */
export interface Definition {
  readonly kind?: ClassInfo['kind'];
  readonly parameters?: readonly string[];
  readonly extends?: string;
  readonly implements?: readonly string[];
  readonly statics?: Readonly<Record<string, Native>>;
  readonly methods?: Readonly<Record<string, Native>>;
  readonly constructors?: Readonly<Record<string, Native>>;
  readonly properties?: Readonly<Record<string, Native>>;
  readonly staticProperties?: Readonly<Record<string, Native>>;
  /** What a property sets, by its name. */
  readonly setters?: Readonly<Record<string, Native>>;
  readonly staticSetters?: Readonly<Record<string, Native>>;
  /** Signatures that classes implement. */
  readonly abstracts?: readonly string[];
  readonly values?: readonly string[];
}

const waiting: (() => void)[] = [];

/** Adds a class to the library; its signatures are read once all of it is there. */
export function define(name: string, definition: Definition): ClassInfo {
  const present = libraryClass(name);
  const kind = definition.values === undefined ? definition.kind : 'enum';
  const info = present?.name === name ? present : register(name, kind, definition.parameters);
  waiting.push(() => complete(info, definition));
  return info;
}

/** Reads the signatures of what was defined since. */
export function completeLibrary(): void {
  for (const task of waiting.splice(0)) task();
}

function complete(info: ClassInfo, definition: Definition): void {
  if (definition.extends !== undefined) info.superclass = known(definition.extends).type();
  const reader = new SignatureReader(info);
  info.interfaces = (definition.implements ?? []).map((name) => reader.type(name));
  for (const [signature, native] of entries(definition.statics))
    addMethod(info, reader.method(signature), native, true);
  for (const [signature, native] of entries(definition.methods))
    addMethod(info, reader.method(signature), native, false);
  for (const [signature, native] of entries(definition.constructors)) {
    const method = reader.method(`${info.name} ${info.simpleName}${signature}`);
    info.constructors.push(methodInfo(info, method, native, true));
  }
  for (const signature of definition.abstracts ?? []) addMethod(info, reader.method(signature), undefined, false);
  for (const [signature, native] of entries(definition.properties)) {
    addField(info, reader.property(signature), native, false, definition.setters);
  }
  for (const [signature, native] of entries(definition.staticProperties)) {
    addField(info, reader.property(signature), native, true, definition.staticSetters);
  }
  if (definition.values !== undefined) addValues(info, definition.values);
}

const entries = (natives: Readonly<Record<string, Native>> | undefined) => Object.entries(natives ?? {});

/** The constants of an enum, and what every enum can do. */
export function addValues(info: ClassInfo, names: readonly string[]): void {
  const constants = names.map((name, ordinal) => new EnumValue(info, name, ordinal));
  info.enumNames = names;
  constants.forEach((constant) => {
    addField(info, { name: constant.name, type: info.type() }, () => constant, true, undefined);
  });
  const reader = new SignatureReader(info);
  const add = (signature: string, isStatic: boolean, native: Native) =>
    addMethod(info, reader.method(signature), native, isStatic);
  add(`List<${info.name}> values()`, true, () => listValues(constants));
  add(`${info.name} valueOf(String)`, true, (thread: Thread, name: string) => {
    const found = constants.find((constant) => constant.name.toLowerCase() === name.toLowerCase());
    return found ?? throwApex(thread, 'NoSuchElementException', `No enum constant ${info.name}.${name}`);
  });
  add('String name()', false, (_thread, constant: EnumValue) => constant.name);
  add('String toString()', false, (_thread, constant: EnumValue) => constant.name);
  add('Integer ordinal()', false, (_thread, constant: EnumValue) => constant.ordinal);
  add('Integer hashCode()', false, (_thread, constant: EnumValue) => constant.ordinal);
}

let listValues: (items: readonly Value[]) => Value = () => null;

/** Told by the collections how a list is made. */
export function useLists(make: typeof listValues): void {
  listValues = make;
}

interface Signature {
  readonly name: string;
  readonly returns: Type;
  readonly parameters: readonly Parameter[];
}

function methodInfo(info: ClassInfo, signature: Signature, native: Native | undefined, isStatic: boolean): MethodInfo {
  const run = native as ((thread: Thread, ...values: Value[]) => Value | void) | undefined;
  const { name, returns, parameters } = signature;
  const call =
    run &&
    ((thread: Thread, self: Value, args: readonly Value[]): Value => {
      args.forEach((arg, at) => {
        if (arg === null && parameters[at]?.nullable === false) {
          throwApex(thread, 'NullPointerException', `Argument ${at + 1} cannot be null`);
        }
      });
      return (isStatic ? run(thread, ...args) : run(thread, self, ...args)) ?? null;
    });
  return {
    name,
    owner: info,
    isStatic,
    isVirtual: native === undefined || info.kind === 'interface' || info.name === 'Exception' || info.name === 'Object',
    isAbstract: native === undefined,
    visibility: 'global',
    parameters,
    returns,
    annotations: new Map(),
    line: 0,
    invoke: call,
  };
}

function addMethod(info: ClassInfo, signature: Signature, native: Native | undefined, isStatic: boolean): void {
  const key = signature.name.toLowerCase();
  const others = info.methods.get(key) ?? [];
  info.methods.set(key, [...others, methodInfo(info, signature, native, isStatic)]);
}

function addField(
  info: ClassInfo,
  { name, type }: { readonly name: string; readonly type: Type },
  native: Native,
  isStatic: boolean,
  setters: Definition['setters'],
): void {
  const read = native as (thread: Thread, ...values: Value[]) => Value | void;
  const write = setters?.[name] as ((thread: Thread, ...values: Value[]) => void) | undefined;
  const field: FieldInfo = {
    name,
    owner: info,
    type,
    isStatic,
    isFinal: write === undefined,
    isTransient: false,
    visibility: 'global',
    setVisibility: 'global',
    annotations: new Map(),
    slot: -1,
    get: (thread, self) => (isStatic ? read(thread) : read(thread, self)) ?? null,
    set: write && ((thread, self, value) => (isStatic ? write(thread, value) : write(thread, self, value))),
  };
  info.fields.set(name.toLowerCase(), field);
}

/** Reads `Map<String, List<T>> name(Type, Type?)`. */
class SignatureReader {
  readonly #info: ClassInfo;
  #tokens: string[] = [];

  constructor(info: ClassInfo) {
    this.#info = info;
  }

  type(text: string): Type {
    this.#tokens = text.match(/[\w.]+|[<>(),?]/g) ?? [];
    return this.#type();
  }

  property(text: string): { readonly name: string; readonly type: Type } {
    const type = this.type(text);
    return { type, name: this.#next() };
  }

  method(text: string): Signature {
    const returns = this.type(text);
    const name = this.#next();
    const parameters: Parameter[] = [];
    this.#next();
    while (!this.#takes(')')) {
      const type = this.#type();
      const nullable = this.#takes('?');
      parameters.push({ name: `argument${parameters.length + 1}`, type, nullable });
      this.#takes(',');
    }
    return { name, returns, parameters };
  }

  #type(): Type {
    const name = this.#next();
    if (this.#info.parameters.includes(name)) return variable(name);
    const info = libraryClass(name);
    if (info === undefined) throw new Error(`${this.#info.name} speaks of ${name}, which the library does not have`);
    if (!this.#takes('<')) return info === base.sobject.info ? base.sobject : info.type();
    const args = [this.#type()];
    while (this.#takes(',')) args.push(this.#type());
    this.#next();
    return info.type(...args);
  }

  #takes(token: string): boolean {
    if (this.#tokens[0] !== token) return false;
    this.#tokens.shift();
    return true;
  }

  #next(): string {
    return this.#tokens.shift() ?? '';
  }
}
