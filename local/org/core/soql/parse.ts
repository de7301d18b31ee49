import {
  ApexErrorListener,
  ApexParserFactory,
  type ForClausesContext,
  type FromNameListContext,
  type GroupByClauseContext,
  type LimitClauseContext,
  type OffsetClauseContext,
  type OrderByClauseContext,
  type QueryContext,
  type SubQueryContext,
  type WhereClauseContext,
  type WithClauseContext,
} from '@apexdevtools/apex-parser';
import { OrgError } from '../contract/index.ts';
import type { Expression, Ordering, Query } from './ast.ts';
import type { QueryErrors } from './errors.ts';
import { readCondition, readLogical } from './parse-condition.ts';
import { boundValue, present, readField, type ParseContext } from './parse-context.ts';
import { readCall } from './parse-functions.ts';
import { readEntry, refuseReserved } from './parse-select.ts';
import { hideWildcardEscapes } from './wildcards.ts';

/** Source: SOQL and SOSL Reference, "SOQL and SOSL Limits for Search Queries". */
const longestQuery = 100_000;

/** Reads a query. Throws `OrgError` MALFORMED_QUERY for what is not SOQL or not yet understood. */
export function parseQuery(soql: string, { errors, apex }: Pick<ParseContext, 'errors' | 'apex'>): Query {
  if (soql.length > longestQuery)
    throw errors.malformed(`SOQL statements cannot be longer than ${longestQuery} characters.`);
  const text = hideWildcardEscapes(soql, errors);
  return readQuery(parseText(text, errors), { soql: text, errors, apex });
}

/**
 * ANTLR's two stages: its fast prediction takes almost every query, in a tenth of the time. What it refuses is parsed
 * once more by the full one, which alone knows what is wrong.
 */
function parseText(text: string, errors: QueryErrors): QueryContext {
  try {
    return parseAs(fastPrediction, text, errors);
  } catch (error) {
    if (!(error instanceof OrgError)) throw error;
    return parseAs(fullPrediction, text, errors);
  }
}

/** `PredictionMode.SLL` and `.LL` of antlr4, which the grammar's package does not hand on. */
const fastPrediction = 0;
const fullPrediction = 1;

