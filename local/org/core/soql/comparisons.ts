import type { FieldDefinition } from '../contract/index.ts';
import { Entry, type Stored } from '../storage/index.ts';
import type { Literal, Operator } from './ast.ts';
import { classOf } from '../values/index.ts';
import { operandOf, type Operand } from './literals.ts';
import type { Scope } from './scope.ts';

/**
 * Whether a value meets a comparison. As in an org: text without regard to case, `= null` and `!= x` meet null, every
 * other comparison with null fails, and a date literal is the span of its days.
 */
export type Test = (value: Stored) => boolean;

export function compileTest(
  scope: Scope,
  field: FieldDefinition,
  operator: Operator,
  right: Literal | readonly Literal[],
  at: number,
): Test {
  if (!field.filterable)
    throw scope.errors.invalidField(`field '${field.name}' can not be filtered in a query call`, at);
  if (operator === 'IN' || operator === 'NOT IN') {
    const literals = asList(right);
    const test = inTest(
      field,
      literals.map((literal) => operandOf(scope, field, literal)),
    );
    return operator === 'IN' ? test : (value) => !test(value);
  }
  if (operator === 'INCLUDES' || operator === 'EXCLUDES') {
    if (field.type !== 'multipicklist') throw notForOperator(scope, operator, field, at);
    const test = includesTest(asList(right).map((literal) => operandOf(scope, field, literal)));
    return operator === 'INCLUDES' ? test : (value) => !test(value);
  }
  const [literal] = asList(right);
  if (Array.isArray(right) || literal === undefined) throw notForOperator(scope, operator, field, at);
  if (operator === 'LIKE') {
    if (classOf(field.type) !== 'text' || literal.kind !== 'string') throw notForOperator(scope, operator, field, at);
    return likeTest(literal.text);
  }
  const operand = operandOf(scope, field, literal);
  if (operator === '=') return equalTest(field, operand);
  if (operator === '!=') {
    const test = equalTest(field, operand);
    return (value) => !test(value);
  }
  if (field.type === 'boolean' || field.type === 'multipicklist') throw notForOperator(scope, operator, field, at);
  return orderTest(field, operator, operand);
}

function equalTest(field: FieldDefinition, operand: Operand): Test {
  if (operand.kind === 'null') return isNull;
  if (operand.kind === 'span') {
    return (value) => typeof value === 'number' && value >= operand.from && value < operand.to;
  }
  const wanted = operand.value;
  if (classOf(field.type) === 'id') return (value) => idOf(value) === wanted;
  if (typeof wanted !== 'string' || field.caseSensitive) return (value) => value === wanted;
  const lower = wanted.toLowerCase();
  return (value) => typeof value === 'string' && (value === wanted || value.toLowerCase() === lower);
}

function inTest(field: FieldDefinition, operands: readonly Operand[]): Test {
  const withNull = operands.some((operand) => operand.kind === 'null');
  const folds = classOf(field.type) === 'text' && !field.caseSensitive;
  const fold = (value: string | number | boolean) => (folds && typeof value === 'string' ? value.toLowerCase() : value);
  const wanted = new Set(operands.flatMap((operand) => (operand.kind === 'exact' ? [fold(operand.value)] : [])));
  const spans = operands.filter((operand) => operand.kind === 'span').map((operand) => equalTest(field, operand));
  return (value) => {
    if (value === null || value === undefined) return withNull;
    const plain = value instanceof Entry ? value.id : value;
    return wanted.has(fold(plain)) || spans.some((test) => test(value));
  };
}

/** `'a;b'` asks for both, several literals for any of them. */
function includesTest(operands: readonly Operand[]): Test {
  const wanted = operands.flatMap((operand) =>
    operand.kind === 'exact'
      ? [
          String(operand.value)
            .toLowerCase()
            .split(';')
            .map((part) => part.trim()),
        ]
      : [],
  );
  return (value) => {
    if (typeof value !== 'string') return false;
    const chosen = new Set(value.toLowerCase().split(';'));
    return wanted.some((all) => all.every((part) => chosen.has(part)));
  };
}

function likeTest(raw: string): Test {
  let source = '';
  for (const match of raw.matchAll(/\\u[0-9a-fA-F]{4}|\\.|%|_|[^\\%_]+/gs)) {
    const [part] = match;
    if (part === '%') source += '.*';
    else if (part === '_') source += '.';
    else source += escapeForPattern(part.startsWith('\\') && part.length === 2 ? part.slice(1) : part);
  }
  const pattern = new RegExp(`^${source}$`, 'is');
  return (value) => typeof value === 'string' && pattern.test(value);
}

function orderTest(field: FieldDefinition, operator: '<' | '<=' | '>' | '>=', operand: Operand): Test {
  if (operand.kind === 'null') return () => false;
  if (operand.kind === 'span') return spanOrderTest(operator, operand.from, operand.to);
  const wanted = operand.value;
  if (typeof wanted === 'number') {
    if (operator === '<') return (value) => typeof value === 'number' && value < wanted;
    if (operator === '<=') return (value) => typeof value === 'number' && value <= wanted;
    if (operator === '>') return (value) => typeof value === 'number' && value > wanted;
    return (value) => typeof value === 'number' && value >= wanted;
  }
  const folds = classOf(field.type) === 'text' && !field.caseSensitive;
  const bound = folds ? String(wanted).toLowerCase() : String(wanted);
  return (value) => {
    const text = value instanceof Entry ? value.id : value;
    if (typeof text !== 'string') return false;
    const plain = folds ? text.toLowerCase() : text;
    if (operator === '<') return plain < bound;
    if (operator === '<=') return plain <= bound;
    return operator === '>' ? plain > bound : plain >= bound;
  };
}

function spanOrderTest(operator: '<' | '<=' | '>' | '>=', from: number, to: number): Test {
  if (operator === '<') return (value) => typeof value === 'number' && value < from;
  if (operator === '<=') return (value) => typeof value === 'number' && value < to;
  if (operator === '>') return (value) => typeof value === 'number' && value >= to;
  return (value) => typeof value === 'number' && value >= from;
}

function notForOperator(scope: Scope, operator: Operator, field: FieldDefinition, at: number) {
  return scope.errors.invalidOperator(`invalid operator on field ${field.name}: ${operator}`, at);
}

const isNull: Test = (value) => value === null || value === undefined;
const idOf = (value: Stored) => (value instanceof Entry ? value.id : value);
const asList = (right: Literal | readonly Literal[]): readonly Literal[] => ('kind' in right ? [right] : right);
const escapeForPattern = (text: string) => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
