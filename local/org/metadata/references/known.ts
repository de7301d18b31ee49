import { childText } from '../xml.ts';
import type { XmlElement } from '../xml.ts';
import type { FieldDefinition, ObjectDefinition } from '../../core/index.ts';

/** What will be there after the deploy. */
export interface Known {
  object(name: string): ObjectDefinition | undefined;
  objects(): readonly ObjectDefinition[];
  has(type: string, fullName: string): boolean;
}

/** A reference to what is not there: the element that makes it, or the whole component. */
export interface Complaint {
  readonly at: XmlElement | undefined;
  readonly message: string;
}

/** The words of the Metadata API for a reference to nothing. */
export function none(element: string, type: string, name: string): string {
  return `In field: ${element} - no ${type} named ${name} found`;
}

/** Text of a child element, without the blanks round it. */
export function textOf(element: XmlElement, name: string): string {
  return childText(element, name)?.trim() ?? '';
}

/** Every element below these, and these. */
export function* elementsBelow(elements: readonly XmlElement[]): Generator<XmlElement> {
  for (const element of elements) {
    yield element;
    yield* elementsBelow(element.children);
  }
}

/** Whether an object has a field, now or as a component of the deploy. */
export function hasField(known: Known, object: ObjectDefinition, name: string): boolean {
  return fieldNamed(object, name) !== undefined || known.has('CustomField', `${object.name}.${name}`);
}

/** A field by its name in any case. */
export function fieldNamed(object: ObjectDefinition, name: string): FieldDefinition | undefined {
  const lower = name.toLowerCase();
  return object.fields.get(name) ?? [...object.fields.values()].find((field) => field.name.toLowerCase() === lower);
}

/** The field at the end of a path of relationships from an object: `Sync__r.Name`; undefined when a step is missing. */
export function fieldAt(known: Known, object: ObjectDefinition, path: string): FieldDefinition | undefined {
  const [first = '', ...rest] = path.split('.');
  if (rest.length === 0) return fieldNamed(object, first);
  const step = [...object.fields.values()].find(
    (field) => field.relationshipName?.toLowerCase() === first.toLowerCase(),
  );
  for (const name of step?.referenceTo ?? []) {
    const parent = known.object(name);
    const found = parent && fieldAt(known, parent, rest.join('.'));
    if (found) return found;
  }
  return undefined;
}

/** The object that is a child of another by the name of its list: `Runs__r` of `Sync__c`. */
export function childObject(known: Known, parent: ObjectDefinition, list: string): ObjectDefinition | undefined {
  const lower = list.toLowerCase();
  return known
    .objects()
    .find((object) =>
      [...object.fields.values()].some(
        (field) => field.childRelationshipName?.toLowerCase() === lower && field.referenceTo.includes(parent.name),
      ),
    );
}
