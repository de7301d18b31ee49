import { strFromU8 } from 'fflate';
import { elementsNamed, elementText } from './component.ts';
import type { Component, ComponentFailure } from './component.ts';
import { childText } from './xml.ts';
import type { XmlElement } from './xml.ts';
import { permissionsNamedIn } from '../core/index.ts';
import type { ObjectDefinition } from '../core/index.ts';

/** What will be there after the deploy. */
export interface Known {
  object(name: string): ObjectDefinition | undefined;
  has(type: string, fullName: string): boolean;
}

/** Change events of standard and custom objects: `LeadChangeEvent`, `Score__ChangeEvent`. */
const CHANGE_EVENT = /^(\w+?)(?:__ChangeEvent|ChangeEvent)$/;

type Complaint = { readonly at: XmlElement | undefined; readonly message: string };

function none(element: string, type: string, name: string): string {
  return `In field: ${element} - no ${type} named ${name} found`;
}

function* permissionSet(component: Component, known: Known): Generator<Complaint> {
  for (const element of elementsNamed(component, 'objectPermissions')) {
    const name = childText(element, 'object')?.trim() ?? '';
    if (!known.object(name)) yield { at: element, message: none('object', 'CustomObject', name) };
  }
  for (const element of elementsNamed(component, 'fieldPermissions')) {
    const path = childText(element, 'field')?.trim() ?? '';
    const [object = '', name = ''] = path.split('.');
    const field = known.object(object)?.fields.get(name);
    if (!field && known.has('CustomField', path)) continue;
    if (!field) yield { at: element, message: none('field', 'CustomField', path) };
    else if (field.required) yield { at: element, message: `You cannot deploy to a required field: ${path}` };
  }
  for (const element of elementsNamed(component, 'customPermissions')) {
    const name = childText(element, 'name')?.trim() ?? '';
    if (!known.has('CustomPermission', name)) yield { at: element, message: none('name', 'CustomPermission', name) };
  }
  for (const element of elementsNamed(component, 'classAccesses')) {
    const name = childText(element, 'apexClass')?.trim() ?? '';
    if (!known.has('ApexClass', name)) yield { at: element, message: none('apexClass', 'ApexClass', name) };
  }
  for (const element of elementsNamed(component, 'applicationVisibilities')) {
    const name = childText(element, 'application')?.trim() ?? '';
    if (!name.startsWith('standard__') && !known.has('CustomApplication', name)) {
      yield { at: element, message: none('application', 'CustomApplication', name) };
    }
  }
  for (const element of elementsNamed(component, 'tabSettings')) {
    const name = childText(element, 'tab')?.trim() ?? '';
    if (!name.startsWith('standard-') && !known.has('CustomTab', name)) {
      yield { at: element, message: none('tab', 'CustomTab', name) };
    }
  }
}

function* customTab(component: Component, known: Known): Generator<Complaint> {
  if (elementText(component, 'customObject') === 'true' && !known.object(component.fullName)) {
    yield { at: undefined, message: none('customObject', 'CustomObject', component.fullName) };
  }
  for (const [element, type] of [
    ['flexiPage', 'FlexiPage'],
    ['lwcComponent', 'LightningComponentBundle'],
  ] as const) {
    const name = elementText(component, element);
    if (name && !known.has(type, name)) yield { at: undefined, message: none(element, type, name) };
  }
}

function* customApplication(component: Component, known: Known): Generator<Complaint> {
  for (const element of elementsNamed(component, 'tabs')) {
    const name = element.text.trim();
    if (!name.startsWith('standard-') && !known.has('CustomTab', name)) {
      yield { at: element, message: none('tabs', 'CustomTab', name) };
    }
  }
}

function* layoutFields(elements: readonly XmlElement[], object: ObjectDefinition, known: Known): Generator<Complaint> {
  for (const element of elements) {
    const name = childText(element, 'field')?.trim();
    const isThere = name && (object.fields.has(name) || known.has('CustomField', `${object.name}.${name}`));
    if (element.name === 'layoutItems' && name && !isThere) {
      yield { at: element, message: `In field: field - no CustomField named ${object.name}.${name} found` };
    }
    yield* layoutFields(element.children, object, known);
  }
}

function* layout(component: Component, known: Known): Generator<Complaint> {
  const objectName = component.fullName.split('-')[0] ?? '';
  const object = known.object(objectName);
  if (!object) yield { at: undefined, message: `Parent entity failed to deploy: ${objectName}` };
  else yield* layoutFields(component.elements, object, known);
}

