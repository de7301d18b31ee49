import type {
  BlockContext,
  ClassBodyDeclarationContext,
  ConstructorDeclarationContext,
  ExpressionContext,
  FormalParametersContext,
  MethodDeclarationContext,
} from '@apexdevtools/apex-parser';
import { CompileError, failAt, present, unsupportedAt } from '../syntax/index.ts';
import { base, type ClassInfo, type FieldInfo, known, type MethodInfo, type Parameter } from '../types/index.ts';
import { Instance } from '../values/index.ts';
import { body, evaluator } from './bodies.ts';
import { checkImplemented, sameParameters } from './class-heritage.ts';
import { addField, bodyOf, type ClassWork, type Pending } from './class-work.ts';
import { convertTo } from './convert.ts';
import type { Declared } from './declare.ts';
import { type Modifiers, readModifiers } from './modifiers.ts';
import { declareProperty } from './properties.ts';
import { compileType } from './types.ts';

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
