import {
  type AnyIdContext,
  type DotExpressionContext,
  type ExpressionContext,
  IdPrimaryContext,
  PrimaryExpressionContext,
  SuperPrimaryContext,
} from '@apexdevtools/apex-parser';
import type { ObjectDefinition } from '../../core/index.ts';
import { describeField, describeObject, fieldToken, objectToken } from '../runtime/tokens.ts';
import { failAt, type Placed, present } from '../syntax/index.ts';
import {
  base,
  type FieldInfo,
  isNamespace,
  isRecord,
  known,
  listOf,
  mapOf,
  recordType,
  type Type,
} from '../types/index.ts';
import type { Value } from '../values/index.ts';
import { call, choose, describeCall, isVisible, OBJECT_METHODS } from './calls.ts';
import { convertTo } from './convert.ts';
import { instanceField, staticField } from './field-access.ts';
import { addErrorToField, callSuper, customMetadataCall, customSettingCall } from './method-calls.ts';
import { memberOfRecord } from './record-members.ts';
import { type Expr, fieldOf, type Place, type Scope } from './scope.ts';
import { typeNamed } from './types.ts';

/** What stands before a dot. */
type Operand =
  | { readonly kind: 'value'; readonly expr: Expr }
  | { readonly kind: 'type'; readonly type: Type; readonly path: string }
  | { readonly kind: 'namespace'; readonly name: string }
  | { readonly kind: 'labels' | 'describes' | 'super' }
  | { readonly kind: 'fieldsOf'; readonly object: string; readonly describes: boolean };

/** Compiles `a.b` and `a.b(…)`. */
export function compileDot(scope: Scope, context: DotExpressionContext): Expr {
  const safe = present(context.QUESTIONDOT()) !== undefined;
  const method = present(context.dotMethodCall());
  const operand = operandOf(scope, context.expression());
  if (method === undefined) {
    const found = member(scope, operand, context.anyId(), safe);
    if (found.kind === 'value') return found.expr;
    return failAt(context, `Variable does not exist: ${context.getText()}`);
  }
  const args = (present(method.expressionList())?.expression_list() ?? []).map((each) => scope.expression(each));
  return callOn(scope, operand, method.anyId().getText(), args, context, safe);
}

function operandOf(scope: Scope, context: ExpressionContext): Operand {
  if (context instanceof PrimaryExpressionContext) {
    const primary = context.primary();
    if (primary instanceof SuperPrimaryContext) return { kind: 'super' };
    if (primary instanceof IdPrimaryContext) return named(scope, primary.id().getText(), context);
  }
  const dot = context as DotExpressionContext;
  const isPath = 'dotMethodCall' in context && present(dot.dotMethodCall()) === undefined;
  if (!isPath) return { kind: 'value', expr: scope.expression(context) };
  return member(scope, operandOf(scope, dot.expression()), dot.anyId(), present(dot.QUESTIONDOT()) !== undefined);
}

function named(scope: Scope, name: string, at: Placed): Operand {
  const variable = variableNamed(scope, name, at);
  if (variable !== undefined) return { kind: 'value', expr: variable };
  const type = typeNamed(scope, name);
  if (type !== undefined) return { kind: 'type', type, path: name };
  if (name.toLowerCase() === 'label') return { kind: 'labels' };
  if (isNamespace(name)) return { kind: 'namespace', name };
  return failAt(at, `Variable does not exist: ${name}`);
}

/** A local variable, or a field of the class or of one around it; undefined when there is none. */
export function variableNamed(scope: Scope, name: string, at: Placed): Expr | undefined {
  const local = scope.local(name);
  if (local !== undefined) {
    const { slot, type } = local;
    const place: Place = {
      type,
      bind: (frame) => ({ get: () => frame.locals[slot] ?? null, set: (value) => void (frame.locals[slot] = value) }),
    };
    return { type, evaluate: (frame) => frame.locals[slot] ?? null, place };
  }
  for (let info = scope.info; info !== undefined; info = info.outer) {
    const field = info.field(name);
    if (field === undefined) continue;
    if (field.isStatic) return staticField(field);
    if (info !== scope.info) return failAt(at, `Variable does not exist: ${name}`);
    if (scope.isStatic) failAt(at, `Non static field ${name} cannot be referenced from a static context`);
    return instanceField(field, { type: info.type(), evaluate: (frame) => frame.self }, false);
  }
  return undefined;
}

function member(scope: Scope, operand: Operand, id: AnyIdContext, safe: boolean): Operand {
  const name = id.getText();
  switch (operand.kind) {
    case 'value':
      return { kind: 'value', expr: memberOfValue(scope, operand.expr, name, id, safe) };
    case 'type':
      return memberOfType(scope, operand.type, operand.path, name, id);
    case 'namespace':
      return inNamespace(scope, operand.name, name, id);
    case 'labels':
      if (!scope.program.world.hasLabel(name)) failAt(id, `Variable does not exist: ${name}`);
      return value(base.string, (thread) => thread.host.label(name) ?? null);
    case 'describes': {
      const object = scope.program.world.object(name) ?? failAt(id, `Variable does not exist: ${name}`);
      return value(
        known('Schema.DescribeSObjectResult').type(),
        (thread) => describeObject(thread, object.name),
        object,
      );
    }
    case 'fieldsOf': {
      const { object, describes } = operand;
      const field = fieldNamed(scope, object, name, id);
      return describes
        ? value(known('Schema.DescribeFieldResult').type(), (thread) => describeField(thread, object, field.name))
        : value(known('Schema.SObjectField').type(), () => fieldToken(object, field.name));
    }
    case 'super':
      return failAt(id, `unsupported super.${name} in the local org`);
  }
}

