import { elementsNamed, elementText } from './component.ts';
import type { Component } from './component.ts';
import { filterItemOf } from './filter-item.ts';
import type { XmlElement } from './xml.ts';
import type { FilterItem, SharingGroup, SharingRule } from '../core/index.ts';

type Made<T> = { readonly made: T } | { readonly problem: string };

const KINDS: Readonly<Record<string, SharingGroup['kind']>> = {
  group: 'group',
  queue: 'queue',
  role: 'role',
  roleAndSubordinates: 'roleAndSubordinates',
  roleAndSubordinatesInternal: 'roleAndSubordinates',
  allInternalUsers: 'allInternalUsers',
};

/** Whom the elements `sharedTo` or `sharedFrom` name. */
export function sharingGroupsOf(element: XmlElement | undefined): Made<readonly SharingGroup[]> {
  const groups: SharingGroup[] = [];
  for (const { name, text } of element?.children ?? []) {
    const kind = KINDS[name];
    if (kind === undefined) return { problem: `not yet: sharing with ${name} in the local org` };
    groups.push(kind === 'allInternalUsers' ? { kind } : { kind, name: text.trim() });
  }
  return { made: groups };
}

/** The sharing rule that a SharingOwnerRule or SharingCriteriaRule makes, or the problem with it. */
export function sharingRuleOfComponent(component: Component): Made<SharingRule> {
  const [, name = ''] = component.fullName.split('.');
  const level = elementText(component, 'accessLevel');
  if (level !== 'Read' && level !== 'Edit') return { problem: `accessLevel must be Read or Edit, not ${level ?? ''}` };
  const sharedTo = sharingGroupsOf(elementsNamed(component, 'sharedTo')[0]);
  if ('problem' in sharedTo) return sharedTo;
  const rule = { name, edits: level === 'Edit', sharedTo: sharedTo.made };
  if (component.type === 'SharingOwnerRule') {
    const sharedFrom = sharingGroupsOf(elementsNamed(component, 'sharedFrom')[0]);
    return 'problem' in sharedFrom ? sharedFrom : { made: { ...rule, sharedFrom: sharedFrom.made } };
  }
  const items: FilterItem[] = [];
  for (const element of elementsNamed(component, 'criteriaItems')) {
    const item = filterItemOf(element);
    if ('problem' in item) return item;
    items.push(item.made);
  }
  const logic = elementText(component, 'booleanFilter');
  return { made: { ...rule, criteria: { items, ...(logic === undefined || logic === '' ? {} : { logic }) } } };
}
