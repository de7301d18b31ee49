import type { Condition, Query } from './ast.ts';
import type { QueryErrors } from './errors.ts';

/** Source: SOQL and SOSL Reference, "Comparison Operators", semi-joins and anti-joins. */
const mostJoins = 2;

/** Checks what an org allows of `IN (SELECT …)`: two of them, not beside OR, not of the query's own object. */
export function checkJoins(query: Query, errors: QueryErrors): void {
  const joins = joinsOf(query.where, false, errors);
  const third = joins[mostJoins];
  if (third !== undefined)
    throw errors.malformed(`Maximum ${mostJoins} semi join sub-selects are allowed`, third.fromAt);
  for (const join of joins) {
    if (join.from.toLowerCase() === query.from.toLowerCase())
      throw errors.malformed('The inner and outer selects should not be on the same object type', join.fromAt);
    const [nested] = joinsOf(join.where, false, errors);
    if (nested !== undefined)
      throw errors.malformed('Nesting of semi join sub-selects is not supported', nested.fromAt);
    const [ordering] = join.orderBy;
    if (ordering !== undefined)
      throw errors.malformed('ORDER BY is not allowed in a semi join sub-select', ordering.expression.at);
    if (join.limit !== undefined) throw errors.malformed('LIMIT is not allowed in a semi join sub-select', join.fromAt);
  }
}

function joinsOf(condition: Condition | undefined, beside: boolean, errors: QueryErrors): readonly Query[] {
  if (condition === undefined) return [];
  if (condition.kind === 'not') return joinsOf(condition.part, beside, errors);
  if (condition.kind !== 'comparison') {
    return condition.parts.flatMap((part) => joinsOf(part, beside || condition.kind === 'or', errors));
  }
  if (!('from' in condition.right)) return [];
  if (beside)
    throw errors.malformed("Semi join sub-selects are not allowed with the 'OR' operator", condition.right.fromAt);
  return [condition.right];
}
