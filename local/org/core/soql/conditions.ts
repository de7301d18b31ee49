import type { Row } from '../storage/index.ts';
import { Entry } from '../storage/index.ts';
import type { Comparison, Condition, Query } from './ast.ts';
import { compileTest } from './comparisons.ts';
import { resolveValue, type Valued } from './functions.ts';
import type { Scope } from './scope.ts';

export type Predicate = (row: Row) => boolean;

/** A condition as a closure; `begin` runs before each use and reads what its subqueries find. */
export interface CompiledCondition {
  readonly test: Predicate;
  readonly begin: () => void;
}

/** Runs a query whose only column is an ID and answers the IDs; made by whoever compiles whole queries. */
export type CompileIds = (query: Query, left: Valued, at: number) => () => ReadonlySet<string>;

export function compileCondition(
  scope: Scope,
  condition: Condition | undefined,
  compileIds: CompileIds,
): CompiledCondition {
  const beginnings: (() => void)[] = [];
  const test = condition === undefined ? () => true : compile(condition);
  return {
    test,
    begin: () => {
      for (const begin of beginnings) begin();
    },
  };

  function compile(part: Condition): Predicate {
    if (part.kind === 'comparison') return compileComparison(part);
    if (part.kind === 'not') {
      const inner = compile(part.part);
      return (row) => !inner(row);
    }
    const parts = part.parts.map(compile);
    const [first, second] = parts;
    if (parts.length === 2 && first !== undefined && second !== undefined) {
      return part.kind === 'and' ? (row) => first(row) && second(row) : (row) => first(row) || second(row);
    }
    return part.kind === 'and'
      ? (row) => parts.every((inner) => inner(row))
      : (row) => parts.some((inner) => inner(row));
  }

  function compileComparison(comparison: Comparison): Predicate {
    const left = resolveValue(scope, comparison.left);
    const { get } = left;
    if ('from' in comparison.right) return compileJoin(comparison, comparison.right, left);
    const test = compileTest(scope, left.field, comparison.operator, comparison.right, comparison.left.at);
    return (row) => test(get(row));
  }

  function compileJoin(comparison: Comparison, query: Query, left: Valued): Predicate {
    if (comparison.operator !== 'IN' && comparison.operator !== 'NOT IN') {
      throw scope.errors.malformed('a subquery can only follow IN or NOT IN', query.fromAt);
    }
    const findIds = compileIds(query, left, comparison.left.at);
    let ids: ReadonlySet<string> = new Set();
    beginnings.push(() => {
      ids = findIds();
    });
    const wanted = comparison.operator === 'IN';
    return (row) => {
      const value = left.get(row);
      return (value instanceof Entry && ids.has(value.id)) === wanted;
    };
  }
}
