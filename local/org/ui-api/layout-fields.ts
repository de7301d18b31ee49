import type { UiApiWorld } from './world.ts';
import { OrgError } from '../core/index.ts';
import type { ObjectDefinition } from '../core/index.ts';
import { childText } from '../metadata/index.ts';
import type { XmlElement } from '../metadata/index.ts';

/** One section of a page layout, with the fields that the caller can read. */
export interface LayoutSection {
  readonly heading: string;
  readonly columns: 1 | 2;
  /** `readOnly` where the layout says so, whatever the user may do. */
  readonly fields: readonly { readonly name: string; readonly readOnly: boolean }[];
}

function fieldsIn(elements: readonly XmlElement[]): readonly { name: string; readOnly: boolean }[] {
  return elements.flatMap((element) => {
    const name = element.name === 'layoutItems' ? childText(element, 'field')?.trim() : undefined;
    if (name === undefined) return fieldsIn(element.children);
    return [{ name, readOnly: childText(element, 'behavior')?.trim() === 'Readonly' }];
  });
}

/** Every field that can be written, in one section: what an object shows that has no layout of its own. */
function everyField(object: ObjectDefinition): LayoutSection {
  const fields = [...object.fields.values()]
    .filter((field) => field.createable || field.updateable || field.custom)
    .filter((field) => field.type !== 'address' && field.type !== 'location' && field.name !== 'RecordTypeId')
    .map(({ name }) => ({ name, readOnly: false }));
  return { heading: object.label, columns: 2, fields };
}

/** The sections of an object's deployed layout; without one, all of its fields in one section. */
export function layoutSections(world: UiApiWorld, object: ObjectDefinition): readonly LayoutSection[] {
  const layout = world.components.list('Layout').find(({ fullName }) => fullName.startsWith(`${object.name}-`));
  if (!layout) return [everyField(object)];
  return layout.elements
    .filter(({ name }) => name === 'layoutSections')
    .map((section): LayoutSection => ({
      heading: childText(section, 'label')?.trim() ?? '',
      columns: childText(section, 'style')?.trim() === 'OneColumn' ? 1 : 2,
      fields: fieldsIn(section.children).filter(({ name }) => object.fields.has(name)),
    }))
    .filter(({ fields }) => fields.length > 0);
}

/** Most fields of a compact layout that a record's header shows. */
const COMPACT_FIELDS = 7;

/** The fields of an object's compact layout; without a deployed one, its first fields. */
export function compactFields(world: UiApiWorld, object: ObjectDefinition): readonly string[] {
  const layouts = world.components.list('CompactLayout');
  const own = layouts.find(({ fullName }) => fullName.startsWith(`${object.name}.`));
  const named = own?.elements.flatMap(({ name, text }) => (name === 'fields' ? [text.trim()] : []));
  const names = named ?? layoutSections(world, object).flatMap(({ fields }) => fields.map(({ name }) => name));
  return names.filter((name) => object.fields.has(name)).slice(0, COMPACT_FIELDS);
}

/** Names of the fields that layouts of these types (`Full`, `Compact`) show. Throws `OrgError` 400 for another type. */
export function fieldsOfLayouts(
  world: UiApiWorld,
  object: ObjectDefinition,
  types: readonly string[],
): readonly string[] {
  return types.flatMap((type) => {
    if (type === 'Compact') return compactFields(world, object);
    if (type === 'Full') return layoutSections(world, object).flatMap(({ fields }) => fields.map(({ name }) => name));
    throw new OrgError(400, 'ILLEGAL_QUERY_PARAMETER_VALUE', `Invalid layoutTypes: ${type}; it is Full or Compact`);
  });
}
