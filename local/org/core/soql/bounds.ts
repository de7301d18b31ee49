import type { Column } from '../storage/index.ts';
import type { Comparison, Condition, Literal } from './ast.ts';
import { classOf } from '../values/index.ts';
import { operandOf } from './literals.ts';
import { resolveField, type Scope } from './scope.ts';

/** Seconds, both ends included. */
export interface StampRange {
  readonly from: number;
  readonly to: number;
}

/** What a condition says about where its records can be found, for the indexes. */
export interface Bounds {
  /** IDs, one of which a record must have. */
  readonly ids: readonly string[] | undefined;
  /** An indexed field and the values, one of which it must have. */
  readonly values: { readonly column: Column; readonly wanted: readonly (string | number | boolean)[] } | undefined;
  /** A reference field and the parents, one of which it must point to. */
  readonly parents: { readonly column: Column; readonly ids: readonly string[] } | undefined;
  readonly stamps: StampRange;
  /** No record has an ID less than this. */
  readonly lowestId: string;
}

const everything: StampRange = { from: -Infinity, to: Infinity };

/** Reads the bounds out of a condition that is known to be sound. */
export function boundsOf(scope: Scope, condition: Condition | undefined): Bounds {
  const bounds: { -readonly [Key in keyof Bounds]: Bounds[Key] } = {
    ids: undefined,
    values: undefined,
    parents: undefined,
    stamps: condition === undefined ? everything : stampRange(scope, condition),
    lowestId: '',
  };
  for (const comparison of conjuncts(condition)) {
    const column = ownColumn(scope, comparison);
    if (column === undefined) continue;
    const { field } = column;
    if (field.type === 'id' && (comparison.operator === '>' || comparison.operator === '>=')) {
      const [low] = exactValues(scope, comparison, column) ?? [];
      if (typeof low === 'string' && low > bounds.lowestId) bounds.lowestId = low;
    }
    if (comparison.operator !== '=' && comparison.operator !== 'IN') continue;
    const wanted = exactValues(scope, comparison, column);
    if (wanted === undefined) continue;
    if (field.type === 'id') bounds.ids = wanted.map(String);
    else if (field.type === 'reference') bounds.parents ??= { column, ids: wanted.map(String) };
    else if (field.unique || field.externalId || field.idLookup) bounds.values ??= { column, wanted };
  }
  return bounds;
}

/** The comparisons that every record must meet. */
function conjuncts(condition: Condition | undefined): readonly Comparison[] {
  if (condition === undefined) return [];
  if (condition.kind === 'comparison') return [condition];
  return condition.kind === 'and' ? condition.parts.flatMap(conjuncts) : [];
}

function ownColumn(scope: Scope, comparison: Comparison): Column | undefined {
  if (comparison.left.kind !== 'field') return undefined;
  const access = resolveField(scope, comparison.left);
  return access.steps.length === 0 ? access.columns.get(scope.table) : undefined;
}

/** The values compared with; `undefined` when one is null or a span, which no index holds. */
function exactValues(scope: Scope, comparison: Comparison, column: Column): (string | number | boolean)[] | undefined {
  const literals = literalsOf(comparison);
  if (literals === undefined) return undefined;
  const values: (string | number | boolean)[] = [];
  for (const literal of literals) {
    const operand = operandOf(scope, column.field, literal);
    if (operand.kind !== 'exact') return undefined;
    values.push(operand.value);
  }
  return values;
}

function literalsOf(comparison: Comparison): readonly Literal[] | undefined {
  if ('from' in comparison.right) return undefined;
  return 'kind' in comparison.right ? [comparison.right] : comparison.right;
}

/** The stamps that a record may have; the hull of what alternatives allow. */
function stampRange(scope: Scope, condition: Condition): StampRange {
  if (condition.kind === 'not') return everything;
  if (condition.kind === 'comparison') return comparedStamps(scope, condition);
  const ranges = condition.parts.map((part) => stampRange(scope, part));
  const [from, to] = condition.kind === 'and' ? [Math.max, Math.min] : [Math.min, Math.max];
  return { from: from(...ranges.map((range) => range.from)), to: to(...ranges.map((range) => range.to)) };
}

function comparedStamps(scope: Scope, comparison: Comparison): StampRange {
  const column = ownColumn(scope, comparison);
  const [literal] = literalsOf(comparison) ?? [];
  if (column?.field.name !== 'SystemModstamp' || literal === undefined || classOf(column.field.type) !== 'datetime')
    return everything;
  const operand = operandOf(scope, column.field, literal);
  if (operand.kind === 'null') return everything;
  const [low, high] =
    operand.kind === 'span' ? [operand.from, operand.to - 1] : [Number(operand.value), Number(operand.value)];
  switch (comparison.operator) {
    case '=':
      return { from: low, to: high };
    case '>':
      return { from: high + 1, to: Infinity };
    case '>=':
      return { from: low, to: Infinity };
    case '<':
      return { from: -Infinity, to: low - 1 };
    case '<=':
      return { from: -Infinity, to: high };
    default:
      return everything;
  }
}
