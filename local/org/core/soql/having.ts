import type { Condition, Expression } from './ast.ts';
import type { GroupValue } from './aggregate.ts';
import { compileTest } from './comparisons.ts';
import type { Group } from './groups.ts';
import type { Scope } from './scope.ts';

/** The condition of a HAVING clause; `valueOf` finds what an expression means to a group, or throws. */
export function compileHaving(
  scope: Scope,
  condition: Condition,
  valueOf: (expression: Expression) => GroupValue,
): (group: Group) => boolean {
  if (condition.kind === 'not') {
    const inner = compileHaving(scope, condition.part, valueOf);
    return (group) => !inner(group);
  }
  if (condition.kind !== 'comparison') {
    const parts = condition.parts.map((part) => compileHaving(scope, part, valueOf));
    return condition.kind === 'and'
      ? (group) => parts.every((part) => part(group))
      : (group) => parts.some((part) => part(group));
  }
  const { left, operator, right } = condition;
  if ('from' in right) throw scope.errors.malformed('a subquery cannot be used in HAVING', right.fromAt);
  const { valued, get } = valueOf(left);
  const test = compileTest(scope, valued.field, operator, right, left.at);
  return (group) => test(get(group));
}
