import type { QueryRow, QueryRows } from '../contract.ts';
import type { Row } from '../storage/index.ts';
import { classOf, toJson } from '../values/index.ts';
import { accumulatorOf, type Accumulator, type AccumulatorMaker } from './accumulators.ts';
import type { Condition, Expression, FunctionCall, Query } from './ast.ts';
import { compileTest } from './comparisons.ts';
import { aggregateNames, functionField, resolveValue, type Valued } from './functions.ts';
import { comparator, sortKey } from './ordering.ts';
import { resolveField, type Scope } from './scope.ts';

/** Turns matching records into AggregateResult rows. */
export type Aggregation = (rows: readonly Row[]) => QueryRows;

export function isAggregate(query: Query): boolean {
  return (
    query.groupBy.length > 0 ||
    query.select.some(
      (item) =>
        item.kind === 'expression' && item.expression.kind === 'call' && aggregateNames.has(item.expression.name),
    )
  );
}

/** A group while it is gathered: a record of it, and the state of each aggregate. */
interface Group {
  readonly sample: Row | undefined;
  readonly states: readonly Accumulator[];
}

/** A value of a group: one of what it is grouped by, or an aggregate. */
interface GroupValue {
  readonly valued: Omit<Valued, 'get'>;
  readonly get: (group: Group) => string | number | boolean | null;
}

export function compileAggregation(scope: Scope, query: Query): Aggregation {
  const { errors } = scope;
  const keys = query.groupBy.map((expression) => groupKey(scope, expression));
  const makers: AccumulatorMaker[] = [];
  const columns = query.select.map((item, index) => {
    if (item.kind !== 'expression') throw errors.malformed('a subquery or FIELDS() cannot be used with an aggregate');
    const unnamed = query.select
      .slice(0, index)
      .filter((other) => other.kind === 'expression' && other.expression.kind === 'call' && other.alias === undefined);
    const value = groupValue(item.expression, 'Field must be grouped or aggregated');
    const name =
      item.alias ??
      (item.expression.kind === 'call' ? `expr${unnamed.length}` : (value.valued.name.split('.').pop() ?? ''));
    return { name, value };
  });
  const having = query.having === undefined ? () => true : compileHaving(query.having);
  const order = query.orderBy.map((ordering) => ({
    get: groupValue(ordering.expression, 'Ordered field must be grouped or aggregated').get,
    compare: comparator(ordering),
  }));
  if (keys.length === 0 && query.limit !== undefined) {
    throw errors.malformed('Non-grouped query that uses overall aggregate functions cannot also use LIMIT');
  }

  return (rows) => {
    const groups = [...gather(rows)].filter(having);
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

  function gather(rows: readonly Row[]): Iterable<Group> {
    const groups = new Map<string, Group>();
    if (keys.length === 0) groups.set('', { sample: rows[0], states: makers.map((make) => make()) });
    for (const row of rows) {
      const key = keys.length === 0 ? '' : JSON.stringify(keys.map(({ get }) => sortKey(get(row))));
      let group = groups.get(key);
      if (group === undefined) {
        group = { sample: row, states: makers.map((make) => make()) };
        groups.set(key, group);
      }
      for (const state of group.states) state.add(row);
    }
    return groups.values();
  }

  function toRow(group: Group): QueryRow {
    const values = new Map(columns.map(({ name, value }) => [name, value.get(group)] as const));
    return { type: 'AggregateResult', id: undefined, values };
  }

  function groupValue(expression: Expression, complaint: string): GroupValue {
    if (expression.kind === 'call' && aggregateNames.has(expression.name)) return aggregateValue(expression);
    const valued = resolveValue(scope, expression);
    const key = keys.find((candidate) => candidate.name === valued.name);
    if (key === undefined) throw errors.malformed(`${complaint}: ${valued.name}`, expression.at);
    return { valued, get: ({ sample }) => (sample === undefined ? null : toJson(valued.field.type, key.get(sample))) };
  }

  function aggregateValue(call: FunctionCall): GroupValue {
    const access = call.argument === undefined ? undefined : resolveField(scope, call.argument);
    if (access === undefined && call.name !== 'COUNT') throw errors.unexpected(')', call.at);
    const { make, type } = accumulatorOf(scope, call, access);
    const index = makers.push(make) - 1;
    const name = `${call.name}(${access?.name ?? ''})`;
    return {
      valued: { field: functionField(name, type), name },
      get: (group) => toJson(type, group.states[index]?.result()),
    };
  }

  function compileHaving(condition: Condition): (group: Group) => boolean {
    if (condition.kind === 'not') {
      const inner = compileHaving(condition.part);
      return (group) => !inner(group);
    }
    if (condition.kind !== 'comparison') {
      const parts = condition.parts.map(compileHaving);
      return condition.kind === 'and'
        ? (group) => parts.every((part) => part(group))
        : (group) => parts.some((part) => part(group));
    }
    if ('from' in condition.right)
      throw errors.malformed('a subquery cannot be used in HAVING', condition.right.fromAt);
    const value = groupValue(condition.left, 'Field must be grouped or aggregated');
    const { field } = value.valued;
    const kind = classOf(field.type);
    if (kind === 'date' || kind === 'datetime' || kind === 'time')
      throw errors.notYet('a date in HAVING', condition.left.at);
    const test = compileTest(scope, field, condition.operator, condition.right, condition.left.at);
    return (group) => test(value.get(group));
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
