import type { Component } from '../component.ts';
import { childText, type XmlElement } from '../xml.ts';
import type { ObjectDefinition } from '../../core/index.ts';
import { elementsBelow, fieldAt, hasField, none, textOf } from './known.ts';
import type { Complaint, Known } from './known.ts';

/** Elements whose text names a resource of the flow, or a path below one (Metadata API, "Flow"). */
const REFERRING: ReadonlySet<string> = new Set([
  'elementReference',
  'leftValueReference',
  'assignToReference',
  'inputReference',
]);
/** Global resources of flows (Salesforce Help, "Flow Resources: Global Variables"); their fields are not looked at. */
const GLOBALS: ReadonlySet<string> = new Set(
  '$Api $Client $Flow $GlobalConstant $Label $Organization $Permission $Profile $Setup $System $User $UserRole'
    .toLowerCase()
    .split(' '),
);
const RECORD: ReadonlySet<string> = new Set(['$record', '$record__prior']);

/** What a flow refers to of its own resources and of the record that started it, in references and in formulas. */
export function* resources(component: Component, known: Known): Generator<Complaint> {
  const named = new Map<string, XmlElement>();
  for (const element of component.elements) {
    const name = childText(element, 'name')?.trim();
    if (!name) continue;
    if (named.has(name.toLowerCase())) {
      yield { at: element, message: `The name "${name}" is used more than once in this flow.` };
    }
    named.set(name.toLowerCase(), element);
  }
  const start = component.elements.find(({ name }) => name === 'start');
  for (const element of elementsBelow(component.elements)) {
    for (const path of pathsIn(element)) {
      const [first = '', ...rest] = path.split('.');
      const lower = first.toLowerCase();
      const resource = named.get(lower);
      if (RECORD.has(lower)) yield* fieldOf(element, rest.join('.'), start, known);
      else if (resource) yield* fieldOf(element, rest.join('.'), keepsRecord(resource) ? resource : undefined, known);
      else if (!GLOBALS.has(lower) && !ruleNamed(component, lower)) {
        yield { at: element, message: `The flow refers to "${first}", which it does not have.` };
      }
    }
  }
}

function* pathsIn(element: XmlElement): Generator<string> {
  const text = element.text.trim();
  if (REFERRING.has(element.name) && text !== '') yield text;
  if (element.name === 'expression' || element.name === 'filterFormula' || element.name === 'stringValue') {
    for (const [, path = ''] of text.matchAll(/\{!([^}]+)\}/g)) yield path.trim();
  }
}

/** A resource that is one record, whose fields can be named behind it. */
function keepsRecord(element: XmlElement): boolean {
  return element.name === 'recordLookups' && textOf(element, 'storeOutputAutomatically') === 'true';
}

function* fieldOf(at: XmlElement, path: string, holder: XmlElement | undefined, known: Known): Generator<Complaint> {
  if (path === '' || !holder) return;
  const name = childText(holder, 'object')?.trim();
  const object = name === undefined ? undefined : known.object(name);
  if (object && !isField(known, object, path)) {
    yield { at, message: none(at.name, 'CustomField', `${object.name}.${path}`) };
  }
}

function isField(known: Known, object: ObjectDefinition, path: string): boolean {
  return path.includes('.') ? fieldAt(known, object, path) !== undefined : hasField(known, object, path);
}

/** Outcomes of a decision are resources, too. */
function ruleNamed(component: Component, lower: string): boolean {
  return component.elements.some(({ name, children }) =>
    children.some(
      (child) => name === 'decisions' && child.name === 'rules' && textOf(child, 'name').toLowerCase() === lower,
    ),
  );
}
