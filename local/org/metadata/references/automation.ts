import { elementsNamed } from '../component.ts';
import type { Component } from '../component.ts';
import { elementsBelow, fieldAt, none, textOf } from './known.ts';
import type { Complaint, Known } from './known.ts';
import type { XmlElement } from '../xml.ts';
import type { ObjectDefinition } from '../../core/index.ts';

/** Components of a workflow by what actions call their type. */
const ACTION_TYPES: Readonly<Record<string, string>> = {
  Alert: 'WorkflowAlert',
  FieldUpdate: 'WorkflowFieldUpdate',
  OutboundMessage: 'WorkflowOutboundMessage',
  Task: 'WorkflowTask',
};

/** The object before the point of a component's name. */
function objectOf(component: Component, known: Known): ObjectDefinition | undefined {
  return known.object(component.fullName.split('.')[0] ?? '');
}

/** Criteria name a field with its object, `Account.Name`, what else names one does without. */
function* fields(elements: readonly XmlElement[], object: ObjectDefinition, known: Known): Generator<Complaint> {
  for (const element of elementsBelow(elements)) {
    if (element.name !== 'field' || element.children.length > 0) continue;
    const written = element.text.trim();
    const path = written.startsWith(`${object.name}.`) ? written.slice(object.name.length + 1) : written;
    const isOther = path === written && /^[A-Z]\w*\.\w+$/.test(written) && known.object(written.split('.')[0] ?? '');
    if (isOther || isKnownField(known, object, path)) continue;
    yield { at: element, message: none('field', 'CustomField', `${object.name}.${path}`) };
  }
}

/** A lookup is called by its relationship too: `Owner`. */
function isKnownField(known: Known, object: ObjectDefinition, path: string): boolean {
  if (fieldAt(known, object, path) || known.has('CustomField', `${object.name}.${path}`)) return true;
  return [...object.fields.values()].some(({ relationshipName }) => relationshipName === path);
}

/** What a rule or an approval step does: components of the object's workflow. */
function* actions(elements: readonly XmlElement[], object: ObjectDefinition, known: Known): Generator<Complaint> {
  for (const element of elementsBelow(elements)) {
    const type = ACTION_TYPES[textOf(element, 'type')];
    if ((element.name !== 'action' && element.name !== 'actions') || type === undefined) continue;
    const name = textOf(element, 'name');
    if (known.has(type, `${object.name}.${name}`)) continue;
    yield { at: element, message: none('action', type, `${object.name}.${name}`) };
  }
}

/** A workflow, each rule, field update, task, alert and message in it, an approval process: object, fields, actions. */
export function* automation(component: Component, known: Known): Generator<Complaint> {
  const object = objectOf(component, known);
  if (!object) {
    const [name = ''] = component.fullName.split('.');
    yield { at: undefined, message: `Entity Enumeration Or ID: no CustomObject named ${name} found` };
    return;
  }
  yield* fields(component.elements, object, known);
  yield* actions(component.elements, object, known);
}

/** Why a component changes nothing here though an org would act by it; absent for what is no such component. */
export function withoutEffect(component: Component): string | undefined {
  const isActive = elementsNamed(component, 'active')[0]?.text.trim() === 'true';
  if (component.type === 'WorkflowRule' && isActive) return 'not yet: the local org keeps workflow rules and runs none';
  if (component.type === 'ApprovalProcess' && isActive) {
    return 'not yet: the local org keeps approval processes and runs none';
  }
  return component.type === 'Settings' ? 'not yet: the local org keeps these settings and heeds none' : undefined;
}
