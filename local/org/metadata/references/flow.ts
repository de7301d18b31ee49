import type { Component } from '../component.ts';
import { childText } from '../xml.ts';
import type { XmlElement } from '../xml.ts';
import { elementsBelow, hasField, none, textOf } from './known.ts';
import type { Complaint, Known } from './known.ts';
import { resources } from './flow-resources.ts';

/** Elements of a flow that name fields of the object that their parent names. */
const FIELD_HOLDERS: ReadonlySet<string> = new Set(['filters', 'inputAssignments', 'outputAssignments']);

/** Kinds of flows whose parts are known here. */
const KNOWN_TYPES: ReadonlySet<string> = new Set(['AutoLaunchedFlow', 'Flow']);
/** Parts that belong to other kinds of flows, or to services that are not here. */
const UNKNOWN_PARTS: ReadonlySet<string> = new Set([
  'apexPluginCalls',
  'dataLookups',
  'exitRules',
  'experiments',
  'orchestratedStages',
  'stages',
  'steps',
]);

/** A flow: the objects and fields that it reads and writes, the classes and flows that it calls, its own connectors. */
export function* flow(component: Component, known: Known): Generator<Complaint> {
  const type = component.elements.find(({ name }) => name === 'processType');
  if (type && !KNOWN_TYPES.has(type.text.trim())) {
    yield { at: type, message: `not yet: flows of the type ${type.text.trim()}` };
    return;
  }
  for (const element of component.elements) {
    if (UNKNOWN_PARTS.has(element.name)) yield { at: element, message: `not yet: ${element.name} of a flow` };
    if (element.name === 'start') yield* startOf(element, known);
  }
  yield* resources(component, known);
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

/** What starts the flow: an event has no fields to compare with before, a record's change says of what kind it is. */
function* startOf(start: XmlElement, known: Known): Generator<Complaint> {
  const trigger = textOf(start, 'triggerType');
  const name = textOf(start, 'object');
  const isEvent = /__e$/i.test(name);
  if (trigger === 'PlatformEvent' && !isEvent) {
    yield { at: start, message: 'A flow that a platform event triggers needs an event as its object.' };
  }
  if (trigger.startsWith('Record')) {
    if (name === '' || isEvent) yield { at: start, message: 'A flow that a record triggers needs an object.' };
    if (textOf(start, 'recordTriggerType') === '' && trigger !== 'RecordBeforeDelete') {
      yield { at: start, message: 'A flow that a record triggers needs a recordTriggerType.' };
    }
  }
  if (trigger === '' && name !== '' && known.object(name)) {
    yield { at: start, message: 'The start of this flow names an object, but no triggerType.' };
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