function* flexiPage(component: Component, known: Known): Generator<Complaint> {
  const object = elementText(component, 'sobjectType');
  if (object && !known.object(object)) yield { at: undefined, message: none('sobjectType', 'CustomObject', object) };
  const pending = [...component.elements];
  for (let element = pending.pop(); element; element = pending.pop()) {
    const name = element.name === 'componentName' ? element.text.trim().replace(/^c:/, '') : undefined;
    // Base components carry a namespace (`force:`, `flexipage:`, `lightning:`), a project's own do not.
    if (name && !name.includes(':') && !known.has('LightningComponentBundle', name)) {
      yield {
        at: element,
        message: `We couldn't retrieve the design time component information for component c:${name}.`,
      };
    }
    pending.push(...element.children);
  }
}

function* channelMember(component: Component, known: Known): Generator<Complaint> {
  const entity = elementText(component, 'selectedEntity') ?? '';
  const change = CHANGE_EVENT.exec(entity);
  const name = entity.endsWith('__ChangeEvent') ? `${change?.[1] ?? ''}__c` : (change?.[1] ?? entity);
  if (!known.object(name))
    yield { at: undefined, message: `The selected entity ${entity} isn't valid: no object ${name}` };
  const channel = elementText(component, 'eventChannel') ?? '';
  if (channel !== 'ChangeEvents' && !known.has('PlatformEventChannel', channel)) {
    yield { at: undefined, message: none('eventChannel', 'PlatformEventChannel', channel) };
  }
}

function* bundle(component: Component): Generator<Complaint> {
  if (!component.content.has(component.fileName)) {
    yield {
      at: undefined,
      message: `Cannot find Lightning Component Bundle ${component.fullName}: no ${component.fileName}`,
    };
  }
}

function* trigger(component: Component, known: Known): Generator<Complaint> {
  const source = strFromU8(component.content.get(component.fileName) ?? new Uint8Array());
  const match = /\btrigger\s+(\w+)\s+on\s+(\w+)\s*\(/i.exec(source);
  if (!match) yield { at: undefined, message: `Invalid trigger: ${component.fileName} declares no trigger` };
  else if (!known.object(match[2] ?? '')) {
    yield { at: undefined, message: `SObject type does not allow triggers: ${match[2] ?? ''}` };
  }
}

function* insideObject(component: Component, known: Known): Generator<Complaint> {
  const object = known.object(component.fullName.split('.')[0] ?? '');
  for (const element of [...elementsNamed(component, 'columns'), ...elementsNamed(component, 'fields')]) {
    const name = element.text.trim();
    const isThere = object?.fields.has(name) || known.has('CustomField', `${object?.name ?? ''}.${name}`);
    if (name.endsWith('__c') && !isThere) {
      yield { at: element, message: `Could not resolve list view column: ${name}` };
    }
  }
}

/** What the core does not know: the custom permissions that formulas name. */
function* formula(component: Component, known: Known): Generator<Complaint> {
  for (const element of component.elements) {
    if (element.name !== 'formula' && element.name !== 'errorConditionFormula') continue;
    for (const name of permissionsNamedIn(element.text)) {
      if (!known.has('CustomPermission', name))
        yield { at: undefined, message: `Error: Field $Permission.${name} does not exist. Check spelling.` };
    }
  }
}

const CHECKS: Readonly<Record<string, (component: Component, known: Known) => Generator<Complaint>>> = {
  PermissionSet: permissionSet,
  CustomTab: customTab,
  CustomApplication: customApplication,
  Layout: layout,
  FlexiPage: flexiPage,
  PlatformEventChannelMember: channelMember,
  LightningComponentBundle: bundle,
  ApexTrigger: trigger,
  ListView: insideObject,
  CompactLayout: insideObject,
  CustomField: formula,
  ValidationRule: formula,
};

/** The references of a component to what neither the org nor the deploy has. */
export function checkReferences(component: Component, known: Known): readonly ComponentFailure[] {
  const check = CHECKS[component.type];
  if (!check) return [];
  return [...check(component, known)].map(({ at, message }) => ({
    type: component.type,
    fullName: component.fullName,
    fileName: component.fileName,
    line: at?.line ?? component.line,
    column: at?.column ?? component.column,
    message,
  }));
}
