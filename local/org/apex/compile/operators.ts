import { throwApex } from '../runtime/throw.ts';
import { toText } from '../runtime/invoke.ts';
import type { Frame, Thread } from '../runtime/thread.ts';
import { failAt, type Placed } from '../syntax/index.ts';
import { base, distance, type Type } from '../types/index.ts';
import {
  DateValue,
  DatetimeValue,
  DoubleValue,
  isEqual,
  isNumeric,
  orderOf,
  toDecimal,
  toNumber,
  type Decimal,
  type Value,
} from '../values/index.ts';
import type { Expr } from './scope.ts';

const NUMBERS = [base.integer, base.long, base.double, base.decimal];

type Numeric = number | bigint | Decimal | DoubleValue;
type Combine = (thread: Thread, left: Value, right: Value) => Value;

/** What an operator makes of two types. Throws `CompileError` when it cannot. */
export function binary(
  operator: string,
  left: Type,
  right: Type,
  at: Placed,
): { readonly type: Type; readonly combine: Combine } {
  if (operator === '+' && (left === base.string || right === base.string)) {
    return { type: base.string, combine: (thread, first, second) => toText(thread, first) + toText(thread, second) };
  }
  const [low, high] = [NUMBERS.indexOf(left), NUMBERS.indexOf(right)];
  if (low >= 0 && high >= 0) {
    const type = NUMBERS[Math.max(low, high)] ?? base.decimal;
    return { type, combine: arithmetic(operator, type, at) };
  }
  if ((operator === '+' || operator === '-') && high >= 0) {
    const sign = operator === '+' ? 1 : -1;
    if (left === base.date && right !== base.decimal && right !== base.double)
      return { type: left, combine: addDays(sign) };
    if (left === base.datetime) return { type: left, combine: addDays(sign) };
  }
  if (left === base.boolean && right === base.boolean && ['&', '|', '^'].includes(operator)) {
    return {
      type: base.boolean,
      combine: (_thread, first, second) => logic(operator, first === true, second === true),
    };
  }
  return failAt(at, `Arithmetic expressions must use numeric arguments`);
}

function logic(operator: string, left: boolean, right: boolean): boolean {
  if (operator === '&') return left && right;
  return operator === '|' ? left || right : left !== right;
}

function arithmetic(operator: string, type: Type, at: Placed): Combine {
  if (type === base.integer) return nonNull(integerOf(operator, at));
  if (type === base.long) return nonNull(longOf(operator, at));
  if (type === base.double) {
    const combine = doubleOf(operator, at);
    return nonNull((thread, left, right) => new DoubleValue(combine(thread, toNumber(left), toNumber(right))));
  }
  const combine = decimalOf(operator, at);
  return nonNull((thread, left, right) => combine(thread, toDecimal(left), toDecimal(right)));
}

function nonNull(combine: (thread: Thread, left: Numeric, right: Numeric) => Value): Combine {
  return (thread, left, right) => {
    if (!isNumeric(left) || !isNumeric(right)) {
      throwApex(thread, 'NullPointerException', 'Attempt to de-reference a null object');
    }
    return combine(thread, left, right);
  };
}

const divideByZero = (thread: Thread): never => throwApex(thread, 'MathException', 'Divide by 0');

function integerOf(operator: string, at: Placed): (thread: Thread, left: Numeric, right: Numeric) => Value {
  const on =
    (combine: (left: number, right: number, thread: Thread) => number) =>
    (thread: Thread, left: Numeric, right: Numeric) =>
      combine(left as number, right as number, thread);
  switch (operator) {
    case '+':
      return on((left, right) => (left + right) | 0);
    case '-':
      return on((left, right) => (left - right) | 0);
    case '*':
      return on((left, right) => Math.imul(left, right));
    case '/':
      return on((left, right, thread) => (right === 0 ? divideByZero(thread) : Math.trunc(left / right)));
    case '&':
      return on((left, right) => left & right);
    case '|':
      return on((left, right) => left | right);
    case '^':
      return on((left, right) => left ^ right);
    case '<<':
      return on((left, right) => left << right);
    case '>>':
      return on((left, right) => left >> right);
    case '>>>':
      return on((left, right) => (left >>> right) | 0);
    default:
      return failAt(at, `unsupported operator ${operator}`);
  }
}

