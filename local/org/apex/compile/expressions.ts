import type { ExpressionContext, PrimaryContext } from '@apexdevtools/apex-parser';
import {
  ArrayExpressionContext,
  Arth1ExpressionContext,
  Arth2ExpressionContext,
  AssignExpressionContext,
  BitAndExpressionContext,
  BitExpressionContext,
  BitNotExpressionContext,
  BitOrExpressionContext,
  CastExpressionContext,
  CmpExpressionContext,
  CoalExpressionContext,
  CondExpressionContext,
  DotExpressionContext,
  EqualityExpressionContext,
  IdPrimaryContext,
  InstanceOfExpressionContext,
  LiteralPrimaryContext,
  LogAndExpressionContext,
  LogOrExpressionContext,
  MethodCallExpressionContext,
  NegExpressionContext,
  NewExpressionContext,
  PostOpExpressionContext,
  PreOpExpressionContext,
  PrimaryExpressionContext,
  SoqlPrimaryContext,
  SubExpressionContext,
  ThisPrimaryContext,
  TypeRefPrimaryContext,
} from '@apexdevtools/apex-parser';
import { castNumber, castValue, isInstance } from '../runtime/cast.ts';
import { typeValue } from '../runtime/type-values.ts';
import { throwApex } from '../runtime/throw.ts';
import type { Frame } from '../runtime/thread.ts';
import { failAt, present, unsupportedAt, type Placed } from '../syntax/index.ts';
import { base, canCast, distance, isList, type Type } from '../types/index.ts';
import { ListValue, type Value } from '../values/index.ts';
import { onValue } from './calls.ts';
import { condition, converted, convertTo } from './convert.ts';
import { callConstructor, compileNew } from './create.ts';
import { compileLiteral } from './literals.ts';
import { compileDot, variableNamed } from './members.ts';
import { callUnqualified } from './method-calls.ts';
import { binary, equality, ordering } from './operators.ts';
import type { Expr, Scope } from './scope.ts';
import { negation, NUMBERS, prefix, step } from './signs.ts';
import { compileSoql } from './soql.ts';

/** Compiles an expression. Throws `CompileError` for what is wrong or not known. */
export function compileExpression(scope: Scope, context: ExpressionContext): Expr {
  if (context instanceof PrimaryExpressionContext) return primary(scope, context.primary());
  if (context instanceof DotExpressionContext) return compileDot(scope, context);
  if (context instanceof MethodCallExpressionContext) return methodCall(scope, context);
  if (context instanceof AssignExpressionContext) return assignment(scope, context);
  if (context instanceof NewExpressionContext) return compileNew(scope, context.creator());
  if (context instanceof SubExpressionContext) return scope.expression(context.expression());
  if (context instanceof CastExpressionContext) return cast(scope, context);
  if (context instanceof ArrayExpressionContext) return element(scope, context);
  if (context instanceof CondExpressionContext) return conditional(scope, context);
  if (context instanceof CoalExpressionContext) return coalesce(scope, context);
  if (context instanceof InstanceOfExpressionContext) return instanceOf(scope, context);
  if (context instanceof PreOpExpressionContext) return prefix(scope, context);
  if (context instanceof PostOpExpressionContext) return step(scope, context, context.expression(), false);
  if (context instanceof NegExpressionContext) return negation(scope, context);
  return operation(scope, context);
}

function operation(scope: Scope, context: ExpressionContext): Expr {
  const operator = operatorOf(context);
  const [first, second] = (context as Arth1ExpressionContext).expression_list();
  if (operator === undefined || first === undefined || second === undefined) {
    return unsupportedAt(context, `expression ${context.getText()}`);
  }
  const [left, right] = [scope.expression(first), scope.expression(second)];
  if (context instanceof LogAndExpressionContext || context instanceof LogOrExpressionContext) {
    const [one, other] = [condition(left, first), condition(right, second)];
    return {
      type: base.boolean,
      evaluate: operator === '&&' ? (frame) => one(frame) && other(frame) : (frame) => one(frame) || other(frame),
    };
  }
  if (context instanceof EqualityExpressionContext) {
    return { type: base.boolean, evaluate: equality(operator, left, right, context) };
  }
  if (context instanceof CmpExpressionContext) {
    return { type: base.boolean, evaluate: ordering(operator, left, right, context) };
  }
  const { type, combine } = binary(operator, left.type, right.type, context);
  return { type, evaluate: (frame) => combine(frame.thread, left.evaluate(frame), right.evaluate(frame)) };
}

