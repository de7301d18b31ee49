import type { BinaryOperator } from './ast.ts';
import { EvaluationError, picklistMisused, wrongParameter } from './errors.ts';
import type { Evaluate, Typed, Value, ValueType } from './values.ts';
import { secondsPerDay } from '../values/index.ts';
import { plainNumber } from './numbers.ts';

/** Compiles an operator between two parts. Throws `FormulaError` when their types do not suit it. */
export function compileBinary(operator: BinaryOperator, left: Typed, right: Typed, at: number): Typed {
  for (const side of [left, right]) refusePicklist(side);
  switch (operator) {
    case '&&':
    case '||':
      return logical(operator, left, right, at);
    case '=':
    case '<>':
      return equality(operator, left, right, at);
    case '<':
    case '<=':
    case '>':
    case '>=':
      return order(operator, left, right, at);
    case '&':
      for (const side of [left, right]) insist(side, operator, ['Text']);
      return { type: 'Text', at, evaluate: (moment) => text(left.evaluate(moment)) + text(right.evaluate(moment)) };
    default:
      return arithmetic(operator, left, right, at);
  }
}

export function compileNegative(operand: Typed, at: number): Typed {
  refusePicklist(operand);
  insist(operand, '-', ['Number']);
  return { type: 'Number', at, evaluate: onNumbers(operand, operand, (number) => -number) };
}

function logical(operator: '&&' | '||', left: Typed, right: Typed, at: number): Typed {
  for (const side of [left, right]) insist(side, operator, ['Boolean']);
  const evaluate: Evaluate =
    operator === '&&'
      ? (moment) => left.evaluate(moment) === true && right.evaluate(moment) === true
      : (moment) => left.evaluate(moment) === true || right.evaluate(moment) === true;
  return { type: 'Boolean', at, evaluate };
}

function equality(operator: '=' | '<>', left: Typed, right: Typed, at: number): Typed {
  if (left.type !== right.type && left.type !== 'Null' && right.type !== 'Null') {
    throw wrongParameter(`operator '${operator}'`, left.type, right.type, right.at);
  }
  const wanted = operator === '=';
  const evaluate: Evaluate = (moment) => same(left.evaluate(moment), right.evaluate(moment)) === wanted;
  return { type: 'Boolean', at, evaluate };
}

function order(operator: '<' | '<=' | '>' | '>=', left: Typed, right: Typed, at: number): Typed {
  insist(left, operator, ['Number', 'Date', 'DateTime']);
  if (right.type !== left.type && right.type !== 'Null') {
    throw wrongParameter(`operator '${operator}'`, left.type, right.type, right.at);
  }
  const test = orders[operator];
  const evaluate: Evaluate = (moment) => {
    const [first, second] = [left.evaluate(moment), right.evaluate(moment)];
    return typeof first === 'number' && typeof second === 'number' && test(first, second);
  };
  return { type: 'Boolean', at, evaluate };
}

const orders = {
  '<': (first: number, second: number) => first < second,
  '<=': (first: number, second: number) => first <= second,
  '>': (first: number, second: number) => first > second,
  '>=': (first: number, second: number) => first >= second,
};

/** Numbers, and days added to or taken from dates; a number beside a date is one of days. */
function arithmetic(operator: '+' | '-' | '*' | '/' | '^', left: Typed, right: Typed, at: number): Typed {
  const isTime = (type: ValueType) => type === 'Date' || type === 'DateTime';
  if (operator === '+' && left.type === 'Text') {
    insist(right, operator, ['Text']);
    return { type: 'Text', at, evaluate: (moment) => text(left.evaluate(moment)) + text(right.evaluate(moment)) };
  }
  if (operator === '-' && isTime(left.type) && left.type === right.type) {
    const unit = left.type === 'Date' ? 1 : secondsPerDay;
    return { type: 'Number', at, evaluate: onNumbers(left, right, (to, from) => plainNumber((to - from) / unit)) };
  }
  if (operator === '+' && isTime(right.type) && !isTime(left.type)) return arithmetic(operator, right, left, at);
  if ((operator === '+' || operator === '-') && isTime(left.type)) {
    insist(right, operator, ['Number']);
    const sign = operator === '+' ? 1 : -1;
    const add =
      left.type === 'Date'
        ? (days: number, more: number) => days + sign * Math.trunc(more)
        : (seconds: number, more: number) => seconds + sign * Math.round(more * secondsPerDay);
    return { type: left.type, at, evaluate: onNumbers(left, right, add) };
  }
  const fitting: ValueType[] = operator === '+' || operator === '-' ? ['Number', 'Date', 'DateTime'] : ['Number'];
  insist(left, operator, fitting);
  insist(right, operator, fitting);
  return { type: 'Number', at, evaluate: onNumbers(left, right, calculations[operator]) };
}

const calculations = {
  '+': (left: number, right: number) => plainNumber(left + right),
  '-': (left: number, right: number) => plainNumber(left - right),
  '*': (left: number, right: number) => plainNumber(left * right),
  '/': (left: number, right: number) => {
    if (right === 0) throw new EvaluationError('Division by zero');
    return plainNumber(left / right);
  },
  '^': (left: number, right: number) => {
    const power = left ** right;
    if (!Number.isFinite(power)) throw new EvaluationError('The number is too large or has no value');
    return plainNumber(power);
  },
};

/** Works on two numbers; blank when one of them is. */
function onNumbers(left: Typed, right: Typed, work: (left: number, right: number) => number): Evaluate {
  return (moment) => {
    const [first, second] = [left.evaluate(moment), right.evaluate(moment)];
    return typeof first === 'number' && typeof second === 'number' ? work(first, second) : null;
  };
}

/** A blank text equals NULL. */
export function same(left: Value, right: Value): boolean {
  return (left === '' ? null : left) === (right === '' ? null : right);
}

function insist(side: Typed, operator: string, types: readonly ValueType[]): void {
  if (types.includes(side.type) || side.type === 'Null') return;
  throw wrongParameter(`operator '${operator}'`, types.join(', '), side.type, side.at);
}

export function refusePicklist(part: Typed): void {
  if (part.type === 'Picklist' || part.type === 'Multipicklist') throw picklistMisused(part.path ?? '', part.at);
}

const text = (value: Value): string => (typeof value === 'string' ? value : '');