function longOf(operator: string, at: Placed): (thread: Thread, left: Numeric, right: Numeric) => Value {
  const on =
    (combine: (left: bigint, right: bigint, thread: Thread) => bigint) =>
    (thread: Thread, left: Numeric, right: Numeric) =>
      BigInt.asIntN(64, combine(BigInt(toNumberOrLong(left)), BigInt(toNumberOrLong(right)), thread));
  switch (operator) {
    case '+':
      return on((left, right) => left + right);
    case '-':
      return on((left, right) => left - right);
    case '*':
      return on((left, right) => left * right);
    case '/':
      return on((left, right, thread) => (right === 0n ? divideByZero(thread) : left / right));
    case '&':
      return on((left, right) => left & right);
    case '|':
      return on((left, right) => left | right);
    case '^':
      return on((left, right) => left ^ right);
    case '<<':
      return on((left, right) => left << right);
    case '>>':
      return on((left, right) => left >> right);
    default:
      return failAt(at, `unsupported operator ${operator} on Long in the local org`);
  }
}

const toNumberOrLong = (value: Numeric): number | bigint => (typeof value === 'bigint' ? value : toNumber(value));

function doubleOf(operator: string, at: Placed): (thread: Thread, left: number, right: number) => number {
  switch (operator) {
    case '+':
      return (_thread, left, right) => left + right;
    case '-':
      return (_thread, left, right) => left - right;
    case '*':
      return (_thread, left, right) => left * right;
    case '/':
      return (thread, left, right) => (right === 0 ? divideByZero(thread) : left / right);
    default:
      return failAt(at, `Arithmetic expressions must use numeric arguments`);
  }
}

function decimalOf(operator: string, at: Placed): (thread: Thread, left: Decimal, right: Decimal) => Decimal {
  switch (operator) {
    case '+':
      return (_thread, left, right) => left.plus(right);
    case '-':
      return (_thread, left, right) => left.minus(right);
    case '*':
      return (_thread, left, right) => left.times(right);
    case '/':
      return (thread, left, right) => (right.unscaled === 0n ? divideByZero(thread) : left.dividedBy(right));
    default:
      return failAt(at, `Arithmetic expressions must use numeric arguments`);
  }
}

function addDays(sign: number): Combine {
  return (thread, left, right) => {
    if (left === null || !isNumeric(right)) {
      throwApex(thread, 'NullPointerException', 'Attempt to de-reference a null object');
    }
    const days = sign * toNumber(right);
    if (left instanceof DateValue) return new DateValue(left.days + days);
    return new DatetimeValue((left as DatetimeValue).milliseconds + Math.round(days * 86_400_000));
  };
}

/** `==`, `!=`, `===`, `!==`, `<>`. */
export function equality(operator: string, left: Expr, right: Expr, at: Placed): Expr['evaluate'] {
  if (!areComparable(left.type, right.type)) {
    failAt(at, `Comparison arguments must be compatible types: ${left.type.name}, ${right.type.name}`);
  }
  const wanted = operator === '==' || operator === '===';
  const same = operator.length === 3 ? (first: Value, second: Value) => isIdentical(first, second) : isEqual;
  return (frame) => same(left.evaluate(frame), right.evaluate(frame)) === wanted;
}

function isIdentical(left: Value, right: Value): boolean {
  return left === right || (typeof left === 'object' && isNumeric(left) && isNumeric(right) && isEqual(left, right));
}

function areComparable(left: Type, right: Type): boolean {
  if (distance(left, right) !== undefined || distance(right, left) !== undefined) return true;
  return NUMBERS.includes(left) && NUMBERS.includes(right);
}

/** `<`, `<=`, `>`, `>=`. Null is in no order: whatever it is compared with, the answer is false. */
export function ordering(operator: string, left: Expr, right: Expr, at: Placed): Expr['evaluate'] {
  const ordered = [...NUMBERS, base.string, base.id, base.date, base.datetime, base.time];
  if (!ordered.includes(left.type) || !ordered.includes(right.type) || !areComparable(left.type, right.type)) {
    failAt(at, `Comparison arguments must be compatible types: ${left.type.name}, ${right.type.name}`);
  }
  const test = {
    '<': (order: number) => order < 0,
    '<=': (order: number) => order <= 0,
    '>': (order: number) => order > 0,
    '>=': (order: number) => order >= 0,
  }[operator];
  if (test === undefined) return failAt(at, `unsupported operator ${operator}`);
  return (frame: Frame) => {
    const [first, second] = [left.evaluate(frame), right.evaluate(frame)];
    if (first === null || second === null) return false;
    const order = orderOf(first, second);
    return order !== undefined && test(order);
  };
}
