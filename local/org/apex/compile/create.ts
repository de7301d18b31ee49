import type { CreatorContext, ExpressionContext } from '@apexdevtools/apex-parser';
import { AssignExpressionContext } from '@apexdevtools/apex-parser';
import { initialise } from '../runtime/invoke.ts';
import { makeException, throwApex } from '../runtime/throw.ts';
import type { Frame } from '../runtime/thread.ts';
import { failAt, present, unsupportedAt, type Placed } from '../syntax/index.ts';
import { base, isList, isMap, isRecord, isThrowable, listOf, type Type } from '../types/index.ts';
import {
  Instance,
  keyOf,
  ListValue,
  MapValue,
  RecordValue,
  SetValue,
  textOf,
  type Key,
  type Value,
} from '../values/index.ts';
import { argumentsOf, choose, isVisible } from './calls.ts';
import { convertTo } from './convert.ts';
import { typeOfField } from './field-types.ts';
import { fieldOf, type Expr, type Scope } from './scope.ts';
import { typeNamed } from './types.ts';

/** Compiles `new …`. */
export function compileNew(scope: Scope, context: CreatorContext): Expr {
  const type = createdType(scope, context);
  const array = present(context.arrayCreatorRest());
  if (array !== undefined) return newArray(scope, type, context);
  const pairs = present(context.mapCreatorRest());
  if (pairs !== undefined) return newMap(scope, type, pairs.mapCreatorRestPair_list(), context);
  const items = present(context.setCreatorRest());
  if (items !== undefined) {
    return newCollection(scope, type, items.expression_list(), context);
  }
  if (present(context.noRest()) !== undefined) {
    return isMap(type) ? newMap(scope, type, [], context) : newCollection(scope, type, [], context);
  }
  const given = present(context.classCreatorRest().arguments().expressionList())?.expression_list() ?? [];
  if (isRecord(type)) return newRecord(scope, type, given, context);
  return newObject(
    scope,
    type,
    given.map((each) => scope.expression(each)),
    context,
  );
}

function createdType(scope: Scope, context: CreatorContext): Type {
  const pairs = context.createdName().idCreatedNamePair_list();
  const path = pairs.map((pair) => pair.anyId().getText()).join('.');
  const args =
    present(pairs.at(-1)?.typeList())
      ?.typeRef_list()
      .map((each) => scope.type(each)) ?? [];
  return typeNamed(scope, path, args) ?? failAt(context, `Invalid type: ${path}`);
}

function newArray(scope: Scope, item: Type, context: CreatorContext): Expr {
  const rest = context.arrayCreatorRest();
  const type = listOf(item);
  const initial = present(rest.arrayInitializer());
  if (initial !== undefined) return newCollection(scope, type, initial.expression_list(), context);
  const size = convertTo(scope.expression(rest.expression()), base.integer, context);
  return {
    type,
    evaluate: (frame) => new ListValue(new Array<Value>(Number(size(frame) ?? 0)).fill(null), type),
  };
}

type Expressions = readonly ExpressionContext[];

function newCollection(scope: Scope, type: Type, given: Expressions, at: Placed): Expr {
  const item = type.args[0];
  if (item === undefined || isMap(type)) return failAt(at, `Invalid initializer for ${type.name}`);
  const items = given.map((each) => convertTo(scope.expression(each), item, each));
  const values = (frame: Frame) => items.map((each) => each(frame));
  if (isList(type)) return { type, evaluate: (frame) => new ListValue(values(frame), type) };
  return {
    type,
    evaluate: (frame) => new SetValue(new Map(values(frame).map((value) => [keyOf(value), value])), type),
  };
}

type Pairs = ReturnType<ReturnType<CreatorContext['mapCreatorRest']>['mapCreatorRestPair_list']>;

function newMap(scope: Scope, type: Type, pairs: Pairs, at: Placed): Expr {
  const [keyType, valueType] = type.args;
  if (!isMap(type) || keyType === undefined || valueType === undefined) {
    return failAt(at, `Invalid initializer for ${type.name}`);
  }
  const compiled = pairs.map((pair) => {
    const [key, value] = pair.expression_list();
    if (key === undefined || value === undefined) return unsupportedAt(pair, 'map initializer');
    return [
      convertTo(scope.expression(key), keyType, key),
      convertTo(scope.expression(value), valueType, value),
    ] as const;
  });
  return {
    type,
    evaluate: (frame) => {
      const entries = new Map<Key, { readonly key: Value; value: Value }>();
      for (const [readKey, readValue] of compiled) {
        const key = readKey(frame);
        entries.set(keyOf(key), { key, value: readValue(frame) });
      }
      return new MapValue(entries, type);
    },
  };
}

/** `new Account(Name = 'x', Parent__r = …)` */
function newRecord(scope: Scope, type: Type, given: Expressions, at: Placed): Expr {
  const { object } = type;
  const definition = object === undefined ? undefined : scope.program.world.object(object);
  if (definition === undefined) return failAt(at, `Type cannot be constructed: ${type.name}`);
  const setters = given.map((each) => {
    if (!(each instanceof AssignExpressionContext))
      return failAt(each, `SObject constructor must use name=value pairs`);
    const [name, value] = each.expression_list();
    if (name === undefined || value === undefined) return unsupportedAt(each, 'constructor');
    const field = fieldOf(definition, name.getText());
    const expr = scope.expression(value);
    if (field === undefined) return parentSetter(scope, definition, name.getText(), expr, each);
    if (!field.createable && !field.updateable && field.name !== 'Id') {
      return failAt(each, `Field is not writeable: ${definition.name}.${field.name}`);
    }
    const read = convertTo(expr, typeOfField(field.type), each);
    return (record: RecordValue, frame: Frame) => record.put(field.name, read(frame));
  });
  return {
    type,
    evaluate: (frame) => {
      const record = new RecordValue(definition.name);
      for (const set of setters) set(record, frame);
      return record;
    },
  };
}

