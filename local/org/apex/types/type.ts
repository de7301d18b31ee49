import type { Value } from '../values/index.ts';
import type { Thread } from '../runtime/thread.ts';

/** A type as declarations and expressions have it. Two types are the same when they are the same object. */
export interface Type {
  readonly info: ClassInfo;
  readonly args: readonly Type[];
  /** As an org writes it in its errors: `List<String>`. */
  readonly name: string;
  /** The sObject's name; absent for other types and for the generic SObject. */
  readonly object?: string;
}

export type Visibility = 'private' | 'protected' | 'public' | 'global';

export interface MethodInfo {
  readonly name: string;
  readonly owner: ClassInfo;
  readonly isStatic: boolean;
  /** May be overridden: calls look for the object's own. */
  readonly isVirtual: boolean;
  readonly isAbstract: boolean;
  readonly visibility: Visibility;
  readonly parameters: readonly Parameter[];
  readonly returns: Type;
  readonly annotations: ReadonlyMap<string, ReadonlyMap<string, string>>;
  readonly line: number;
  /** Runs it; `self` is null for a static one. Absent while its class is being compiled, and for abstract ones. */
  invoke: Invoke | undefined;
}

export type Invoke = (thread: Thread, self: Value, args: readonly Value[]) => Value;

export interface Parameter {
  readonly name: string;
  readonly type: Type;
  /** Whether a library method takes null here; code's own methods take it anywhere. */
  readonly nullable: boolean;
}

export interface FieldInfo {
  readonly name: string;
  readonly owner: ClassInfo;
  readonly type: Type;
  readonly isStatic: boolean;
  readonly isFinal: boolean;
  readonly isTransient: boolean;
  readonly visibility: Visibility;
  readonly setVisibility: Visibility;
  readonly annotations: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** Its place in the object, or in the statics of its class; -1 when there is no storage. */
  readonly slot: number;
  get: ((thread: Thread, self: Value) => Value) | undefined;
  set: ((thread: Thread, self: Value, value: Value) => void) | undefined;
}

/** A class, interface or enum, of the library or of code. */
export class ClassInfo {
  /** `Outer.Inner`, `Database.SaveResult` */
  readonly name: string;
  readonly simpleName: string;
  readonly kind: 'class' | 'interface' | 'enum';
  /** Names of its type parameters: `T`. */
  readonly parameters: readonly string[];
  readonly outer: ClassInfo | undefined;
  /** Whether code declares it, in a file of that name. */
  file: string | undefined = undefined;
  superclass: Type | undefined = undefined;
  interfaces: readonly Type[] = [];
  readonly fields = new Map<string, FieldInfo>();
  readonly methods = new Map<string, MethodInfo[]>();
  readonly constructors: MethodInfo[] = [];
  readonly inner = new Map<string, ClassInfo>();
  /** Places of instance fields, those of superclasses first. */
  slots = 0;
  staticSlots = 0;
  isAbstract = false;
  isVirtual = false;
  isTest = false;
  /** Whether it stands for a type argument: `T` of `List<T>`. */
  isVariable = false;
  visibility: Visibility = 'private';
  sharing: 'with' | 'without' | 'inherited' | undefined = undefined;
  annotations: ReadonlyMap<string, ReadonlyMap<string, string>> = new Map();
  enumNames: readonly string[] = [];
  /** Sets the fields of a new object to what their declarations say. */
  initialise: ((thread: Thread, self: Value) => void) | undefined = undefined;
  initialiseStatics: ((thread: Thread) => void) | undefined = undefined;
  readonly #types = new Map<string, Type>();

  constructor(
    name: string,
    kind: ClassInfo['kind'] = 'class',
    parameters: readonly string[] = [],
    outer: ClassInfo | undefined = undefined,
  ) {
    this.name = name;
    this.simpleName = name.slice(name.lastIndexOf('.') + 1);
    this.kind = kind;
    this.parameters = parameters;
    this.outer = outer;
  }

  /** The type of this class with these arguments. */
  type(...args: readonly Type[]): Type {
    const key = args.map(({ name }) => name.toLowerCase()).join(',');
    let type = this.#types.get(key);
    if (type === undefined || type.args.some((arg, at) => arg !== args[at])) {
      const name = args.length === 0 ? this.name : `${this.name}<${args.map((arg) => arg.name).join(',')}>`;
      type = { info: this, args, name };
      this.#types.set(key, type);
    }
    return type;
  }

  /** This class and those it extends, nearest first. */
  *ancestry(): Iterable<ClassInfo> {
    yield this;
    if (this.superclass !== undefined) yield* this.superclass.info.ancestry();
  }

  /** Whether it is, extends or implements `other`. */
  is(other: ClassInfo): boolean {
    for (const each of this.ancestry()) {
      if (each === other) return true;
      for (const declared of each.interfaces) if (declared.info.is(other)) return true;
    }
    return false;
  }

  /** A field or property, inherited ones included. */
  field(name: string): FieldInfo | undefined {
    for (const each of this.ancestry()) {
      const field = each.fields.get(name.toLowerCase());
      if (field !== undefined) return field;
    }
    return undefined;
  }

  /** The methods of a name, nearest first; those of interfaces after them. */
  methodsNamed(name: string): readonly MethodInfo[] {
    const found: MethodInfo[] = [];
    const visit = (info: ClassInfo): void => {
      found.push(...(info.methods.get(name.toLowerCase()) ?? []));
      if (info.superclass !== undefined) visit(info.superclass.info);
      for (const declared of info.interfaces) visit(declared.info);
    };
    visit(this);
    return found;
  }
}

/** A type with its class's type parameters replaced: `T` of `List<String>` is String. */
export function substitute(type: Type, owner: Type): Type {
  if (type.info.isVariable) {
    const at = owner.info.parameters.indexOf(type.info.name);
    const replaced = at < 0 ? undefined : owner.args[at];
    return replaced ?? type;
  }
  if (type.args.length === 0) return type;
  return type.info.type(...type.args.map((arg) => substitute(arg, owner)));
}
