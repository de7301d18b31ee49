import type { BoundExpressionContext, FieldNameContext } from '@apexdevtools/apex-parser';
import type { ApexQuery, BoundValue } from '../contract/index.ts';
import type { FieldReference, Literal, Operator } from './ast.ts';
import type { QueryErrors } from './errors.ts';
import { restoreWildcardEscapes } from './wildcards.ts';

/** What all parts of one query's parsing share. */
export interface ParseContext {
  readonly soql: string;
  readonly errors: QueryErrors;
  /** Absent: an API asks, which binds nothing. */
  readonly apex: ApexQuery | undefined;
}

/** The value of a bound expression. Throws MALFORMED_QUERY when no Apex asks. */
export function boundValue(context: BoundExpressionContext, { soql, errors, apex }: ParseContext): BoundValue {
  if (apex === undefined) throw errors.malformed('Bind variables only allowed in Apex code', context.start.start);
  const { start, stop } = context.expression();
  return apex.bind(restoreWildcardEscapes(soql.slice(start.start, (stop ?? start).stop + 1)));
}

/** A bound expression as the literals that it stands for. */
export function boundLiterals(
  context: BoundExpressionContext,
  operator: Operator,
  parse: ParseContext,
): Literal | readonly Literal[] {
  return literalsOf(boundValue(context, parse), operator, context.start.start);
}

function literalsOf(value: BoundValue, operator: Operator, at: number): Literal | readonly Literal[] {
  if (isList(value)) return value.flatMap((item) => literalsOf(item, operator, at));
  if (value === null) return { kind: 'null', text: 'null', at };
  // A pattern of LIKE has escapes of its own; all other text is meant as it is.
  if (typeof value === 'string')
    return { kind: 'string', text: operator === 'LIKE' ? value : value.replaceAll('\\', '\\\\'), at };
  if (typeof value === 'object') return { kind: value.kind, text: value.text, at };
  return { kind: typeof value === 'number' ? 'number' : 'boolean', text: String(value), at };
}

function isList(value: BoundValue): value is readonly BoundValue[] {
  return Array.isArray(value);
}

export function readField(context: FieldNameContext): FieldReference {
  return { kind: 'field', path: context.soqlId_list().map((id) => id.getText()), at: context.start.start };
}

/** The parser's types promise what its methods do not: a part that is not there is null. */
export function present<Part>(part: Part): NonNullable<Part> | undefined {
  return part ?? undefined;
}
