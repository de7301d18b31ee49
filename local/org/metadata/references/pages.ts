import { elementsNamed, elementText } from '../component.ts';
import type { Component } from '../component.ts';
import { childText } from '../xml.ts';
import type { XmlElement } from '../xml.ts';
import { elementsBelow, hasField, none } from './known.ts';
import type { Complaint, Known } from './known.ts';
import type { ObjectDefinition } from '../../core/index.ts';

export function* customTab(component: Component, known: Known): Generator<Complaint> {
  if (elementText(component, 'customObject') === 'true' && !known.object(component.fullName)) {
    yield { at: undefined, message: none('customObject', 'CustomObject', component.fullName) };
  }
  yield* named(component, known, [
    ['flexiPage', 'FlexiPage'],
    ['lwcComponent', 'LightningComponentBundle'],
  ]);
}

export function* customApplication(component: Component, known: Known): Generator<Complaint> {
  for (const element of elementsNamed(component, 'tabs')) {
    const name = element.text.trim();
    if (!name.startsWith('standard-') && !known.has('CustomTab', name)) {
      yield { at: element, message: none('tabs', 'CustomTab', name) };
    }
  }
  for (const element of elementsNamed(component, 'utilityBar')) {
    const name = element.text.trim();
    if (!known.has('FlexiPage', name)) yield { at: element, message: none('utilityBar', 'FlexiPage', name) };
  }
}

function* layoutFields(elements: readonly XmlElement[], object: ObjectDefinition, known: Known): Generator<Complaint> {
  for (const element of elementsBelow(elements)) {
    const name = childText(element, 'field')?.trim();
    if (element.name === 'layoutItems' && name && !hasField(known, object, name)) {
      yield { at: element, message: none('field', 'CustomField', `${object.name}.${name}`) };
    }
  }
}

export function* layout(component: Component, known: Known): Generator<Complaint> {
  const objectName = component.fullName.split('-')[0] ?? '';
  const object = known.object(objectName);
  if (!object) yield { at: undefined, message: `Parent entity failed to deploy: ${objectName}` };
  else yield* layoutFields(component.elements, object, known);
}

export function* flexiPage(component: Component, known: Known): Generator<Complaint> {
  const object = elementText(component, 'sobjectType');
  if (object && !known.object(object)) yield { at: undefined, message: none('sobjectType', 'CustomObject', object) };
  for (const element of elementsBelow(component.elements)) {
    const name = element.name === 'componentName' ? element.text.trim().replace(/^c:/, '') : undefined;
    // Base components carry a namespace (`force:`, `flexipage:`, `lightning:`), a project's own do not.
    if (name && !name.includes(':') && !known.has('LightningComponentBundle', name)) {
      yield {
        at: element,
        message: `We couldn't retrieve the design time component information for component c:${name}.`,
      };
    }
  }
}

export function* quickAction(component: Component, known: Known): Generator<Complaint> {
  const [object = '', action] = component.fullName.split('.');
  if (action !== undefined && !known.object(object)) {
    yield { at: undefined, message: `Parent entity failed to deploy: ${object}` };
  }
  const target = elementText(component, 'targetObject');
  if (target && !known.object(target)) yield { at: undefined, message: none('targetObject', 'CustomObject', target) };
  yield* named(component, known, [
    ['lightningWebComponent', 'LightningComponentBundle'],
    ['flexiPage', 'FlexiPage'],
    ['flowDefinition', 'Flow'],
  ]);
}

/** List views and compact layouts: the fields that they show. */
export function* insideObject(component: Component, known: Known): Generator<Complaint> {
  const object = known.object(component.fullName.split('.')[0] ?? '');
  for (const element of [...elementsNamed(component, 'columns'), ...elementsNamed(component, 'fields')]) {
    const name = element.text.trim();
    if (name.endsWith('__c') && !(object && hasField(known, object, name))) {
      yield { at: element, message: `Could not resolve list view column: ${name}` };
    }
  }
}

function* named(
  component: Component,
  known: Known,
  references: readonly (readonly [element: string, type: string])[],
): Generator<Complaint> {
  for (const [name, type] of references) {
    for (const element of elementsNamed(component, name)) {
      const wanted = element.text.trim();
      if (!known.has(type, wanted)) yield { at: element, message: none(name, type, wanted) };
    }
  }
}
