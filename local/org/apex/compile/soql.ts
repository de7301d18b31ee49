import type { ExpressionContext, QueryContext, SoqlLiteralContext } from '@apexdevtools/apex-parser';
import { BoundExpressionContext } from '@apexdevtools/apex-parser';
import { OrgError } from '../../core/index.ts';
import { runCount, runQuery, type QueryCall } from '../runtime/query.ts';
import { failAt, present, unsupportedAt } from '../syntax/index.ts';
import { base, known, listOf, recordType } from '../types/index.ts';
import type { Expr, Scope } from './scope.ts';

/** Compiles `[SELECT …]`: its fields and binds are checked against the schema. */
export function compileSoql(scope: Scope, context: SoqlLiteralContext): Expr {
  const query = present(context.query()) ?? unsupportedAt(context, 'SOSL');
  const text = query.start.getInputStream().getText(query.start.start, (query.stop ?? query.start).stop);
  const binds = new Map(bindsOf(query).map((bound) => [keyOfBind(textIn(bound)), scope.expression(bound)]));
  const name = query.fromNameList().fieldName_list()[0]?.getText() ?? '';
  const object = scope.program.world.object(name);
  if (object === undefined) return failAt(query, `sObject type '${name}' is not supported.`);
  check(scope, query, text, binds);
  const call: QueryCall = {
    soql: text,
    bind: (frame, expression) => binds.get(keyOfBind(expression))?.evaluate(frame) ?? null,
    mode: undefined,
  };
  if (isCount(query)) return { type: base.integer, evaluate: (frame) => runCount(frame, call) };
  const type = listOf(isAggregate(query) ? known('AggregateResult').type() : recordType(object.name));
  return { type, isQuery: true, evaluate: (frame) => runQuery(frame, call, type) };
}

function check(scope: Scope, query: QueryContext, text: string, binds: ReadonlyMap<string, Expr>): void {
  try {
    scope.program.world.checkQuery(text, (expression) => binds.get(keyOfBind(expression))?.type ?? base.object);
  } catch (error) {
    if (!(error instanceof OrgError)) throw error;
    failAt(query, error.message.trim());
  }
}

const keyOfBind = (expression: string): string => expression.replace(/^:|\s+/g, '');

function textIn(context: ExpressionContext): string {
  return context.start.getInputStream().getText(context.start.start, (context.stop ?? context.start).stop);
}

function bindsOf(node: unknown): ExpressionContext[] {
  if (node instanceof BoundExpressionContext) return [node.expression()];
  const children = (node as { readonly children?: readonly unknown[] | null }).children ?? [];
  return children.flatMap(bindsOf);
}

function isCount(query: QueryContext): boolean {
  const [only, second] = query.selectList().selectEntry_list();
  const call = only === undefined || second !== undefined ? undefined : present(only.soqlFunction());
  const grouped = present(query.groupByClause()) !== undefined;
  return call !== undefined && !grouped && /^count\(\)$/i.test(call.getText()) && present(only?.soqlId()) === undefined;
}

function isAggregate(query: QueryContext): boolean {
  if (present(query.groupByClause()) !== undefined) return true;
  return query
    .selectList()
    .selectEntry_list()
    .some((entry) => /^(count|count_distinct|sum|avg|min|max)\(/i.test(present(entry.soqlFunction())?.getText() ?? ''));
}