function value(
  type: Type,
  read: (thread: Parameters<typeof describeObject>[0]) => Value,
  describes?: ObjectDefinition,
): Operand {
  const expr: Expr = { type, evaluate: ({ thread }) => read(thread) };
  return { kind: 'value', expr: describes === undefined ? expr : { ...expr, describes: describes.name } };
}

function inNamespace(scope: Scope, namespace: string, name: string, at: Placed): Operand {
  const lower = `${namespace}.${name}`.toLowerCase();
  if (lower === 'system.label') return { kind: 'labels' };
  if (lower === 'schema.sobjecttype') return { kind: 'describes' };
  const type = typeNamed(scope, `${namespace}.${name}`);
  return type === undefined
    ? failAt(at, `Variable does not exist: ${namespace}.${name}`)
    : { kind: 'type', type, path: lower };
}

function memberOfType(scope: Scope, type: Type, path: string, name: string, at: Placed): Operand {
  if (`${path}.${name}`.toLowerCase() === 'schema.sobjecttype') return { kind: 'describes' };
  if (type.object !== undefined) return memberOfRecordType(scope, type.object, name, at);
  const field = type.info.field(name);
  if (field?.isStatic === true) {
    if (!isVisible(field, scope.info)) failAt(at, `Variable is not visible: ${path}.${name}`);
    return { kind: 'value', expr: typedTrigger(scope, field) };
  }
  const inner = typeNamed(scope, `${path}.${name}`);
  if (inner !== undefined) return { kind: 'type', type: inner, path: `${path}.${name}` };
  if (isNamespace(path)) return inNamespace(scope, path, name, at);
  return failAt(at, `Variable does not exist: ${type.name}.${name}`);
}

/** `Trigger.new` holds records of the trigger's object. */
function typedTrigger(scope: Scope, field: FieldInfo): Expr {
  const expr = staticField(field);
  const { triggerObject } = scope;
  if (field.owner.name !== 'Trigger' || triggerObject === undefined) return expr;
  const record = recordType(triggerObject);
  if (/^(new|old)$/i.test(field.name)) return { type: listOf(record), evaluate: expr.evaluate };
  return /map$/i.test(field.name) ? { type: mapOf(base.id, record), evaluate: expr.evaluate } : expr;
}

function memberOfRecordType(scope: Scope, object: string, name: string, at: Placed): Operand {
  if (name.toLowerCase() === 'sobjecttype') {
    return value(known('Schema.SObjectType').type(), () => objectToken(object));
  }
  if (name.toLowerCase() === 'fields') return { kind: 'fieldsOf', object, describes: false };
  const field = fieldNamed(scope, object, name, at);
  return value(known('Schema.SObjectField').type(), () => fieldToken(object, field.name));
}

function fieldNamed(scope: Scope, object: string, name: string, at: Placed) {
  const definition = scope.program.world.object(object);
  const field = definition && fieldOf(definition, name);
  return field ?? failAt(at, `Invalid field ${name} for SObject ${object}`);
}

function memberOfValue(scope: Scope, given: Expr, name: string, at: Placed, safe: boolean): Expr {
  const target = oneOfQuery(given, at);
  if (isRecord(target.type)) return memberOfRecord(scope, target, name, at, safe);
  const { describes, fieldsOf } = target;
  if (describes !== undefined && name.toLowerCase() === 'fields') {
    return { type: base.void, evaluate: target.evaluate, fieldsOf: describes };
  }
  if (fieldsOf !== undefined) {
    const field = fieldNamed(scope, fieldsOf, name, at);
    return {
      type: known('Schema.DescribeFieldResult').type(),
      evaluate: ({ thread }) => describeField(thread, fieldsOf, field.name),
    };
  }
  const field = target.type.info.field(name);
  if (field === undefined || field.isStatic) return failAt(at, `Variable does not exist: ${name}`);
  if (!isVisible(field, scope.info)) failAt(at, `Variable is not visible: ${target.type.name}.${field.name}`);
  return instanceField(field, target, safe);
}

/** A field of a query is one of its only record. */
function oneOfQuery(given: Expr, at: Placed): Expr {
  const [record] = given.type.args;
  if (given.isQuery !== true || record === undefined || !isRecord(record)) return given;
  return { type: record, evaluate: convertTo(given, record, at) };
}

function callOn(scope: Scope, operand: Operand, name: string, args: readonly Expr[], at: Placed, safe: boolean): Expr {
  if (operand.kind === 'super') return callSuper(scope, name, args, at);
  if (operand.kind === 'type') {
    const owner = operand.type;
    const settings =
      customMetadataCall(scope, owner, name, args, at) ?? customSettingCall(scope, owner, name, args, at);
    if (settings !== undefined) return settings;
    const statics = owner.info.methodsNamed(name).filter((method) => method.isStatic);
    const chosen = choose(statics, owner, args, at);
    if (chosen === undefined) return failAt(at, describeCall(name, args, owner));
    return call(scope, chosen, args, undefined, { at });
  }
  if (operand.kind !== 'value') return failAt(at, `Method does not exist or incorrect signature: ${name}`);
  const target = operand.expr;
  if (name.toLowerCase() === 'adderror' && target.recordField !== undefined) return addErrorToField(target, args, at);
  const candidates = target.type.info.methodsNamed(name).filter((method) => !method.isStatic);
  const chosen = choose(candidates, target.type, args, at) ?? choose(OBJECT_METHODS(name), base.object, args, at);
  if (chosen === undefined) return failAt(at, describeCall(name, args, target.type));
  return call(scope, chosen, args, target, { at, safe });
}
