import type {
  BlockContext,
  ClassBodyDeclarationContext,
  ConstructorDeclarationContext,
  ExpressionContext,
  FormalParametersContext,
  MethodDeclarationContext,
  PropertyDeclarationContext,
} from '@apexdevtools/apex-parser';
import { addValues } from '../library/index.ts';
import { CompileError, failAt, present, unsupportedAt, type Placed } from '../syntax/index.ts';
import {
  base,
  isThrowable,
  known,
  type ClassInfo,
  type FieldInfo,
  type MethodInfo,
  type Parameter,
  type Type,
} from '../types/index.ts';
import { Instance } from '../values/index.ts';
import { body, evaluator, type BodyContext } from './bodies.ts';
import { convertTo } from './convert.ts';
import type { Declared } from './declare.ts';
import { readModifiers, type Modifiers } from './modifiers.ts';
import type { ProgramView } from './scope.ts';
import { compileType } from './types.ts';

/** What is left to compile of a class once all signatures are known. */
export type Pending = () => void;

/** What compiling a class needs, and where it leaves its findings. */
export interface ClassWork {
  readonly program: ProgramView;
  readonly errors: CompileError[];
  readonly lines: Set<number>;
}

/** Resolves what a class extends and implements. */
export function resolveHeritage({ info, declaration }: Declared, { program }: ClassWork): void {
  const within = { info, program };
  if (declaration.kind === 'enum') {
    const names =
      present(declaration.context.enumConstants())
        ?.id_list()
        .map((id) => id.getText()) ?? [];
    addValues(info, names);
    return;
  }
  const { context } = declaration;
  if (declaration.kind === 'interface') {
    info.interfaces = (present(context.typeList())?.typeRef_list() ?? []).map((each) => compileType(within, each));
    return;
  }
  const parent = present(declaration.context.typeRef());
  if (parent !== undefined) {
    info.superclass = compileType(within, parent);
    const { info: above } = info.superclass;
    if (above.kind !== 'class') failAt(parent, `Invalid super type: ${info.superclass.name}`);
    if (!above.isVirtual && !isThrowable(info.superclass)) {
      failAt(parent, `Non-virtual and non-abstract type cannot be extended: ${info.superclass.name}`);
    }
    if (above.is(info)) failAt(parent, `Circular definition: ${info.name}`);
  }
  info.interfaces = (present(context.typeList())?.typeRef_list() ?? []).map((each) => compileType(within, each));
}

/** Declares the members of a class; superclasses must have theirs. Gives what compiles their bodies. */
export function declareMembers({ info, declaration }: Declared, work: ClassWork): readonly Pending[] {
  if (declaration.kind === 'enum') return [];
  info.slots = info.superclass?.info.slots ?? 0;
  if (declaration.kind === 'interface') {
    for (const each of declaration.context.interfaceBody().interfaceMethodDeclaration_list()) {
      const returned = present(each.typeRef());
      addMethod(info, {
        ...signature(info, each.id().getText(), each.formalParameters(), work),
        returns: returned === undefined ? base.void : compileType({ info, program: work.program }, returned),
        isStatic: false,
        isVirtual: true,
        isAbstract: true,
        visibility: 'global',
        annotations: new Map(),
        line: each.start.line,
      });
    }
    return [];
  }
  const pending: Pending[] = [];
  const steps: { readonly instance: Initialiser[]; readonly statics: Initialiser[] } = { instance: [], statics: [] };
  for (const member of declaration.context.classBody().classBodyDeclaration_list()) {
    guarded(work, () => declareMember(info, member, work, pending, steps));
  }
  info.initialise = (thread, self) => steps.instance.forEach((step) => step(thread, self));
  info.initialiseStatics = (thread) => steps.statics.forEach((step) => step(thread, null));
  pending.push(() => checkImplemented(info, declaration.context));
  return pending.map((task) => () => guarded(work, task));
}

type Initialiser = NonNullable<ClassInfo['initialise']>;

function guarded(work: ClassWork, task: () => void): void {
  try {
    task();
  } catch (error) {
    if (!(error instanceof CompileError)) throw error;
    work.errors.push(error);
  }
}