function parentSetter(
  scope: Scope,
  definition: NonNullable<ReturnType<Scope['program']['world']['object']>>,
  name: string,
  expr: Expr,
  at: Placed,
): (record: RecordValue, frame: Frame) => void {
  const lower = name.toLowerCase();
  const relationship = [...definition.fields.values()].find(
    (each) => each.relationshipName?.toLowerCase() === lower,
  )?.relationshipName;
  if (relationship === undefined || !isRecord(expr.type)) {
    return failAt(at, `Invalid field ${name} for SObject ${definition.name}`);
  }
  return (record, frame) => {
    const parent = expr.evaluate(frame);
    if (!(parent instanceof RecordValue)) return;
    record.parents.set(relationship, parent);
    record.set.add(relationship);
  };
}

function newObject(scope: Scope, type: Type, args: readonly Expr[], at: Placed): Expr {
  const { info } = type;
  if (info.isAbstract || info.kind !== 'class')
    return failAt(at, `Abstract classes cannot be constructed: ${info.name}`);
  if (info.file === undefined && !isThrowable(type)) return newOfLibrary(scope, type, args, at);
  const chosen = choose(info.constructors, type, args, at);
  if (chosen === undefined) {
    if (isThrowable(type)) return newException(type, args, at);
    if (args.length === 0 && info.constructors.length === 0) {
      return { type, evaluate: (frame) => made(frame, type) };
    }
    const given = args.map((arg) => arg.type.name).join(', ');
    return failAt(at, `Constructor not defined: [${info.name}].<Constructor>(${given})`);
  }
  if (!isVisible(chosen.method, scope.info)) failAt(at, `Constructor is not visible: [${info.name}]`);
  const values = argumentsOf(args, chosen.parameters);
  return {
    type,
    evaluate: (frame) => {
      const given = values(frame);
      frame.line = at.start.line;
      const self = made(frame, type);
      chosen.method.invoke?.(frame.thread, self, given);
      return self;
    },
  };
}

function made(frame: Frame, type: Type): Instance {
  const { thread } = frame;
  const self = isThrowable(type) ? makeException(thread, type.info, null) : new Instance(type.info);
  initialise(thread, self, type.info);
  return self;
}

function newOfLibrary(scope: Scope, type: Type, args: readonly Expr[], at: Placed): Expr {
  const chosen = choose(type.info.constructors, type, args, at);
  if (chosen === undefined) {
    const given = args.map((arg) => arg.type.name).join(', ');
    return failAt(at, `Constructor not defined: [${type.name}].<Constructor>(${given})`);
  }
  const values = argumentsOf(args, chosen.parameters);
  return {
    type,
    evaluate: (frame) => {
      const value = chosen.method.invoke?.(frame.thread, null, values(frame)) ?? null;
      if (value instanceof ListValue || value instanceof SetValue || value instanceof MapValue) value.type = type;
      return value;
    },
  };
}

/** The constructors that every exception has: none, a message, a cause, both. */
function newException(type: Type, args: readonly Expr[], at: Placed): Expr {
  const set =
    exceptionArguments(args) ??
    failAt(at, `Constructor not defined: [${type.name}].<Constructor>(${args.map((arg) => arg.type.name).join(', ')})`);
  return {
    type,
    evaluate: (frame) => {
      frame.line = at.start.line;
      const self = made(frame, type);
      set(frame, self);
      return self;
    },
  };
}

function exceptionArguments(args: readonly Expr[]): ((frame: Frame, self: Instance) => void) | undefined {
  const [first, second] = args;
  const isText = (expr: Expr | undefined) =>
    expr !== undefined && (expr.type === base.string || expr.type === base.null || expr.type === base.id);
  const isCause = (expr: Expr | undefined) => expr !== undefined && isThrowable(expr.type);
  const [message, cause] = isText(first) ? [first, second] : [undefined, first];
  if (args.length > 2 || (cause !== undefined && !isCause(cause)) || (message === undefined && second !== undefined))
    return undefined;
  return (frame, self) => {
    if (self.thrown === undefined) return;
    const text = message?.evaluate(frame) ?? null;
    const why = cause?.evaluate(frame);
    self.thrown.cause = why instanceof Instance ? why : null;
    self.thrown.message =
      message === undefined
        ? self.thrown.cause === null
          ? null
          : textOf(self.thrown.cause)
        : text === null
          ? null
          : textOf(text);
  };
}

/** `this(…)` and `super(…)` at the start of a constructor. */
export function callConstructor(scope: Scope, type: Type | undefined, args: readonly Expr[], at: Placed): Expr {
  if (type === undefined) return failAt(at, 'Constructor not defined');
  if (type.info.file === undefined && isThrowable(type)) {
    const set = exceptionArguments(args) ?? failAt(at, 'Constructor not defined');
    return {
      type: base.void,
      evaluate: (frame) => {
        if (frame.self instanceof Instance) set(frame, frame.self);
        return null;
      },
    };
  }
  const chosen = choose(type.info.constructors, type, args, at);
  if (chosen === undefined) {
    if (args.length === 0 && type.info.constructors.length === 0) return { type: base.void, evaluate: () => null };
    return failAt(at, `Constructor not defined: [${type.name}].<Constructor>()`);
  }
  const values = argumentsOf(args, chosen.parameters);
  return {
    type: base.void,
    evaluate: (frame) => {
      if (chosen.method.invoke === undefined) throwApex(frame.thread, 'TypeException', 'Constructor not defined');
      return chosen.method.invoke(frame.thread, frame.self, values(frame));
    },
  };
}
