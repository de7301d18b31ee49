import type {
  ExpressionContext,
  NegExpressionContext,
  PostOpExpressionContext,
  PreOpExpressionContext,
} from '@apexdevtools/apex-parser';
import { throwApex } from '../runtime/throw.ts';
import type { Frame } from '../runtime/thread.ts';
import { failAt, present, unsupportedAt } from '../syntax/index.ts';
import { base, type Type } from '../types/index.ts';
import { Decimal, DoubleValue, isNumeric, toDecimal, toNumber, type Value } from '../values/index.ts';
import { condition } from './convert.ts';
import type { Expr, Scope } from './scope.ts';

/** Types that are reckoned with. */
export const NUMBERS: readonly Type[] = [base.integer, base.long, base.double, base.decimal];

/** `-`, `+`, `++` and `--` before an operand. */
export function prefix(scope: Scope, context: PreOpExpressionContext): Expr {
  if (present(context.INC()) !== undefined || present(context.DEC()) !== undefined) {
    return step(scope, context, context.expression(), true);
  }
  const given = scope.expression(context.expression());
  if (!NUMBERS.includes(given.type)) {
    failAt(context, `Operand must be numeric: ${given.type.name}`);
  }
  if (present(context.SUB()) === undefined) return given;
  return { type: given.type, evaluate: (frame) => negated(frame, given.evaluate(frame)) };
}

function negated(frame: Frame, value: Value): Value {
  if (typeof value === 'number') return -value | 0;
  if (typeof value === 'bigint') return -value;
  if (value instanceof Decimal) return value.negated();
  if (value instanceof DoubleValue) return new DoubleValue(-value.value);
  return throwApex(frame.thread, 'NullPointerException', 'Attempt to de-reference a null object');
}

/** `!` before an operand. */
export function negation(scope: Scope, context: NegExpressionContext): Expr {
  const given = scope.expression(context.expression());
  if (present(context.BANG()) === undefined) return unsupportedAt(context, 'operator ~');
  const test = condition(given, context);
  return { type: base.boolean, evaluate: (frame) => !test(frame) };
}

/** `++` and `--`, before or after. */
export function step(
  scope: Scope,
  context: PreOpExpressionContext | PostOpExpressionContext,
  operand: ExpressionContext,
  before: boolean,
): Expr {
  const target = scope.expression(operand);
  const { place, type } = target;
  const by = present(context.INC()) === undefined ? -1 : 1;
  if (place === undefined || !NUMBERS.includes(type)) {
    return failAt(context, `Operand must be a numeric variable: ${type.name}`);
  }
  return {
    type,
    evaluate: (frame) => {
      const reference = place.bind(frame);
      const old = reference.get();
      const next = stepped(frame, old, by);
      reference.set(next);
      return before ? next : old;
    },
  };
}

function stepped(frame: Frame, value: Value, by: number): Value {
  if (typeof value === 'number') return (value + by) | 0;
  if (typeof value === 'bigint') return value + BigInt(by);
  if (!isNumeric(value))
    return throwApex(frame.thread, 'NullPointerException', 'Attempt to de-reference a null object');
  return value instanceof DoubleValue ? new DoubleValue(toNumber(value) + by) : toDecimal(value).plus(Decimal.of(by));
}