function declareMember(
  info: ClassInfo,
  context: ClassBodyDeclarationContext,
  work: ClassWork,
  pending: Pending[],
  steps: { readonly instance: Initialiser[]; readonly statics: Initialiser[] },
): void {
  const block = present(context.block());
  if (block !== undefined) {
    const isStatic = present(context.STATIC()) !== undefined;
    declareBlock(info, block, isStatic, work, pending, isStatic ? steps.statics : steps.instance);
    return;
  }
  const member = present(context.memberDeclaration());
  if (member === undefined) return;
  const modifiers = readModifiers(context.modifier_list());
  const method = present(member.methodDeclaration());
  const constructor = present(member.constructorDeclaration());
  const field = present(member.fieldDeclaration());
  const property = present(member.propertyDeclaration());
  if (method !== undefined) declareMethod(info, method, modifiers, work, pending);
  else if (constructor !== undefined) declareConstructor(info, constructor, modifiers, work, pending);
  else if (field !== undefined) {
    const type = compileType({ info, program: work.program }, field.typeRef());
    for (const each of field.variableDeclarators().variableDeclarator_list()) {
      const made = addField(info, each.id().getText(), type, modifiers, each);
      const initial = present(each.expression());
      if (initial !== undefined)
        initialiseField(made, initial, work, pending, made.isStatic ? steps.statics : steps.instance);
    }
  } else if (property !== undefined) declareProperty(info, property, modifiers, work, pending);
}

function bodyOf(info: ClassInfo, isStatic: boolean, returns: Type, work: ClassWork): BodyContext {
  return { program: work.program, info, isStatic, returns, errors: work.errors, lines: work.lines };
}

function declareBlock(
  info: ClassInfo,
  block: BlockContext,
  isStatic: boolean,
  work: ClassWork,
  pending: Pending[],
  steps: Initialiser[],
): void {
  const at = steps.push(() => undefined) - 1;
  pending.push(() => {
    const invoke = body(bodyOf(info, isStatic, base.void, work), [], block, `Class.${info.name}`);
    steps[at] = (thread, self) => void invoke(thread, self, []);
  });
}

function initialiseField(
  field: FieldInfo,
  initial: ExpressionContext,
  work: ClassWork,
  pending: Pending[],
  steps: Initialiser[],
): void {
  const at = steps.push(() => undefined) - 1;
  const { owner, isStatic, slot, type } = field;
  work.lines.add(initial.start.line);
  pending.push(() => {
    const read = evaluator(bodyOf(owner, isStatic, type, work), initial, `Class.${owner.name}`, (expr) =>
      convertTo(expr, type, initial),
    );
    steps[at] = (thread, self) => {
      const value = read(thread, self);
      if (isStatic) thread.statics(owner)[slot] = value;
      else if (self instanceof Instance) self.fields[slot] = value;
    };
  });
}

function declareMethod(
  info: ClassInfo,
  context: MethodDeclarationContext,
  modifiers: Modifiers,
  work: ClassWork,
  pending: Pending[],
): void {
  const returned = present(context.typeRef());
  const returns = returned === undefined ? base.void : compileType({ info, program: work.program }, returned);
  const name = context.id().getText();
  const { words, annotations } = modifiers;
  if (name.toLowerCase() === 'hashcode') unsupportedAt(context, 'hashCode of a class of code');
  if (words.has('webservice')) unsupportedAt(context, 'webservice method');
  const isStatic = words.has('static');
  const block = present(context.block());
  const isAbstract = words.has('abstract');
  if ((block === undefined) !== isAbstract)
    failAt(context, `Method must ${isAbstract ? 'not ' : ''}have a body: ${name}`);
  const inherited = info.superclass?.info.methodsNamed(name) ?? [];
  const method = addMethod(info, {
    ...signature(info, name, context.formalParameters(), work),
    returns,
    isStatic,
    isVirtual: !isStatic && (words.has('virtual') || words.has('override') || isAbstract),
    isAbstract,
    visibility: annotations.has('istest') || annotations.has('testsetup') ? 'public' : modifiers.visibility,
    annotations,
    line: context.start.line,
  });
  const overridden = inherited.find((each) => !each.isStatic && sameParameters(each, method));
  if (overridden !== undefined && !words.has('override') && !isStatic) {
    failAt(context, `Method must use the override keyword: ${name}`);
  }
  if (words.has('override') && overridden === undefined && known('Object').methodsNamed(name).length === 0) {
    failAt(context, `Method does not override an ancestor method: ${name}`);
  }
  if (block !== undefined) {
    pending.push(() => {
      method.invoke = body(
        bodyOf(info, isStatic, returns, work),
        method.parameters,
        block,
        `Class.${info.name}.${method.name}`,
      );
    });
  }
}

