import { throwApex, Unsupported } from '../runtime/throw.ts';
import type { Frame, Thread } from '../runtime/thread.ts';
import { failAt, type Placed } from '../syntax/index.ts';
import {
  base,
  distance,
  isRecord,
  known,
  substitute,
  type ClassInfo,
  type MethodInfo,
  type Type,
  type Visibility,
} from '../types/index.ts';
import { EnumValue, Instance, ListValue, MapValue, NativeValue, SetValue, type Value } from '../values/index.ts';
import { converted, oneRecord } from './convert.ts';
import { SHORT, type Expr, type Place, type Scope } from './scope.ts';

/** A method that fits the arguments of a call. */
export interface Chosen {
  readonly method: MethodInfo;
  readonly parameters: readonly Type[];
  readonly returns: Type;
}

/** The best of some methods for these arguments; undefined when none fits. Throws `CompileError` when two fit alike. */
export function choose(
  candidates: readonly MethodInfo[],
  owner: Type,
  args: readonly Expr[],
  at: Placed,
): Chosen | undefined {
  let best: { readonly cost: number; readonly chosen: Chosen } | undefined;
  let rival = false;
  for (const method of candidates) {
    if (method.parameters.length !== args.length) continue;
    const within = ownerType(owner, method.owner);
    const parameters = method.parameters.map(({ type }) => substitute(type, within));
    const cost = costOf(args, parameters);
    if (cost === undefined || (best !== undefined && cost > best.cost)) continue;
    rival = cost === best?.cost && !sameTypes(parameters, best.chosen.parameters);
    if (best !== undefined && cost === best.cost) continue;
    best = { cost, chosen: { method, parameters, returns: substitute(method.returns, within) } };
  }
  if (rival && best !== undefined) failAt(at, `Method is ambiguous: ${best.chosen.method.name}`);
  return best?.chosen;
}

const sameTypes = (left: readonly Type[], right: readonly Type[]) => left.every((type, at) => type === right[at]);

function costOf(args: readonly Expr[], parameters: readonly Type[]): number | undefined {
  let cost = 0;
  for (const [at, arg] of args.entries()) {
    const parameter = parameters[at];
    if (parameter === undefined) return undefined;
    const step = arg.isQuery === true && isRecord(parameter) ? 3 : distance(arg.type, parameter);
    if (step === undefined) return undefined;
    cost += step;
  }
  return cost;
}

/** A type as one of the classes it inherits from, with that one's type arguments. */
function ownerType(type: Type, owner: ClassInfo): Type {
  if (type.info === owner) return type;
  for (const info of type.info.ancestry()) {
    for (const declared of info.interfaces) if (declared.info.is(owner)) return ownerType(declared, owner);
  }
  return owner.type();
}

/** How an org names a call in its errors. */
export function describeCall(name: string, args: readonly Expr[], owner: Type): string {
  return `Method does not exist or incorrect signature: void ${name}(${args.map(({ type }) => type.name).join(', ')}) from the type ${owner.name}`;
}

/** The arguments of a call, as its method wants them. */
export function argumentsOf(args: readonly Expr[], parameters: readonly Type[]): (frame: Frame) => Value[] {
  const evaluations = args.map((arg, at) => {
    const wanted = parameters[at] ?? arg.type;
    return arg.isQuery === true && isRecord(wanted) ? oneRecord(arg) : converted(arg.evaluate, arg.type, wanted);
  });
  return (frame) => evaluations.map((evaluate) => evaluate(frame));
}

/** Whether code of a class may use a member (private ones: the same outermost class). */
export function isVisible(
  member: {
    readonly owner: ClassInfo;
    readonly visibility: Visibility;
    readonly annotations: ReadonlyMap<string, unknown>;
  },
  from: ClassInfo | undefined,
): boolean {
  if (member.visibility === 'public' || member.visibility === 'global') return true;
  if (from === undefined) return false;
  if (outermost(member.owner) === outermost(from)) return true;
  if (member.visibility === 'protected' && from.is(member.owner)) return true;
  return member.annotations.has('testvisible') && outermost(from).isTest;
}

export function outermost(info: ClassInfo): ClassInfo {
  return info.outer === undefined ? info : outermost(info.outer);
}

