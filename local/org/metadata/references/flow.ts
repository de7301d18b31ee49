import type { Component } from '../component.ts';
import { childText } from '../xml.ts';
import type { XmlElement } from '../xml.ts';
import { elementsBelow, hasField, none, textOf } from './known.ts';
import type { Complaint, Known } from './known.ts';

/** Elements of a flow that name fields of the object that their parent names. */
const FIELD_HOLDERS: ReadonlySet<string> = new Set(['filters', 'inputAssignments', 'outputAssignments']);

/** A flow: the objects and fields that it reads and writes, the classes and flows that it calls, its own connectors. */
export function* flow(component: Component, known: Known): Generator<Complaint> {
  const names = new Set(component.elements.map((element) => childText(element, 'name')?.trim()));
  for (const element of elementsBelow(component.elements)) {
    yield* objectOf(element, known);
    if (element.name === 'targetReference' && !names.has(element.text.trim())) {
      const name = element.text.trim();
      yield { at: element, message: `The element "${name}" doesn't exist, but a connector of this flow leads to it.` };
    }
    if (element.name === 'subflows') {
      const name = textOf(element, 'flowName');
      if (!known.has('Flow', name)) yield { at: element, message: none('flowName', 'Flow', name) };
    }
    if (element.name === 'actionCalls' && textOf(element, 'actionType') === 'apex') {
      const name = textOf(element, 'actionName');
      if (!known.has('ApexClass', name)) yield { at: element, message: none('actionName', 'ApexClass', name) };
    }
  }
}

function* objectOf(element: XmlElement, known: Known): Generator<Complaint> {
  const name = childText(element, 'object')?.trim();
  if (!name) return;
  const object = known.object(name);
  if (!object) {
    yield { at: element, message: none('object', 'CustomObject', name) };
    return;
  }
  for (const child of element.children) {
    const field = FIELD_HOLDERS.has(child.name) ? textOf(child, 'field') : '';
    const queried = child.name === 'queriedFields' || child.name === 'sortField' ? child.text.trim() : field;
    if (queried !== '' && !hasField(known, object, queried)) {
      yield { at: child, message: none('field', 'CustomField', `${object.name}.${queried}`) };
    }
  }
}
