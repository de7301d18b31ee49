import type { MetadataFile, Problem } from './problem.ts';
import { textAt } from './xml.ts';

/** What each type of custom field must say, as the Metadata API refuses it otherwise. Source: Metadata API guide, CustomField. */
const needs: Readonly<Record<string, readonly string[]>> = {
  AutoNumber: ['displayFormat'],
  Checkbox: ['defaultValue'],
  DateTime: [],
  Lookup: ['referenceTo', 'relationshipName'],
  LongTextArea: ['length', 'visibleLines'],
  MasterDetail: ['referenceTo', 'relationshipName', 'relationshipOrder'],
  Number: ['precision', 'scale'],
  Picklist: ['valueSet'],
  Text: ['length'],
};
const limits: Readonly<Record<string, number>> = { Text: 255, LongTextArea: 131_072 };

/** Rules between the elements of a field or an object, which the typing does not hold. */
export function ruleProblems({ file, root }: MetadataFile): readonly Problem[] {
  const found: string[] = [];
  if (root.name === 'CustomField') found.push(...fieldRules());
  if (root.name === 'CustomObject') found.push(...objectRules());
  return found.map((message) => ({ file, line: root.line, message }));

  function has(name: string): boolean {
    return textAt(root, name) !== undefined;
  }

  function* fieldRules(): Iterable<string> {
    const type = textAt(root, 'type');
    const formula = has('formula');
    if (type === undefined) {
      yield 'a custom field needs the element type';
      return;
    }
    if (!has('label')) yield 'a custom field needs a label';
    const event = file.includes('__e/');
    if (!event && !has('description')) yield 'say in a description what the field is for';
    if (!event && !has('inlineHelpText')) yield 'give the field an inlineHelpText';
    const needed = formula ? undefined : needs[type];
    if (!formula && needed === undefined) yield `this check does not know what a ${type} field needs: add it`;
    for (const name of needed ?? [])
      if (!has(name) && !(event && name === 'defaultValue')) yield `a ${type} field needs ${name}`;
    const limit = limits[type];
    if (limit !== undefined && Number(textAt(root, 'length')) > limit)
      yield `a ${type} field has at most ${limit} characters`;
    if (type === 'Number' && Number(textAt(root, 'precision')) > 18) yield 'a number has at most 18 digits';
    if (textAt(root, 'required') === 'true' && textAt(root, 'deleteConstraint') === 'SetNull')
      yield 'a required lookup cannot be set to null';
    if (textAt(root, 'externalId') === 'true' && !['Text', 'Number', 'Email', 'AutoNumber'].includes(type))
      yield `a ${type} field cannot be an external ID`;
    if (has('caseSensitive') && textAt(root, 'unique') !== 'true') yield 'caseSensitive is for unique fields';
  }

  function* objectRules(): Iterable<string> {
    const event = file.includes('__e/');
    const custom = file.includes('__c/');
    for (const name of event || custom ? ['label', 'pluralLabel', 'deploymentStatus', 'description'] : []) {
      if (!has(name)) yield `a custom object needs ${name}`;
    }
    for (const name of event ? ['eventType', 'publishBehavior'] : custom ? ['nameField', 'sharingModel'] : []) {
      if (!has(name)) yield `${event ? 'an event' : 'a custom object'} needs ${name}`;
    }
  }
}
