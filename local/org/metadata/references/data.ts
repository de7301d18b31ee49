import { elementsNamed, elementText } from '../component.ts';
import type { Component } from '../component.ts';
import { permissionsNamedIn } from '../../core/index.ts';
import { fieldNamed, none, textOf } from './known.ts';
import type { Complaint, Known } from './known.ts';

/** Change events of standard and custom objects: `LeadChangeEvent`, `Score__ChangeEvent`. */
const CHANGE_EVENT = /^(\w+?)(?:__ChangeEvent|ChangeEvent)$/;

export function* channelMember(component: Component, known: Known): Generator<Complaint> {
  const entity = elementText(component, 'selectedEntity') ?? '';
  const change = CHANGE_EVENT.exec(entity);
  const name = entity.endsWith('__ChangeEvent') ? `${change?.[1] ?? ''}__c` : (change?.[1] ?? entity);
  const object = known.object(name);
  if (!object) yield { at: undefined, message: `The selected entity ${entity} isn't valid: no object ${name}` };
  const channel = elementText(component, 'eventChannel') ?? '';
  for (const element of object ? elementsNamed(component, 'enrichedFields') : []) {
    const field = object && fieldNamed(object, textOf(element, 'name'));
    const told = `${name}.${textOf(element, 'name')}`;
    if (!field && !known.has('CustomField', told)) {
      yield { at: element, message: none('enrichedFields', 'CustomField', told) };
    } else if (field && (field.calculated || field.type === 'address' || field.type === 'location')) {
      yield { at: element, message: `The field ${told} can't be selected for enrichment: its type isn't supported` };
    }
  }
  if (elementText(component, 'filterExpression') !== undefined)
    yield { at: undefined, message: 'not yet: filter expressions of channel members in the local org' };
  if (channel !== 'ChangeEvents' && !known.has('PlatformEventChannel', channel)) {
    yield { at: undefined, message: none('eventChannel', 'PlatformEventChannel', channel) };
  }
}

/** What the core does not know: the custom permissions that formulas name. */
export function* formula(component: Component, known: Known): Generator<Complaint> {
  for (const element of component.elements) {
    if (element.name !== 'formula' && element.name !== 'errorConditionFormula') continue;
    for (const name of permissionsNamedIn(element.text)) {
      if (!known.has('CustomPermission', name))
        yield { at: undefined, message: `Error: Field $Permission.${name} does not exist. Check spelling.` };
    }
  }
}

/** A custom metadata record: its type and the fields that it sets. */
export function* customMetadata(component: Component, known: Known): Generator<Complaint> {
  const [type = '', name] = component.fullName.split('.');
  const object = known.object(`${type}__mdt`);
  if (!object || name === undefined) {
    yield { at: undefined, message: `The object type specified: ${type}__mdt, is not a valid custom metadata type` };
    return;
  }
  for (const element of elementsNamed(component, 'values')) {
    const field = textOf(element, 'field');
    if (!fieldNamed(object, field))
      yield { at: element, message: none('field', 'CustomField', `${object.name}.${field}`) };
  }
}
