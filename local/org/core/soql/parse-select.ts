import type {
  SelectEntryContext,
  SubFieldEntryContext,
  SubQueryContext,
  TypeOfContext,
} from '@apexdevtools/apex-parser';
import type { Query, SelectItem, TypeOf } from './ast.ts';
import { present, readField, type ParseContext } from './parse-context.ts';
import { readCall } from './parse-functions.ts';

/** One item of a SELECT clause. */
export function readEntry(
  entry: SelectEntryContext | SubFieldEntryContext,
  context: ParseContext,
  readSubQuery: (query: SubQueryContext, context: ParseContext) => Query,
): SelectItem {
  const typeOf = present(entry.typeOf());
  if (typeOf !== undefined) return readTypeOf(typeOf);
  const subQuery = present(entry.subQuery());
  if (subQuery !== undefined) return { kind: 'children', query: readSubQuery(subQuery, context) };
  const alias = present(entry.soqlId())?.getText();
  if (alias !== undefined) refuseReserved(alias, entry.soqlId().start.start, context);
  const call = present(entry.soqlFunction());
  if (call === undefined) return { kind: 'expression', expression: readField(entry.fieldName()), alias };
  const which = present(call.soqlFieldsParameter());
  if (which !== undefined)
    return { kind: 'fields', which: which.getText().toUpperCase() as 'ALL' | 'STANDARD' | 'CUSTOM' };
  return { kind: 'expression', expression: readCall(call, context), alias };
}

function readTypeOf(context: TypeOfContext): TypeOf {
  const otherwise = present(context.elseClause());
  return {
    kind: 'typeof',
    reference: readField(context.fieldName()),
    whens: context.whenClause_list().map((when) => ({
      type: when.fieldName().getText(),
      at: when.fieldName().start.start,
      fields: when.fieldNameList().fieldName_list().map(readField),
    })),
    otherwise: otherwise?.fieldNameList().fieldName_list().map(readField),
  };
}

/** The grammar lets these be names; an org does not. */
export function refuseReserved(name: string, at: number, { errors }: ParseContext): void {
  if (reserved.has(name.toUpperCase())) throw errors.unexpected(name, at);
}

const reserved: ReadonlySet<string> = new Set([
  'AND',
  'ASC',
  'DESC',
  'EXCLUDES',
  'FIRST',
  'FROM',
  'HAVING',
  'IN',
  'INCLUDES',
  'LAST',
  'LIKE',
  'LIMIT',
  'NOT',
  'NULL',
  'NULLS',
  'OR',
  'SELECT',
  'USING',
  'WHERE',
  'WITH',
  'ORDER',
  'BY',
  'OFFSET',
]);
