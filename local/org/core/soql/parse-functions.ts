import type { SoqlFunctionContext } from '@apexdevtools/apex-parser';
import type { FunctionCall } from './ast.ts';
import { present, readField, type ParseContext } from './parse-context.ts';

/** A call of a function. Throws `OrgError` MALFORMED_QUERY for one that the local org does not know. */
export function readCall(context: SoqlFunctionContext, parse: ParseContext): FunctionCall {
  const at = context.start.start;
  const name = context.start.text.toUpperCase();
  if (!knownFunctions.has(name)) throw parse.errors.notYet(`the function ${name}`, at);
  const inner = present(context.soqlFunction());
  if (inner !== undefined) return { kind: 'call', name, argument: readCall(inner, parse), at };
  const date = present(context.dateFieldName());
  const field = present(date?.fieldName() ?? context.fieldName());
  const argument = field === undefined ? undefined : readField(field);
  if (date === undefined || present(date.CONVERT_TIMEZONE()) === undefined) return { kind: 'call', name, argument, at };
  return {
    kind: 'call',
    name,
    argument: { kind: 'call', name: 'CONVERTTIMEZONE', argument, at: date.start.start },
    at,
  };
}

const knownFunctions: ReadonlySet<string> = new Set([
  'AVG',
  'COUNT',
  'COUNT_DISTINCT',
  'MIN',
  'MAX',
  'SUM',
  'TOLABEL',
  'FORMAT',
  'GROUPING',
  'CONVERTCURRENCY',
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
