import type {
  ComparisonOperatorContext,
  FieldExpressionContext,
  FieldNameContext,
  LogicalExpressionContext,
  SoqlFunctionContext,
  SubQueryContext,
  ValueContext,
  WhereLogicalExpressionContext,
} from '@apexdevtools/apex-parser';
import type { Comparison, Condition, Expression, FieldReference, Literal, Operator, Query } from './ast.ts';
import type { QueryErrors } from './errors.ts';
import { restoreWildcardEscapes } from './wildcards.ts';

export interface Readers {
  subQuery(context: SubQueryContext, errors: QueryErrors): Query;
  field(context: FieldNameContext): FieldReference;
}

/** The condition of a WHERE clause. */
export function readCondition(
  context: WhereLogicalExpressionContext,
  readers: Readers,
  errors: QueryErrors,
): Condition {
  const parts = context.whereConditionalExpression_list().map((part): Condition => {
    const inner = part.whereLogicalExpression() ?? undefined;
    if (inner !== undefined) return readCondition(inner, readers, errors);
    const expression = part.whereFieldExpression();
    const field = expression.fieldExpression() ?? undefined;
    if (field === undefined) throw errors.notYet('FORMULA in a condition', expression.start.start);
    return readComparison(field, readers, errors);
  });
  return combine(parts, (context.NOT() ?? undefined) !== undefined, context.SOQLOR_list().length > 0);
}

/** The condition of a HAVING clause. */
export function readLogical(context: LogicalExpressionContext, readers: Readers, errors: QueryErrors): Condition {
  const parts = context.conditionalExpression_list().map((part): Condition => {
    const inner = part.logicalExpression() ?? undefined;
    return inner === undefined
      ? readComparison(part.fieldExpression(), readers, errors)
      : readLogical(inner, readers, errors);
  });
  return combine(parts, (context.NOT() ?? undefined) !== undefined, context.SOQLOR_list().length > 0);
}

export function readCall(context: SoqlFunctionContext, readers: Readers, errors: QueryErrors): Expression {
  const at = context.start.start;
  const name = context.start.text.toUpperCase();
  if (!knownFunctions.has(name)) throw errors.notYet(`the function ${name}`, at);
  if ((context.soqlFunction() ?? undefined) !== undefined) throw errors.notYet(`a function inside ${name}`, at);
  const dateField = context.dateFieldName() ?? undefined;
  if ((dateField?.CONVERT_TIMEZONE() ?? undefined) !== undefined) throw errors.notYet('convertTimezone', at);
  const field = dateField?.fieldName() ?? context.fieldName() ?? undefined;
  return { kind: 'call', name, argument: field === undefined ? undefined : readers.field(field), at };
}

function combine(parts: readonly Condition[], negated: boolean, isOr: boolean): Condition {
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) return negated ? { kind: 'not', part: only } : only;
  return { kind: isOr ? 'or' : 'and', parts };
}

function readComparison(context: FieldExpressionContext, readers: Readers, errors: QueryErrors): Comparison {
  const call = context.soqlFunction() ?? undefined;
  return {
    kind: 'comparison',
    left: call === undefined ? readers.field(context.fieldName()) : readCall(call, readers, errors),
    operator: readOperator(context.comparisonOperator()),
    right: readRight(context.value(), readers, errors),
  };
}

function readOperator(context: ComparisonOperatorContext): Operator {
  const text = context.getText().toUpperCase();
  if (text === '<>') return '!=';
  return (text === 'NOTIN' ? 'NOT IN' : text) as Operator;
}

function readRight(value: ValueContext, readers: Readers, errors: QueryErrors): Comparison['right'] {
  const subQuery = value.subQuery() ?? undefined;
  if (subQuery !== undefined) return readers.subQuery(subQuery, errors);
  const list = value.valueList() ?? undefined;
  return list === undefined ? readLiteral(value, errors) : list.value_list().map((item) => readLiteral(item, errors));
}

function readLiteral(value: ValueContext, errors: QueryErrors): Literal {
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
  if (has(value.boundExpression())) throw errors.malformed('Bind variables only allowed in Apex code', at);
  throw errors.notYet(`the value ${text}`, at);
}

const knownFunctions: ReadonlySet<string> = new Set([
  'AVG',
  'COUNT',
  'COUNT_DISTINCT',
  'MIN',
  'MAX',
  'SUM',
  'TOLABEL',
  'CALENDAR_MONTH',
  'CALENDAR_QUARTER',
  'CALENDAR_YEAR',
  'DAY_IN_MONTH',
  'DAY_IN_WEEK',
  'DAY_IN_YEAR',
  'DAY_ONLY',
  'FISCAL_MONTH',
  'FISCAL_QUARTER',
  'FISCAL_YEAR',
  'HOUR_IN_DAY',
  'WEEK_IN_MONTH',
  'WEEK_IN_YEAR',
]);
