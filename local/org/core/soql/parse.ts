import {
  ApexErrorListener,
  ApexParserFactory,
  type FieldNameContext,
  type FieldOrderContext,
  type FromNameListContext,
  type GroupByClauseContext,
  type LimitClauseContext,
  type OffsetClauseContext,
  type OrderByClauseContext,
  type QueryContext,
  type SelectEntryContext,
  type SubFieldEntryContext,
  type SubQueryContext,
} from '@apexdevtools/apex-parser';
import type { FieldReference, Ordering, Query, SelectItem } from './ast.ts';
import type { QueryErrors } from './errors.ts';
import { readCall, readCondition, readLogical } from './parse-condition.ts';
import { hideWildcardEscapes } from './wildcards.ts';

/** Reads a query. Throws `OrgError` MALFORMED_QUERY for what is not SOQL or not yet understood. */
export function parseQuery(soql: string, errors: QueryErrors): Query {
  const { parser } = ApexParserFactory.createLexerAndParser(hideWildcardEscapes(soql, errors), new Listener(errors));
  const context = parser.query();
  const rest = parser.getTokenStream().LT(1);
  if (rest.type !== -1) throw errors.unexpected(rest.text, rest.start);
  return readQuery(context, errors);
}

/** Throws at the first mistake, naming the token as an org does. */
class Listener extends ApexErrorListener {
  readonly #errors: QueryErrors;

  constructor(errors: QueryErrors) {
    super();
    this.#errors = errors;
  }

  override syntaxError(_recognizer: unknown, offending: unknown, _line: number, column: number, message: string): void {
    const token = offending as { readonly text?: string; readonly start?: number } | undefined;
    if (typeof token?.text === 'string') throw this.#errors.unexpected(token.text, token.start ?? column);
    throw this.#errors.malformed(message, column);
  }

  override apexSyntaxError(): void {
    throw this.#errors.malformed('unexpected token');
  }
}

function readQuery(context: QueryContext, errors: QueryErrors): Query {
  refuse(context.usingScope(), 'USING SCOPE', errors);
  refuse(context.withClause(), 'WITH', errors);
  refuse(context.updateList(), 'UPDATE TRACKING or VIEWSTAT', errors);
  refuseForClauses(context.forClauses(), errors);
  const groupBy = present(context.groupByClause());
  return {
    ...readFrom(context.fromNameList(), errors),
    select: context
      .selectList()
      .selectEntry_list()
      .map((entry) => readEntry(entry, errors)),
    where: readWhere(context.whereClause(), errors),
    groupBy: groupBy === undefined ? [] : readGroupBy(groupBy, errors),
    having:
      groupBy === undefined || present(groupBy.logicalExpression()) === undefined
        ? undefined
        : readLogical(groupBy.logicalExpression(), readers, errors),
    orderBy: readOrderBy(context.orderByClause(), errors),
    limit: readCount(context.limitClause(), errors),
    offset: readCount(context.offsetClause(), errors),
    allRows: present(context.allRowsClause()) !== undefined,
  };
}

function readSubQuery(context: SubQueryContext, errors: QueryErrors): Query {
  refuse(context.updateList(), 'UPDATE TRACKING or VIEWSTAT', errors);
  refuseForClauses(context.forClauses(), errors);
  return {
    ...readFrom(context.fromNameList(), errors),
    select: context
      .subFieldList()
      .subFieldEntry_list()
      .map((entry) => readEntry(entry, errors)),
    where: readWhere(context.whereClause(), errors),
    groupBy: [],
    having: undefined,
    orderBy: readOrderBy(context.orderByClause(), errors),
    limit: readCount(context.limitClause(), errors),
    offset: undefined,
    allRows: false,
  };
}

const readers = { subQuery: readSubQuery, field: readField };

