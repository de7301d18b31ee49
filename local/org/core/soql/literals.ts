import type { FieldDefinition } from '../contract/index.ts';
import { normaliseId } from '../ids/index.ts';
import { classOf, parseDate, parseDateTime, parseTime, secondsPerDay } from '../values/index.ts';
import type { Literal } from './ast.ts';
import { spanOf } from './date-names.ts';
import type { Scope } from './scope.ts';

/** A literal as it is compared: exact, or a span [from, to) of days or seconds. */
export type Operand =
  | { readonly kind: 'null' }
  | { readonly kind: 'exact'; readonly value: string | number | boolean }
  | { readonly kind: 'span'; readonly from: number; readonly to: number };

/** Checks a literal against the field that it is compared with. Throws `OrgError` in an org's words. */
export function operandOf(scope: Scope, field: FieldDefinition, literal: Literal): Operand {
  if (literal.kind === 'null') return { kind: 'null' };
  switch (classOf(field.type)) {
    case 'text':
      if (literal.kind !== 'string') throw wrongType(scope, field, literal, 'string', true);
      return literal.text === '' ? { kind: 'null' } : { kind: 'exact', value: unescape(literal.text) };
    case 'id':
      return idOperand(scope, field, literal);
    case 'number':
      if (literal.kind === 'currency') throw scope.errors.notYet('an amount with its currency', literal.at);
      if (literal.kind !== 'number') throw wrongType(scope, field, literal, field.type, false);
      return { kind: 'exact', value: Number(literal.text) };
    case 'boolean':
      if (literal.kind !== 'boolean') throw wrongType(scope, field, literal, 'boolean', false);
      return { kind: 'exact', value: literal.text === 'true' };
    case 'date':
      return dateOperand(scope, field, literal);
    case 'datetime':
      return dateTimeOperand(scope, field, literal);
    case 'time': {
      const time = literal.kind === 'time' ? parseTime(literal.text) : undefined;
      if (time === undefined) throw wrongType(scope, field, literal, 'time', false);
      return { kind: 'exact', value: time };
    }
    case 'compound':
      throw scope.errors.invalidField(`field '${field.name}' can not be filtered in a query call`, literal.at);
  }
}

function idOperand(scope: Scope, field: FieldDefinition, literal: Literal): Operand {
  if (literal.kind !== 'string') throw wrongType(scope, field, literal, 'string', true);
  if (literal.text === '') return { kind: 'null' };
  const id = normaliseId(literal.text);
  if (id === undefined) throw scope.errors.invalidOperator(`invalid ID field: ${literal.text}`, literal.at);
  return { kind: 'exact', value: id };
}

function dateOperand(scope: Scope, field: FieldDefinition, literal: Literal): Operand {
  if (literal.kind === 'dateName') return dayOperand(scope, literal, 1);
  const days = literal.kind === 'date' ? parseDate(literal.text) : undefined;
  if (days === undefined) throw wrongType(scope, field, literal, 'date', false);
  return { kind: 'exact', value: days };
}

function dateTimeOperand(scope: Scope, field: FieldDefinition, literal: Literal): Operand {
  if (literal.kind === 'dateName') return dayOperand(scope, literal, secondsPerDay);
  const seconds = literal.kind === 'datetime' ? parseDateTime(literal.text) : undefined;
  if (seconds === undefined) throw wrongType(scope, field, literal, 'dateTime', false);
  return { kind: 'exact', value: seconds };
}

function dayOperand(scope: Scope, literal: Literal, unitsPerDay: number): Operand {
  const { zone, clock } = scope;
  const today = Math.floor(zone.toLocal(Math.floor(clock.now() / 1000)) / secondsPerDay);
  const span = spanOf(literal.text, today);
  if (span === undefined) throw scope.errors.notYet(`the date literal ${literal.text}`, literal.at);
  if (unitsPerDay === 1) return { kind: 'span', ...span };
  return { kind: 'span', from: zone.toUtc(span.from * unitsPerDay), to: zone.toUtc(span.to * unitsPerDay) };
}

function wrongType(scope: Scope, field: FieldDefinition, literal: Literal, type: string, quoted: boolean) {
  const quotes = quoted ? 'should be enclosed in quotes' : 'should not be enclosed in quotes';
  return scope.errors.invalidField(
    `value of filter criterion for field '${field.name}' must be of type ${type} and ${quotes}`,
    literal.at,
  );
}

/** Text of a string literal, with its escapes undone. */
export function unescape(raw: string): string {
  return raw.replace(/\\(u[0-9a-fA-F]{4}|.)/gs, (_, code: string) => {
    if (code.startsWith('u') && code.length === 5) return String.fromCharCode(Number.parseInt(code.slice(1), 16));
    return escapes[code.toLowerCase()] ?? code;
  });
}

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };
