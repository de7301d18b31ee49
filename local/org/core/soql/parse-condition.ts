import type {
  ComparisonOperatorContext,
  FieldExpressionContext,
  LogicalExpressionContext,
  SubQueryContext,
  ValueContext,
  WhereLogicalExpressionContext,
} from '@apexdevtools/apex-parser';
import type { Comparison, Condition, Literal, Operator, Query } from './ast.ts';
import { boundLiterals, readField, type ParseContext } from './parse-context.ts';
import { readCall } from './parse-functions.ts';
import { restoreWildcardEscapes } from './wildcards.ts';

type ReadSubQuery = (query: SubQueryContext, context: ParseContext) => Query;

/** The condition of a WHERE clause. */
export function readCondition(
  context: WhereLogicalExpressionContext,
  parse: ParseContext,
  readSubQuery: ReadSubQuery,
): Condition {
  const parts = context.whereConditionalExpression_list().map((part): Condition => {
    const inner = part.whereLogicalExpression() ?? undefined;
    if (inner !== undefined) return readCondition(inner, parse, readSubQuery);
    const expression = part.whereFieldExpression();
    const field = expression.fieldExpression() ?? undefined;
    if (field === undefined) throw parse.errors.notYet('FORMULA in a condition', expression.start.start);
    return readComparison(field, parse, readSubQuery);
  });
  return combine(parts, (context.NOT() ?? undefined) !== undefined, context.SOQLOR_list().length > 0);
}

/** The condition of a HAVING clause. */
export function readLogical(
  context: LogicalExpressionContext,
  parse: ParseContext,
  readSubQuery: ReadSubQuery,
): Condition {
  const parts = context.conditionalExpression_list().map((part): Condition => {
    const inner = part.logicalExpression() ?? undefined;
    return inner === undefined
      ? readComparison(part.fieldExpression(), parse, readSubQuery)
      : readLogical(inner, parse, readSubQuery);
  });
  return combine(parts, (context.NOT() ?? undefined) !== undefined, context.SOQLOR_list().length > 0);
}

function combine(parts: readonly Condition[], negated: boolean, isOr: boolean): Condition {
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) return negated ? { kind: 'not', part: only } : only;
  return { kind: isOr ? 'or' : 'and', parts };
}

function readComparison(context: FieldExpressionContext, parse: ParseContext, readSubQuery: ReadSubQuery): Comparison {
  const call = context.soqlFunction() ?? undefined;
  const value = context.value();
  const subQuery = value.subQuery() ?? undefined;
  const operator = readOperator(context.comparisonOperator());
  return {
    kind: 'comparison',
    left: call === undefined ? readField(context.fieldName()) : readCall(call, parse),
    operator,
    right: subQuery === undefined ? readRight(value, operator, parse) : readSubQuery(subQuery, parse),
  };
}

function readOperator(context: ComparisonOperatorContext): Operator {
  const text = context.getText().toUpperCase();
  if (text === '<>') return '!=';
  return (text === 'NOTIN' ? 'NOT IN' : text) as Operator;
}

function readRight(value: ValueContext, operator: Operator, parse: ParseContext): Literal | readonly Literal[] {
  const list = value.valueList() ?? undefined;
  if (list === undefined) return readValue(value, operator, parse);
  return list.value_list().flatMap((item) => readValue(item, operator, parse));
}

/** A bound list stands for several literals. */
function readValue(value: ValueContext, operator: Operator, parse: ParseContext): Literal | readonly Literal[] {
  const bound = value.boundExpression() ?? undefined;
  return bound === undefined ? readLiteral(value, parse) : boundLiterals(bound, operator, parse);
}

function readLiteral(value: ValueContext, { errors }: ParseContext): Literal {
  const at = value.start.start;
  const text = value.getText();
  const has = (part: unknown) => (part ?? undefined) !== undefined;
  if (has(value.NULL())) return { kind: 'null', text, at };
  if (has(value.StringLiteral())) return { kind: 'string', text: restoreWildcardEscapes(text.slice(1, -1)), at };
  if (has(value.BooleanLiteral())) return { kind: 'boolean', text: text.toLowerCase(), at };
  if (has(value.signedNumber())) return { kind: 'number', text, at };
  if (has(value.DateTimeLiteral())) return { kind: 'datetime', text, at };
  if (has(value.DateLiteral())) return { kind: 'date', text, at };
  if (has(value.TimeLiteral())) return { kind: 'time', text, at };
  if (has(value.dateFormula())) return { kind: 'dateName', text: text.toUpperCase(), at };
  if (has(value.IntegralCurrencyLiteral())) return { kind: 'currency', text: text.toUpperCase(), at };
  throw errors.notYet(`the value ${text}`, at);
}