function readEntry(entry: SelectEntryContext | SubFieldEntryContext, errors: QueryErrors): SelectItem {
  refuse(entry.typeOf(), 'TYPEOF', errors);
  const subQuery = present(entry.subQuery());
  if (subQuery !== undefined) return { kind: 'children', query: readSubQuery(subQuery, errors) };
  const alias = present(entry.soqlId())?.getText();
  if (alias !== undefined) refuseReserved(alias, entry.soqlId().start.start, errors);
  const call = present(entry.soqlFunction());
  if (call === undefined) return { kind: 'expression', expression: readField(entry.fieldName()), alias };
  const which = present(call.soqlFieldsParameter());
  if (which !== undefined)
    return { kind: 'fields', which: which.getText().toUpperCase() as 'ALL' | 'STANDARD' | 'CUSTOM' };
  return { kind: 'expression', expression: readCall(call, readers, errors), alias };
}

function readField(context: FieldNameContext): FieldReference {
  return { kind: 'field', path: context.soqlId_list().map((id) => id.getText()), at: context.start.start };
}

function readFrom(context: FromNameListContext, errors: QueryErrors): Pick<Query, 'from' | 'fromAt' | 'alias'> {
  const [name, second] = context.fieldName_list();
  if (name === undefined) throw errors.unexpected('<EOF>', context.start.start);
  if (second !== undefined) throw errors.notYet('a FROM clause of several names', second.start.start);
  refuseReserved(name.getText(), name.start.start, errors);
  const [alias] = context.soqlId_list();
  if (alias !== undefined) refuseReserved(alias.getText(), alias.start.start, errors);
  return { from: name.getText(), fromAt: name.start.start, alias: alias?.getText() };
}

function readWhere(
  context: QueryContext['whereClause'] extends () => infer Clause ? Clause : never,
  errors: QueryErrors,
) {
  const clause = present(context);
  return clause === undefined ? undefined : readCondition(clause.whereLogicalExpression(), readers, errors);
}

function readGroupBy(context: GroupByClauseContext, errors: QueryErrors) {
  refuse(context.ROLLUP(), 'GROUP BY ROLLUP', errors);
  refuse(context.CUBE(), 'GROUP BY CUBE', errors);
  return context
    .fieldGroupByList()
    .fieldGroupBy_list()
    .map((item) => {
      const call = present(item.soqlFunction());
      return call === undefined ? readField(item.fieldName()) : readCall(call, readers, errors);
    });
}

function readOrderBy(context: OrderByClauseContext, errors: QueryErrors): Ordering[] {
  const clause = present(context);
  return clause === undefined
    ? []
    : clause
        .fieldOrderList()
        .fieldOrder_list()
        .map((item) => readOrdering(item, errors));
}

function readOrdering(item: FieldOrderContext, errors: QueryErrors): Ordering {
  const call = present(item.soqlFunction());
  return {
    expression: call === undefined ? readField(item.fieldName()) : readCall(call, readers, errors),
    descending: present(item.DESC()) !== undefined,
    nullsLast: present(item.LAST()) !== undefined,
  };
}

function readCount(context: LimitClauseContext | OffsetClauseContext, errors: QueryErrors): number | undefined {
  const clause = present(context);
  if (clause === undefined) return undefined;
  const literal = present(clause.IntegerLiteral());
  if (literal === undefined) throw errors.malformed('Bind variables only allowed in Apex code', clause.start.start);
  return Number(literal.getText());
}

function refuseForClauses(
  context: QueryContext['forClauses'] extends () => infer Clause ? Clause : never,
  errors: QueryErrors,
): void {
  const clause = present(context);
  if (clause !== undefined && clause.FOR_list().length > 0)
    throw errors.notYet(`FOR ${clause.getText().slice(3)}`, clause.start.start);
}

function refuse(context: unknown, what: string, errors: QueryErrors): void {
  if (present(context) !== undefined) throw errors.notYet(what);
}

/** The grammar lets these be names; an org does not. */
function refuseReserved(name: string, at: number, errors: QueryErrors): void {
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

/** The parser's types promise what its methods do not: a part that is not there is null. */
function present<Part>(part: Part): NonNullable<Part> | undefined {
  return part ?? undefined;
}
