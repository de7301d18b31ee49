import { compactFields, layoutSections } from './layout-fields.ts';
import type { LayoutSection } from './layout-fields.ts';
import { MASTER_RECORD_TYPE, objectFor } from './world.ts';
import type { UiApiCall, UiApiWorld } from './world.ts';
import { OrgError } from '../core/index.ts';
import type { ObjectDefinition } from '../core/index.ts';

function item(object: ObjectDefinition, { name, readOnly }: LayoutSection['fields'][number]): Record<string, unknown> {
  const field = object.fields.get(name);
  // Pages call a lookup by what it refers to, not by its ID.
  const label = field?.type === 'reference' ? field.label.replace(/ ID$/, '') : (field?.label ?? name);
  return {
    editableForNew: !readOnly && field?.createable === true,
    editableForUpdate: !readOnly && field?.updateable === true,
    label,
    layoutComponents: [{ apiName: name, componentType: 'Field', label, value: null }],
    lookupIdApiName: field?.type === 'reference' ? name : null,
    required: field?.required === true,
    sortable: false,
  };
}

function sectionJson(object: ObjectDefinition, section: LayoutSection): Record<string, unknown> {
  const items = section.fields.map((field) => item(object, field));
  const rows = Array.from({ length: Math.ceil(items.length / section.columns) }, (_, row) => ({
    layoutItems: items.slice(row * section.columns, (row + 1) * section.columns),
  }));
  return {
    collapsible: true,
    columns: section.columns,
    heading: section.heading,
    layoutRows: rows,
    rows: rows.length,
    tabOrder: 'LeftRight',
    useHeading: section.heading !== '',
  };
}

/** `/ui-api/layout/{object}?layoutType=Full|Compact`: the fields of a layout that the caller can read, in its sections. */
export function layoutJson(world: UiApiWorld, call: UiApiCall): Record<string, unknown> {
  const object = objectFor(world, call.session, call.segments[2] ?? '');
  const layoutType = call.query.get('layoutType') ?? 'Full';
  if (layoutType !== 'Full' && layoutType !== 'Compact')
    throw new OrgError(
      400,
      'ILLEGAL_QUERY_PARAMETER_VALUE',
      `Invalid layoutType: ${layoutType}; it is Full or Compact`,
    );
  const compact: LayoutSection = {
    heading: '',
    columns: 1,
    fields: compactFields(world, object).map((name) => ({ name, readOnly: true })),
  };
  const sections = layoutType === 'Full' ? layoutSections(world, object) : [compact];
  return {
    layoutType,
    mode: 'View',
    objectApiName: object.name,
    recordTypeId: MASTER_RECORD_TYPE,
    sections: sections.map((section) => sectionJson(object, section)),
  };
}
