import type { FieldType } from '../contract/index.ts';
import { Entry, type Row, type Stored } from '../storage/index.ts';
import type { FunctionCall } from './ast.ts';
import { classOf } from '../values/index.ts';
import { sortKey } from './ordering.ts';
import type { Access, Scope } from './scope.ts';

/** Gathers one aggregate over the records of a group. */
export interface Accumulator {
  add(row: Row): void;
  result(): Stored;
}

export type AccumulatorMaker = () => Accumulator;

/** The accumulator of an aggregate and the type of its result; without a field it counts records. */
export function accumulatorOf(
  scope: Scope,
  call: FunctionCall,
  access: Access | undefined,
): { readonly make: AccumulatorMaker; readonly type: FieldType } {
  if (access === undefined) return { make: () => counter(() => true), type: 'int' };
  const { get, field } = access;
  const kind = classOf(field.type);
  switch (call.name) {
    case 'COUNT':
      return { make: () => counter((row) => notNull(get(row))), type: 'int' };
    case 'COUNT_DISTINCT':
      return { make: () => distinct(get), type: 'int' };
    case 'SUM':
    case 'AVG':
      if (kind !== 'number') throw unsuitable(scope, call, access);
      return { make: () => summing(get, call.name === 'AVG'), type: call.name === 'AVG' ? 'double' : field.type };
    default:
      if (kind === 'boolean' || kind === 'compound' || field.type === 'multipicklist')
        throw unsuitable(scope, call, access);
      return { make: () => extreme(get, call.name === 'MAX' ? 1 : -1), type: field.type };
  }
}

function counter(counts: (row: Row) => boolean): Accumulator {
  let count = 0;
  return {
    add(row) {
      if (counts(row)) count++;
    },
    result: () => count,
  };
}

function distinct(get: (row: Row) => Stored): Accumulator {
  const seen = new Set<unknown>();
  return {
    add(row) {
      const value = get(row);
      if (notNull(value)) seen.add(value instanceof Entry ? value : sortKey(value));
    },
    result: () => seen.size,
  };
}

/** Null when no record has a value. */
function summing(get: (row: Row) => Stored, average: boolean): Accumulator {
  let sum = 0;
  let count = 0;
  return {
    add(row) {
      const value = get(row);
      if (typeof value !== 'number') return;
      sum += value;
      count++;
    },
    result: () => (count === 0 ? null : average ? sum / count : sum),
  };
}

function extreme(get: (row: Row) => Stored, sign: 1 | -1): Accumulator {
  let found: Stored = null;
  return {
    add(row) {
      const value = get(row);
      const [key, best] = [sortKey(value), sortKey(found)];
      if (key === null) return;
      if (best === null || (sign === 1 ? key > best : key < best)) found = value;
    },
    result: () => found,
  };
}

function unsuitable(scope: Scope, call: FunctionCall, access: Access) {
  return scope.errors.malformed(`field ${access.field.name} does not support aggregate operator ${call.name}`, call.at);
}

const notNull = (value: Stored) => value !== null && value !== undefined;
