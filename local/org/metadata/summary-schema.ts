import { elementsNamed, elementText } from './component.ts';
import type { Component } from './component.ts';
import { filterItemOf } from './filter-item.ts';
import type { FieldDefinition, FieldType, FilterItem, RollUp } from '../core/index.ts';

/** The roll-up that a CustomField of type Summary makes, or the problem with it. */
export function summaryOfComponent(component: Component): { readonly made: RollUp } | { readonly problem: string } {
  const operation = elementText(component, 'summaryOperation');
  if (operation !== 'count' && operation !== 'sum' && operation !== 'min' && operation !== 'max') {
    return { problem: "Must specify 'summaryOperation' for a CustomField of type Summary" };
  }
  const [detail = '', by] = (elementText(component, 'summaryForeignKey') ?? '').split('.');
  if (by === undefined) return { problem: "Must specify 'summaryForeignKey' for a CustomField of type Summary" };
  const [summedObject, field] = (elementText(component, 'summarizedField') ?? '').split('.');
  if (operation !== 'count' && field === undefined) {
    return { problem: `Must specify 'summarizedField' for a summary by ${operation}` };
  }
  if (field !== undefined && summedObject !== detail)
    return { problem: `summarizedField must be a field of ${detail}` };
  const filter: FilterItem[] = [];
  for (const item of elementsNamed(component, 'summaryFilterItems')) {
    const made = filterItemOf(item);
    if ('problem' in made) return made;
    const [object, name = ''] = made.made.field.split('.');
    if (object !== detail) return { problem: `summaryFilterItems must name fields of ${detail}` };
    filter.push({ ...made.made, field: name });
  }
  return { made: { operation, detail, by, ...(field === undefined ? {} : { field }), filter } };
}

interface Fields {
  field(object: string, name: string): FieldDefinition | undefined;
}

/** A summary is of the type of what it sums up; a count is a number. */
export function summaryType(summary: RollUp, fields: Fields): FieldType {
  const summed = summary.field === undefined ? undefined : fields.field(summary.detail, summary.field);
  return summary.operation === 'count' ? 'double' : (summed?.type ?? 'double');
}

/** Digits of a summary field: those of what it sums up. */
export function summaryPrecision(summary: RollUp, fields: Fields): { precision?: number; scale?: number } {
  const summed = summary.field === undefined ? undefined : fields.field(summary.detail, summary.field);
  const type = summaryType(summary, fields);
  if (type !== 'double' && type !== 'currency' && type !== 'percent' && type !== 'int') return {};
  return { precision: 18, scale: summary.operation === 'count' ? 0 : (summed?.scale ?? 0) };
}
