import { elementsNamed, elementText } from '../component.ts';
import type { Component } from '../component.ts';
import { none, textOf } from './known.ts';
import type { Complaint, Known } from './known.ts';

/** What a permission set grants is there: objects, fields, classes, applications, tabs, custom permissions. */
export function* permissionSet(component: Component, known: Known): Generator<Complaint> {
  for (const element of elementsNamed(component, 'objectPermissions')) {
    const name = textOf(element, 'object');
    if (!known.object(name)) yield { at: element, message: none('object', 'CustomObject', name) };
  }
  for (const element of elementsNamed(component, 'fieldPermissions')) {
    const path = textOf(element, 'field');
    const [object = '', name = ''] = path.split('.');
    const field = known.object(object)?.fields.get(name);
    if (!field && known.has('CustomField', path)) continue;
    if (!field) yield { at: element, message: none('field', 'CustomField', path) };
    else if (field.required) yield { at: element, message: `You cannot deploy to a required field: ${path}` };
  }
  for (const [list, child, type] of GRANTED) {
    for (const element of elementsNamed(component, list)) {
      const name = textOf(element, child);
      if (!known.has(type, name)) yield { at: element, message: none(child, type, name) };
    }
  }
  for (const element of elementsNamed(component, 'customMetadataTypeAccesses')) {
    const name = textOf(element, 'name');
    if (!known.object(name)) yield { at: element, message: none('name', 'CustomObject', name) };
  }
  for (const element of elementsNamed(component, 'applicationVisibilities')) {
    const name = textOf(element, 'application');
    if (!name.startsWith('standard__') && !known.has('CustomApplication', name)) {
      yield { at: element, message: none('application', 'CustomApplication', name) };
    }
  }
  for (const element of [...elementsNamed(component, 'tabSettings'), ...elementsNamed(component, 'tabVisibilities')]) {
    const name = textOf(element, 'tab');
    if (!name.startsWith('standard-') && !known.has('CustomTab', name)) {
      yield { at: element, message: none('tab', 'CustomTab', name) };
    }
  }
}

const GRANTED = [
  ['customPermissions', 'name', 'CustomPermission'],
  ['classAccesses', 'apexClass', 'ApexClass'],
  ['flowAccesses', 'flow', 'Flow'],
  ['recordTypeVisibilities', 'recordType', 'RecordType'],
] as const;

/** A profile: what permission sets name, and the layouts that it assigns. */
export function* profile(component: Component, known: Known): Generator<Complaint> {
  yield* permissionSet(component, known);
  for (const element of elementsNamed(component, 'layoutAssignments')) {
    const name = textOf(element, 'layout');
    const recordType = textOf(element, 'recordType');
    if (name.includes('__c') && !known.has('Layout', name)) {
      yield { at: element, message: none('layout', 'Layout', name) };
    }
    if (recordType !== '' && !known.has('RecordType', recordType)) {
      yield { at: element, message: none('recordType', 'RecordType', recordType) };
    }
  }
}

export function* permissionSetGroup(component: Component, known: Known): Generator<Complaint> {
  for (const element of elementsNamed(component, 'permissionSets')) {
    const name = element.text.trim();
    if (!known.has('PermissionSet', name))
      yield { at: element, message: none('permissionSets', 'PermissionSet', name) };
  }
  for (const element of elementsNamed(component, 'mutingPermissionSets')) {
    yield { at: element, message: 'not yet: the local org does not hold muting permission sets' };
  }
}

/** The settings and policies of an external client application name it, and the permission sets that it is open to. */
export function* externalClientPart(component: Component, known: Known): Generator<Complaint> {
  const name = elementText(component, 'externalClientApplication') ?? '';
  if (!known.has('ExternalClientApplication', name)) {
    const message = none('externalClientApplication', 'ExternalClientApplication', name);
    yield { at: elementsNamed(component, 'externalClientApplication')[0], message };
  }
  for (const element of elementsNamed(component, 'commaSeparatedPermissionSet')) {
    for (const set of element.text.split(',').map((text) => text.trim())) {
      if (set !== '' && !known.has('PermissionSet', set)) {
        yield { at: element, message: none('commaSeparatedPermissionSet', 'PermissionSet', set) };
      }
    }
  }
}
