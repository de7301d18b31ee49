import type { QueryRow, QueryRows } from '../contract/index.ts';
import type { Row, Stored } from '../storage/index.ts';
import { toJson } from '../values/index.ts';
import { accumulatorOf, type AccumulatorMaker } from './accumulators.ts';
import type { Expression, FunctionCall, Query } from './ast.ts';
import { formatOf } from './formats.ts';
import { functionField } from './function-field.ts';
import { aggregateNames, fieldArgument, resolveValue, type Valued } from './functions.ts';
import { gatherGroups, type Group } from './groups.ts';
import { compileHaving } from './having.ts';
import { comparator, sortKey } from './ordering.ts';
import type { Scope } from './scope.ts';

/** Turns matching records into AggregateResult rows. */
export type Aggregation = (rows: readonly Row[]) => QueryRows;

/** A value of a group: one of what it is grouped by, or an aggregate. */
export interface GroupValue {
  readonly valued: Omit<Valued, 'get'>;
  readonly get: (group: Group) => Stored;
}

export function isAggregate(query: Query): boolean {
  const isCall = (expression: Expression): boolean =>
    expression.kind === 'call' &&
    (aggregateNames.has(expression.name) || (expression.argument !== undefined && isCall(expression.argument)));
  return query.groupBy.length > 0 || query.select.some((item) => item.kind === 'expression' && isCall(item.expression));
}

/** Source: SOQL and SOSL Reference, "GROUP BY ROLLUP" and "GROUP BY CUBE". */
const mostSubtotalKeys = 3;

export function compileAggregation(scope: Scope, query: Query): Aggregation {
  const { errors } = scope;
  if (query.lock !== undefined) throw errors.malformed(`FOR ${query.lock} is not allowed with aggregates`);
  if (query.grouping !== 'plain' && query.groupBy.length > mostSubtotalKeys) {
    const name = query.grouping.toUpperCase();
    throw errors.malformed(`GROUP BY ${name} can have at most ${mostSubtotalKeys} fields`, query.groupBy[0]?.at);
  }
  const values = new GroupValues(scope, query);
  const columns = query.select.map((item, index) => {
    if (item.kind !== 'expression') throw errors.malformed('a subquery or FIELDS() cannot be used with an aggregate');
    const unnamed = query.select
      .slice(0, index)
      .filter((other) => other.kind === 'expression' && other.expression.kind === 'call' && other.alias === undefined);
    const value = values.of(item.expression, 'Field must be grouped or aggregated');
    const name =
      item.alias ??
      (item.expression.kind === 'call' ? `expr${unnamed.length}` : (value.valued.name.split('.').pop() ?? ''));
    return { name, value };
  });
  const having =
    query.having === undefined
      ? () => true
      : compileHaving(scope, query.having, (expression) =>
          values.of(expression, 'Field must be grouped or aggregated'),
        );
  const order = query.orderBy.map((ordering) => ({
    get: values.of(ordering.expression, 'Ordered field must be grouped or aggregated').get,
    compare: comparator(ordering),
  }));
  if (query.groupBy.length === 0 && query.limit !== undefined) {
    throw errors.malformed('Non-grouped query that uses overall aggregate functions cannot also use LIMIT');
  }
  return (rows) => {
    const groups = gatherGroups(rows, values.keys, query.grouping, values.makers).filter(having);
    groups.sort((left, right) => {
      for (const { get, compare } of order) {
        const difference = compare(sortKey(get(left)), sortKey(get(right)));
        if (difference !== 0) return difference;
      }
      return 0;
    });
    const skip = query.offset ?? 0;
    const shown = groups.slice(skip, skip + (query.limit ?? groups.length));
    return { totalSize: shown.length, rows: shown.map(toRow) };
  };

  function toRow(group: Group): QueryRow {
    const cells = columns.map(({ name, value }) => [name, toJson(value.valued.field.type, value.get(group))] as const);
    return { type: 'AggregateResult', id: undefined, values: new Map(cells) };
  }
}

/** What a grouped query may name: what it is grouped by, and aggregates. */
class GroupValues {
  readonly keys: readonly Valued[];
  readonly makers: AccumulatorMaker[] = [];
  readonly #scope: Scope;

  constructor(scope: Scope, query: Query) {
    this.#scope = scope;
    this.keys = query.groupBy.map((expression) => groupKey(scope, expression));
  }

  /** Throws MALFORMED_QUERY with the complaint for what is neither. */
  of(expression: Expression, complaint: string): GroupValue {
    if (expression.kind === 'call') {
      if (aggregateNames.has(expression.name)) return this.#aggregate(expression);
      if (expression.name === 'GROUPING') return this.#grouping(expression);
      if (expression.name === 'FORMAT') return this.#formatted(expression, complaint);
    }
    const valued = resolveValue(this.#scope, expression);
    const index = this.keys.findIndex((candidate) => candidate.name === valued.name);
    const key = this.keys[index];
    if (key === undefined) throw this.#scope.errors.malformed(`${complaint}: ${valued.name}`, expression.at);
    return {
      valued,
      get: ({ sample, keyed }) => (sample === undefined || keyed[index] !== true ? null : key.get(sample)),
    };
  }

  #aggregate(call: FunctionCall): GroupValue {
    const access = call.argument === undefined ? undefined : fieldArgument(this.#scope, call);
    if (access === undefined && call.name !== 'COUNT') throw this.#scope.errors.unexpected(')', call.at);
    const { make, type } = accumulatorOf(this.#scope, call, access);
    const index = this.makers.push(make) - 1;
    const name = `${call.name}(${access?.name ?? ''})`;
    return { valued: { field: functionField(name, type), name }, get: (group) => group.states[index]?.result() };
  }

  /** 1 where a subtotal leaves the field out, else 0. */
  #grouping(call: FunctionCall): GroupValue {
    const { name, field } = fieldArgument(this.#scope, call);
    const index = this.keys.findIndex((key) => key.name === name);
    if (index < 0) throw this.#scope.errors.malformed(`Field must be grouped: ${field.name}`, call.at);
    const own = `GROUPING(${name})`;
    return { valued: { field: functionField(own, 'int'), name: own }, get: ({ keyed }) => (keyed[index] ? 0 : 1) };
  }

  #formatted(call: FunctionCall, complaint: string): GroupValue {
    if (call.argument === undefined) throw this.#scope.errors.unexpected(')', call.at);
    const { valued, get } = this.of(call.argument, complaint);
    const format = formatOf(this.#scope, valued.field, call.at);
    const name = `FORMAT(${valued.name})`;
    return { valued: { field: functionField(name, 'string'), name }, get: (group) => format(get(group), group.sample) };
  }
}

function groupKey(scope: Scope, expression: Expression): Valued {
  const valued = resolveValue(scope, expression);
  const ungroupable = ['double', 'currency', 'percent', 'datetime', 'time', 'multipicklist', 'address', 'location'];
  const long = valued.field.type === 'textarea' && (valued.field.length ?? 0) > 255;
  if (long || ungroupable.includes(valued.field.type)) {
    throw scope.errors.malformed(`field '${valued.field.name}' can not be grouped in a query call`, expression.at);
  }
  return valued;
}
