import { childText } from './xml.ts';
import type { XmlElement } from './xml.ts';
import type { FilterItem } from '../core/index.ts';

const OPERATIONS: readonly FilterItem['operation'][] = [
  'equals',
  'notEqual',
  'lessThan',
  'greaterThan',
  'lessOrEqual',
  'greaterOrEqual',
  'contains',
  'notContain',
  'startsWith',
  'includes',
  'excludes',
];

/** The condition that a FilterItem element makes, or the problem with it. */
export function filterItemOf(item: XmlElement): { readonly made: FilterItem } | { readonly problem: string } {
  const written = childText(item, 'operation')?.trim();
  const operation = OPERATIONS.find((each) => each === written);
  if (!operation) return { problem: `not yet: filters by ${written ?? ''} in the local org` };
  if (childText(item, 'valueField')) return { problem: 'not yet: filters that compare two fields in the local org' };
  const field = childText(item, 'field')?.trim() ?? '';
  return { made: { field, operation, values: valuesOf(childText(item, 'value')?.trim() ?? '') } };
}

/** `a, "b, c"`: one of several values, in quotes where one has a comma. */
function valuesOf(text: string): readonly string[] {
  return (text.match(/"[^"]*"|[^,]+/g) ?? []).map((part) => part.trim().replace(/^"(.*)"$/, '$1'));
}