/** A call of a static method, or of one on `target`. */
export function call(
  scope: Scope,
  chosen: Chosen,
  args: readonly Expr[],
  target: Expr | undefined,
  options: { readonly at: Placed; readonly safe?: boolean; readonly isSuper?: boolean },
): Expr {
  const { method, parameters, returns } = chosen;
  if (!isVisible(method, scope.info)) failAt(options.at, `Method is not visible: ${method.name}`);
  const values = argumentsOf(args, parameters);
  const type = resultType(method, returns, target);
  const finish = resultOf(type);
  const line = options.at.start.line;
  if (target === undefined) {
    return {
      type,
      evaluate: (frame) => {
        const given = values(frame);
        frame.line = line;
        return finish(run(method, frame.thread, null, given));
      },
    };
  }
  const invoke = (frame: Frame, self: NonNullable<Value>): Value => {
    const given = values(frame);
    frame.line = line;
    const own = options.isSuper === true || !method.isVirtual ? method : dispatch(self, method);
    return finish(run(own, frame.thread, self, given));
  };
  return onValue(target, options.safe ?? false, type, invoke);
}

/** What `clone` and the like give has the type of what they are asked of. */
function resultType(method: MethodInfo, returns: Type, target: Expr | undefined): Type {
  return target !== undefined && method.name === 'clone' && returns === base.sobject ? target.type : returns;
}

/** Gives a collection of the library its declared type. */
function resultOf(type: Type): (value: Value) => Value {
  return (value) => {
    if (value instanceof ListValue || value instanceof SetValue || value instanceof MapValue) value.type ??= type;
    return value;
  };
}

function run(method: MethodInfo, thread: Thread, self: Value, args: readonly Value[]): Value {
  if (method.invoke === undefined)
    throw new Unsupported('call of a method without a body', `${method.owner.name}.${method.name}`);
  return method.invoke(thread, self, args);
}

/** Does something with a value that must not be null, or is skipped when it is after `?.`. */
export function onValue(
  target: Expr,
  safe: boolean,
  type: Type,
  act: (frame: Frame, value: NonNullable<Value>) => Value,
): Expr {
  const read = target.chain ?? target.evaluate;
  const chain = (frame: Frame): Value | typeof SHORT => {
    const value = read(frame);
    if (value === SHORT) return SHORT;
    if (value !== null) return act(frame, value);
    if (safe) return SHORT;
    return throwApex(frame.thread, 'NullPointerException', 'Attempt to de-reference a null object');
  };
  const evaluate = (frame: Frame): Value => {
    const value = chain(frame);
    return value === SHORT ? null : value;
  };
  return safe || target.chain !== undefined ? { type, evaluate, chain } : { type, evaluate };
}

/** Where a value of something else is kept, which must not be null when it is read or written. */
export function placeOn(
  target: Expr,
  type: Type,
  access: {
    readonly get: (thread: Frame['thread'], self: NonNullable<Value>) => Value;
    readonly set: (thread: Frame['thread'], self: NonNullable<Value>, given: Value) => void;
  },
): Place {
  return {
    type,
    bind: (frame) => {
      const { thread } = frame;
      const self = target.evaluate(frame);
      if (self === null) throwApex(thread, 'NullPointerException', 'Attempt to de-reference a null object');
      return { get: () => access.get(thread, self), set: (given) => access.set(thread, self, given) };
    },
  };
}

const dispatched = new WeakMap<ClassInfo, Map<MethodInfo, MethodInfo>>();

/** The object's own version of a method. */
function dispatch(self: NonNullable<Value>, method: MethodInfo): MethodInfo {
  const info =
    self instanceof Instance || self instanceof NativeValue || self instanceof EnumValue ? self.info : undefined;
  if (info === undefined) return method.invoke === undefined ? ofCollection(self, method) : method;
  let own = dispatched.get(info);
  if (own === undefined) {
    own = new Map();
    dispatched.set(info, own);
  }
  let found = own.get(method);
  if (found === undefined) {
    found = info.methodsNamed(method.name).find((each) => overrides(each, method)) ?? method;
    own.set(method, found);
  }
  return found;
}

function overrides(each: MethodInfo, method: MethodInfo): boolean {
  if (each.isStatic || each.parameters.length !== method.parameters.length || each.isAbstract) return false;
  // Interfaces of the library have type parameters and `SObject` lists, which classes narrow.
  if (method.owner.file === undefined) return true;
  return each.parameters.every(({ type }, at) => type === method.parameters[at]?.type);
}

function ofCollection(self: NonNullable<Value>, method: MethodInfo): MethodInfo {
  const info = self instanceof ListValue ? known('List') : self instanceof SetValue ? known('Set') : undefined;
  const found = info?.methodsNamed(method.name).find((each) => each.parameters.length === method.parameters.length);
  return found ?? method;
}

/** What every value can do: `toString`, `equals`, `hashCode`. */
export const OBJECT_METHODS = (name: string): readonly MethodInfo[] => known('Object').methodsNamed(name);