function declareConstructor(
  info: ClassInfo,
  context: ConstructorDeclarationContext,
  modifiers: Modifiers,
  work: ClassWork,
  pending: Pending[],
): void {
  const { name, parameters } = signature(info, context.qualifiedName().getText(), context.formalParameters(), work);
  if (name.toLowerCase() !== info.simpleName.toLowerCase()) failAt(context, `Invalid constructor name: ${name}`);
  const method: MethodInfo = {
    name: '<init>',
    owner: info,
    isStatic: false,
    isVirtual: false,
    isAbstract: false,
    visibility: modifiers.visibility,
    parameters,
    returns: base.void,
    annotations: modifiers.annotations,
    line: context.start.line,
    invoke: undefined,
  };
  info.constructors.push(method);
  pending.push(() => {
    const run = body(bodyOf(info, false, base.void, work), parameters, context.block(), `Class.${info.name}.<init>`);
    const above = info.superclass?.info;
    const callsAnother = /^\{\s*(super|this)\s*\(/i.test(context.block().getText());
    const implicit = callsAnother ? undefined : above?.constructors.find((each) => each.parameters.length === 0);
    method.invoke = (thread, self, args) => {
      implicit?.invoke?.(thread, self, []);
      return run(thread, self, args);
    };
  });
}

function signature(info: ClassInfo, name: string, context: FormalParametersContext, work: ClassWork) {
  const list = present(context.formalParameterList())?.formalParameter_list() ?? [];
  const parameters = list.map((each): Parameter => ({
    name: each.id().getText(),
    type: compileType({ info, program: work.program }, each.typeRef()),
    nullable: true,
  }));
  return { name, owner: info, parameters, invoke: undefined };
}

function addMethod(info: ClassInfo, method: MethodInfo): MethodInfo {
  const key = method.name.toLowerCase();
  const others = info.methods.get(key) ?? [];
  info.methods.set(key, [...others, method]);
  return method;
}

const sameParameters = (left: MethodInfo, right: MethodInfo): boolean =>
  left.parameters.length === right.parameters.length &&
  left.parameters.every(({ type }, at) => type === right.parameters[at]?.type);

function addField(
  info: ClassInfo,
  name: string,
  type: Type,
  modifiers: Modifiers,
  at: Placed,
  slotless = false,
): FieldInfo {
  if (info.fields.has(name.toLowerCase())) failAt(at, `Duplicate field: ${name}`);
  const isStatic = modifiers.words.has('static');
  const slot = slotless ? -1 : isStatic ? info.staticSlots++ : info.slots++;
  const field: FieldInfo = {
    name,
    owner: info,
    type,
    isStatic,
    isFinal: modifiers.words.has('final'),
    isTransient: modifiers.words.has('transient'),
    visibility: modifiers.visibility,
    setVisibility: modifiers.visibility,
    annotations: modifiers.annotations,
    slot,
    get: undefined,
    set: undefined,
  };
  info.fields.set(name.toLowerCase(), field);
  return field;
}

function declareProperty(
  info: ClassInfo,
  context: PropertyDeclarationContext,
  modifiers: Modifiers,
  work: ClassWork,
  pending: Pending[],
): void {
  const type = compileType({ info, program: work.program }, context.typeRef());
  const name = context.id().getText();
  const field = addField(info, name, type, modifiers, context);
  const { isStatic } = field;
  for (const accessor of context.propertyBlock_list()) {
    const getter = present(accessor.getter());
    const setter = present(accessor.setter());
    const getBlock = getter === undefined ? undefined : present(getter.block());
    const setBlock = setter === undefined ? undefined : present(setter.block());
    if (getBlock !== undefined) {
      pending.push(() => {
        const run = body(bodyOf(info, isStatic, type, work), [], getBlock, `Class.${info.name}.get${name}`);
        // Inside its own accessors a property's name is its storage.
        field.get = (thread, self) => guardAccessor(thread, self, field, () => run(thread, self, []));
      });
    }
    if (setBlock !== undefined) {
      pending.push(() => {
        const parameters = [{ name: 'value', type, nullable: true }];
        const run = body(
          bodyOf(info, isStatic, base.void, work),
          parameters,
          setBlock,
          `Class.${info.name}.set${name}`,
        );
        field.set = (thread, self, value) =>
          guardSetter(thread, self, field, value, () => void run(thread, self, [value]));
      });
    }
  }
  // An automatic accessor beside one with a body reads or writes the storage.
  pending.push(() => {
    if (field.get !== undefined && field.set === undefined) {
      field.set = (thread, self, value) => store(thread, self, field, value);
    }
    if (field.set !== undefined && field.get === undefined) field.get = (thread, self) => stored(thread, self, field);
  });
}

type Thread = Parameters<NonNullable<FieldInfo['get']>>[0];
type Self = Parameters<NonNullable<FieldInfo['get']>>[1];

const inside = new WeakMap<Thread, Map<FieldInfo, Self[]>>();

function isInside(thread: Thread, self: Self, field: FieldInfo): boolean {
  return inside.get(thread)?.get(field)?.includes(self) ?? false;
}

function within<Result>(thread: Thread, self: Self, field: FieldInfo, act: () => Result): Result {
  const fields = inside.get(thread) ?? new Map<FieldInfo, Self[]>();
  inside.set(thread, fields);
  const selves = fields.get(field) ?? [];
  fields.set(field, [...selves, self]);
  try {
    return act();
  } finally {
    fields.set(field, selves);
  }
}

function guardAccessor(thread: Thread, self: Self, field: FieldInfo, run: () => Self): Self {
  return isInside(thread, self, field) ? stored(thread, self, field) : within(thread, self, field, run);
}

function guardSetter(thread: Thread, self: Self, field: FieldInfo, value: Self, run: () => void): void {
  if (isInside(thread, self, field)) store(thread, self, field, value);
  else within(thread, self, field, run);
}

function stored(thread: Thread, self: Self, field: FieldInfo): Self {
  if (field.isStatic) return thread.statics(field.owner)[field.slot] ?? null;
  return self instanceof Instance ? (self.fields[field.slot] ?? null) : null;
}

function store(thread: Thread, self: Self, field: FieldInfo, value: Self): void {
  if (field.isStatic) thread.statics(field.owner)[field.slot] = value;
  else if (self instanceof Instance) self.fields[field.slot] = value;
}

/** A class that is not abstract has every method that it promises. */
function checkImplemented(info: ClassInfo, at: Placed): void {
  if (info.isAbstract) return;
  for (const promised of promisesOf(info)) {
    const found = info
      .methodsNamed(promised.name)
      .find((each) => !each.isAbstract && each.parameters.length === promised.parameters.length);
    if (found === undefined) {
      const given = promised.parameters.map(({ type }) => type.name).join(', ');
      failAt(
        at,
        `Class ${info.name} must implement the method: ${promised.returns.name} ${promised.owner.name}.${promised.name}(${given})`,
      );
    }
  }
}

function promisesOf(info: ClassInfo): readonly MethodInfo[] {
  const promised: MethodInfo[] = [];
  const visit = (each: ClassInfo): void => {
    for (const methods of each.methods.values()) promised.push(...methods.filter(({ isAbstract }) => isAbstract));
    if (each.superclass !== undefined) visit(each.superclass.info);
    for (const declared of each.interfaces) visit(declared.info);
  };
  visit(info);
  return promised;
}
