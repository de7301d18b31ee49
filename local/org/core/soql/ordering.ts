import { Entry, type Row, type StampOrder, type Stored } from '../storage/index.ts';
import type { Ordering } from './ast.ts';
import { resolveValue } from './functions.ts';
import { classOf } from '../values/index.ts';
import type { Scope } from './scope.ts';

/** The order that a table or its stamp log has by itself, so that nothing need be sorted. */
export type NaturalOrder = 'id' | 'idDescending' | StampOrder;

export interface CompiledOrder {
  readonly natural: NaturalOrder | undefined;
  /** The first `most` of these rows in order; all of them when there are no more. Equal ones stay as they come. */
  first(rows: Iterable<Row>, most: number): Row[];
}

/** Rows that are kept before those beyond the first ones are dropped: sorting a few hundred costs next to nothing. */
const leastRoom = 512;

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
    first: (rows, most) => firstOf(rows, most, keys),
  };
}

interface Key {
  readonly get: (row: Row) => Stored;
  readonly compare: (left: SortKey, right: SortKey) => number;
}

interface Decorated {
  readonly row: Row;
  readonly keys: readonly SortKey[];
}

/** A page of a large table is wanted far oftener than all of it in order: what cannot be on it is not sorted. */
function firstOf(rows: Iterable<Row>, most: number, keys: readonly Key[]): Row[] {
  const compare = (left: Decorated, right: Decorated): number => {
    for (const [index, key] of keys.entries()) {
      const difference = key.compare(left.keys[index] ?? null, right.keys[index] ?? null);
      if (difference !== 0) return difference;
    }
    return 0;
  };
  const room = Math.max(2 * most, leastRoom);
  const kept: Decorated[] = [];
  let last: Decorated | undefined;
  for (const row of rows) {
    const decorated = { row, keys: keys.map(({ get }) => sortKey(get(row))) };
    if (last !== undefined && compare(decorated, last) >= 0) continue;
    if (kept.push(decorated) < room) continue;
    kept.sort(compare);
    kept.length = most;
    last = kept.at(-1);
  }
  return kept
    .sort(compare)
    .slice(0, most)
    .map(({ row }) => row);
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
  if (second !== undefined && nameOf(second) !== 'id') return undefined;
  const idDescending = second?.descending ?? false;
  if (first.descending) return idDescending ? 'stampAndIdDescending' : 'stampDescending';
  return idDescending ? undefined : 'stamp';
}

function nameOf(ordering: Ordering | undefined): string | undefined {
  const expression = ordering?.expression;
  return expression?.kind === 'field' && expression.path.length === 1 ? expression.path[0]?.toLowerCase() : undefined;
}