function parseAs(prediction: number, text: string, errors: QueryErrors): QueryContext {
  const { parser } = ApexParserFactory.createLexerAndParser(text, new Listener(errors));
  (parser as unknown as { readonly _interp: { predictionMode: number } })._interp.predictionMode = prediction;
  const query = parser.query();
  const rest = parser.getTokenStream().LT(1);
  if (rest.type !== -1) throw errors.unexpected(rest.text, rest.start);
  return query;
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

function readQuery(query: QueryContext, context: ParseContext): Query {
  refuse(query.usingScope(), 'USING SCOPE', context);
  refuse(query.updateList(), 'UPDATE TRACKING or VIEWSTAT', context);
  const groupBy = present(query.groupByClause());
  const having = present(groupBy?.logicalExpression());
  const allRows = present(query.allRowsClause());
  if (allRows !== undefined && context.apex === undefined)
    throw context.errors.malformed('ALL ROWS not allowed in this context', allRows.start.start);
  return {
    ...readFrom(query.fromNameList(), context),
    select: query
      .selectList()
      .selectEntry_list()
      .map((entry) => readEntry(entry, context, readSubQuery)),
    where: readWhere(query.whereClause(), context),
    groupBy: groupBy === undefined ? [] : readGroupBy(groupBy, context),
    grouping: present(groupBy?.ROLLUP()) ? 'rollup' : present(groupBy?.CUBE()) ? 'cube' : 'plain',
    having: having === undefined ? undefined : readLogical(having, context, readSubQuery),
    orderBy: readOrderBy(query.orderByClause(), context),
    limit: readCount(query.limitClause(), context),
    offset: readCount(query.offsetClause(), context),
    allRows: allRows !== undefined,
    mode: readMode(query.withClause(), context),
    lock: readLock(query.forClauses(), context),
  };
}

function readSubQuery(query: SubQueryContext, context: ParseContext): Query {
  refuse(query.updateList(), 'UPDATE TRACKING or VIEWSTAT', context);
  const lock = readLock(query.forClauses(), context);
  if (lock !== undefined) throw context.errors.unexpected('FOR', query.forClauses().start.start);
  return {
    ...readFrom(query.fromNameList(), context),
    select: query
      .subFieldList()
      .subFieldEntry_list()
      .map((entry) => readEntry(entry, context, readSubQuery)),
    where: readWhere(query.whereClause(), context),
    groupBy: [],
    grouping: 'plain',
    having: undefined,
    orderBy: readOrderBy(query.orderByClause(), context),
    limit: readCount(query.limitClause(), context),
    offset: undefined,
    allRows: false,
    mode: undefined,
    lock,
  };
}

function readFrom(from: FromNameListContext, context: ParseContext): Pick<Query, 'from' | 'fromAt' | 'alias'> {
  const [name, second] = from.fieldName_list();
  if (name === undefined) throw context.errors.unexpected('<EOF>', from.start.start);
  if (second !== undefined) throw context.errors.notYet('a FROM clause of several names', second.start.start);
  refuseReserved(name.getText(), name.start.start, context);
  const [alias] = from.soqlId_list();
  if (alias !== undefined) refuseReserved(alias.getText(), alias.start.start, context);
  return { from: name.getText(), fromAt: name.start.start, alias: alias?.getText() };
}

function readWhere(where: WhereClauseContext, context: ParseContext) {
  const clause = present(where);
  return clause === undefined ? undefined : readCondition(clause.whereLogicalExpression(), context, readSubQuery);
}

function readGroupBy(groupBy: GroupByClauseContext, context: ParseContext): Expression[] {
  return groupBy
    .fieldGroupByList()
    .fieldGroupBy_list()
    .map((item) => {
      const call = present(item.soqlFunction());
      return call === undefined ? readField(item.fieldName()) : readCall(call, context);
    });
}

function readOrderBy(orderBy: OrderByClauseContext, context: ParseContext): Ordering[] {
  const items = present(orderBy)?.fieldOrderList().fieldOrder_list() ?? [];
  return items.map((item) => {
    const call = present(item.soqlFunction());
    return {
      expression: call === undefined ? readField(item.fieldName()) : readCall(call, context),
      descending: present(item.DESC()) !== undefined,
      nullsLast: present(item.LAST()) !== undefined,
    };
  });
}

function readCount(count: LimitClauseContext | OffsetClauseContext, context: ParseContext): number | undefined {
  const clause = present(count);
  if (clause === undefined) return undefined;
  const literal = present(clause.IntegerLiteral());
  if (literal !== undefined) return Number(literal.getText());
  const value = boundValue(clause.boundExpression(), context);
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0) return value;
  throw context.errors.malformed(`Invalid value for limit: ${JSON.stringify(value)}`, clause.start.start);
}

function readMode(withClause: WithClauseContext, context: ParseContext): Query['mode'] {
  const clause = present(withClause);
  if (clause === undefined) return undefined;
  const mode = clause.getText().slice('WITH'.length).toUpperCase();
  if (mode !== 'USER_MODE' && mode !== 'SYSTEM_MODE' && mode !== 'SECURITY_ENFORCED')
    throw context.errors.notYet('a WITH clause of this kind', clause.start.start);
  if (context.apex === undefined)
    throw context.errors.malformed(`WITH ${mode} is only supported in Apex`, clause.start.start);
  return mode;
}

function readLock(forClauses: ForClausesContext, { errors }: ParseContext): Query['lock'] {
  const clause = present(forClauses);
  if (clause === undefined || clause.FOR_list().length === 0) return undefined;
  if (clause.FOR_list().length > 1) throw errors.notYet('several FOR clauses', clause.start.start);
  return clause.getText().slice('FOR'.length).toUpperCase() as Query['lock'];
}

function refuse(part: unknown, what: string, { errors }: ParseContext): void {
  if (present(part) !== undefined) throw errors.notYet(what);
}
