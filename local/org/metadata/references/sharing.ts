import { elementsNamed, elementText } from '../component.ts';
import type { Component } from '../component.ts';
import { sharingGroupsOf } from '../sharing-schema.ts';
import { none, textOf } from './known.ts';
import type { Complaint, Known } from './known.ts';

const TYPES = { group: 'Group', queue: 'Queue', role: 'Role', roleAndSubordinates: 'Role' } as const;

export function* role(component: Component, known: Known): Generator<Complaint> {
  const parent = elementText(component, 'parentRole');
  if (parent && !known.has('Role', parent)) {
    yield { at: elementsNamed(component, 'parentRole')[0], message: none('parentRole', 'Role', parent) };
  }
}

export function* queue(component: Component, known: Known): Generator<Complaint> {
  for (const element of elementsNamed(component, 'queueSobject')) {
    const name = textOf(element, 'sobjectType');
    const object = known.object(name);
    if (!object) yield { at: element, message: none('sobjectType', 'CustomObject', name) };
    else if (object.fields.get('OwnerId')?.referenceTo.includes('Group') !== true) {
      yield { at: element, message: `Queues cannot own records of ${name}` };
    }
  }
}

export function* sharingRule(component: Component, known: Known): Generator<Complaint> {
  for (const name of ['sharedTo', 'sharedFrom']) {
    const element = elementsNamed(component, name)[0];
    const groups = sharingGroupsOf(element);
    for (const group of 'made' in groups ? groups.made : []) {
      if (group.kind === 'allInternalUsers' || known.has(TYPES[group.kind], group.name ?? '')) continue;
      yield { at: element, message: none(name, TYPES[group.kind], group.name ?? '') };
    }
  }
}
