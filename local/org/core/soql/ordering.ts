import { Entry, type Row, type Stored } from '../storage/index.ts';
import type { Ordering } from './ast.ts';
import { resolveValue } from './functions.ts';
import { classOf } from '../values/index.ts';
import type { Scope } from './scope.ts';

/** The order that a table or its stamp log has by itself, so that nothing need be sorted. */
export type NaturalOrder = 'id' | 'idDescending' | 'stamp' | 'stampDescending';

export interface CompiledOrder {
  readonly natural: NaturalOrder | undefined;
  sort(rows: Row[]): void;
}

/** Compiles ORDER BY; `undefined` when there is none. Text is ordered without regard to case, nulls come first. */
export function compileOrder(scope: Scope, orderBy: readonly Ordering[]): CompiledOrder | undefined {
  if (orderBy.length === 0) return undefined;
  const keys = orderBy.map((ordering) => {
    const valued = resolveValue(scope, ordering.expression);
    const { field } = valued;
    const long = field.type === 'textarea' && (field.length ?? 0) > 255;
    if (long || field.type === 'multipicklist' || classOf(field.type) === 'compound') {
      throw scope.errors.malformed(`field '${field.name}' can not be sorted in a query call`, ordering.expression.at);
    }
    return { get: valued.get, compare: comparator(ordering) };
  });
  return {
    natural: naturalOrder(orderBy),
    sort(rows) {
      const decorated = rows.map((row) => ({ row, keys: keys.map(({ get }) => sortKey(get(row))) }));
      decorated.sort((left, right) => {
        for (const [index, { compare }] of keys.entries()) {
          const difference = compare(left.keys[index] ?? null, right.keys[index] ?? null);
          if (difference !== 0) return difference;
        }
        return 0;
      });
      for (const [index, { row }] of decorated.entries()) rows[index] = row;
    },
  };
}

export type SortKey = string | number | boolean | null;

export function sortKey(value: Stored): SortKey {
  if (value instanceof Entry) return value.id;
  return typeof value === 'string' ? value.toLowerCase() : (value ?? null);
}

export function comparator(
  ordering: Pick<Ordering, 'descending' | 'nullsLast'>,
): (left: SortKey, right: SortKey) => number {
  const sign = ordering.descending ? -1 : 1;
  const nullSign = ordering.nullsLast ? 1 : -1;
  return (left, right) => {
    if (left === right) return 0;
    if (left === null) return nullSign;
    if (right === null) return -nullSign;
    return left < right ? -sign : sign;
  };
}

function naturalOrder(orderBy: readonly Ordering[]): NaturalOrder | undefined {
  const [first, second] = orderBy;
  const name = nameOf(first);
  if (first === undefined) return undefined;
  if (name === 'id') return first.descending ? 'idDescending' : 'id';
  if (name !== 'systemmodstamp') return undefined;
  if (second === undefined) return first.descending ? 'stampDescending' : 'stamp';
  if (nameOf(second) !== 'id' || second.descending) return undefined;
  return first.descending ? 'stampDescending' : 'stamp';
}

function nameOf(ordering: Ordering | undefined): string | undefined {
  const expression = ordering?.expression;
  return expression?.kind === 'field' && expression.path.length === 1 ? expression.path[0]?.toLowerCase() : undefined;
}