function operatorOf(context: ExpressionContext): string | undefined {
  if (context instanceof Arth1ExpressionContext)
    return present(context.MUL()) ? '*' : present(context.DIV()) ? '/' : '%';
  if (context instanceof Arth2ExpressionContext) return present(context.ADD()) ? '+' : '-';
  if (context instanceof LogAndExpressionContext) return '&&';
  if (context instanceof LogOrExpressionContext) return '||';
  if (context instanceof BitAndExpressionContext) return '&';
  if (context instanceof BitOrExpressionContext) return '|';
  if (context instanceof BitNotExpressionContext) return '^';
  if (context instanceof BitExpressionContext) {
    return context.LT_list().length > 0 ? '<<' : context.GT_list().length === 3 ? '>>>' : '>>';
  }
  if (context instanceof CmpExpressionContext) {
    return (present(context.LT()) ? '<' : '>') + (present(context.ASSIGN()) ? '=' : '');
  }
  if (!(context instanceof EqualityExpressionContext)) return undefined;
  if (present(context.TRIPLEEQUAL())) return '===';
  if (present(context.TRIPLENOTEQUAL())) return '!==';
  return present(context.EQUAL()) ? '==' : '!=';
}

function primary(scope: Scope, context: PrimaryContext): Expr {
  if (context instanceof LiteralPrimaryContext) return compileLiteral(context.literal());
  if (context instanceof IdPrimaryContext) {
    const name = context.id().getText();
    return variableNamed(scope, name, context) ?? failAt(context, `Variable does not exist: ${name}`);
  }
  if (context instanceof ThisPrimaryContext) {
    if (scope.info === undefined || scope.isStatic) failAt(context, 'this cannot be referenced in a static context');
    return { type: scope.info.type(), evaluate: (frame) => frame.self };
  }
  if (context instanceof SoqlPrimaryContext) return compileSoql(scope, context.soqlLiteral());
  if (context instanceof TypeRefPrimaryContext) {
    const type = scope.type(context.typeRef());
    const value = typeValue(type);
    return { type: base.type, evaluate: () => value };
  }
  return unsupportedAt(context, `expression ${context.getText()}`);
}

function methodCall(scope: Scope, context: MethodCallExpressionContext): Expr {
  const method = context.methodCall();
  const args = (present(method.expressionList())?.expression_list() ?? []).map((each) => scope.expression(each));
  if (present(method.THIS()) !== undefined) return callConstructor(scope, scope.info?.type(), args, context);
  if (present(method.SUPER()) !== undefined) return callConstructor(scope, scope.info?.superclass, args, context);
  return callUnqualified(scope, method.id().getText(), args, context);
}

function assignment(scope: Scope, context: AssignExpressionContext): Expr {
  const [first, second] = context.expression_list();
  if (first === undefined || second === undefined) return unsupportedAt(context, 'assignment');
  const [target, given] = [scope.expression(first), scope.expression(second)];
  const { place } = target;
  if (place === undefined) {
    return target.recordField === undefined
      ? failAt(first, 'Expression cannot be assigned')
      : failAt(first, `Field is not writeable: ${target.recordField.field}`);
  }
  const { type } = place;
  if (present(context.ASSIGN()) !== undefined) {
    const value = convertTo(given, type, context);
    return {
      type,
      evaluate: (frame) => {
        const reference = place.bind(frame);
        const result = value(frame);
        reference.set(result);
        return result;
      },
    };
  }
  const operator =
    context
      .getText()
      .slice(first.getText().length)
      .match(/^(>>>|>>|<<|[-+*/&|^])=/)?.[1] ?? '';
  const { type: made, combine } = binary(operator, type, given.type, context);
  if (distance(made, type) === undefined) failAt(context, `Illegal assignment from ${made.name} to ${type.name}`);
  return {
    type,
    evaluate: (frame) => {
      const reference = place.bind(frame);
      const before = reference.get();
      const after = combine(frame.thread, before, given.evaluate(frame));
      const result = converted(() => after, made, type)(frame);
      reference.set(result);
      return result;
    },
  };
}

function cast(scope: Scope, context: CastExpressionContext): Expr {
  const type = scope.type(context.typeRef());
  const given = scope.expression(context.expression());
  if (given.isQuery === true && !isList(type)) return { type, evaluate: convertTo(given, type, context) };
  if (!canCast(given.type, type))
    failAt(context, `Incompatible types since an instance of ${given.type.name} is never an instance of ${type.name}`);
  const numeric = NUMBERS.includes(given.type) && NUMBERS.includes(type);
  const change = numeric ? castNumber : castValue;
  return { type, evaluate: (frame) => change(frame.thread, given.evaluate(frame), type) };
}

function instanceOf(scope: Scope, context: InstanceOfExpressionContext): Expr {
  const type = scope.type(context.typeRef());
  const given = scope.expression(context.expression());
  return { type: base.boolean, evaluate: (frame) => isInstance(frame.thread, given.evaluate(frame), type) };
}

function element(scope: Scope, context: ArrayExpressionContext): Expr {
  const [first, second] = context.expression_list();
  if (first === undefined || second === undefined) return unsupportedAt(context, 'expression');
  const [target, index] = [scope.expression(first), scope.expression(second)];
  const type = target.type.args[0];
  if (!isList(target.type) || type === undefined)
    return failAt(first, `Expression must be a list type: ${target.type.name}`);
  const at = convertTo(index, base.integer, second);
  const read = onValue(target, false, type, (frame, list) => itemsOf(list)[checked(frame, list, at(frame))] ?? null);
  return {
    ...read,
    place: {
      type,
      bind: (frame) => {
        const list = target.evaluate(frame);
        if (list === null) throwApex(frame.thread, 'NullPointerException', 'Attempt to de-reference a null object');
        const position = checked(frame, list, at(frame));
        return {
          get: () => itemsOf(list)[position] ?? null,
          set: (value) => void (itemsOf(list)[position] = value),
        };
      },
    },
  };
}

const itemsOf = (list: Value): Value[] => (list instanceof ListValue ? list.items : []);

function checked(frame: Frame, list: Value, index: Value): number {
  const position = typeof index === 'number' ? index : -1;
  if (position >= 0 && position < itemsOf(list).length) return position;
  return throwApex(frame.thread, 'ListException', `List index out of bounds: ${position}`);
}

function conditional(scope: Scope, context: CondExpressionContext): Expr {
  const [test, first, second] = context.expression_list();
  if (test === undefined || first === undefined || second === undefined) return unsupportedAt(context, 'expression');
  const decide = condition(scope.expression(test), test);
  const [left, right] = [scope.expression(first), scope.expression(second)];
  const type = commonType(left.type, right.type, context);
  const [one, other] = [convertTo(left, type, first), convertTo(right, type, second)];
  return { type, evaluate: (frame) => (decide(frame) ? one(frame) : other(frame)) };
}

function coalesce(scope: Scope, context: CoalExpressionContext): Expr {
  const [first, second] = context.expression_list();
  if (first === undefined || second === undefined) return unsupportedAt(context, 'expression');
  const [left, right] = [scope.expression(first), scope.expression(second)];
  const type = commonType(left.type, right.type, context);
  const [one, other] = [converted(left.evaluate, left.type, type), convertTo(right, type, second)];
  return { type, evaluate: (frame) => one(frame) ?? other(frame) };
}

function commonType(left: Type, right: Type, at: Placed): Type {
  if (left === right || right === base.null) return left;
  if (left === base.null) return right;
  if (distance(left, right) !== undefined && right !== base.object) return right;
  if (distance(right, left) !== undefined && left !== base.object) return left;
  if (left === base.object || right === base.object) return base.object;
  return failAt(at, `Incompatible types in ternary operator: ${left.name}, ${right.name}`);
}
