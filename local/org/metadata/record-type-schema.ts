import { elementsNamed, elementText } from './component.ts';
import type { Component } from './component.ts';
import { childText, childrenNamed } from './xml.ts';
import type { XmlElement } from './xml.ts';
import type { RecordTypeDefinition, RecordTypePicklist } from '../core/index.ts';

/** The field that a business process is about, by object; these objects' record types must name one. */
const PROCESS_FIELDS: Readonly<Record<string, string>> = { Lead: 'Status', Opportunity: 'StageName', Case: 'Status' };

/** The definition that a RecordType component makes, or the problem with it. `process` finds a BusinessProcess. */
export function recordTypeOfComponent(
  component: Component,
  process: (fullName: string) => Component | undefined,
): { readonly made: RecordTypeDefinition } | { readonly problem: string } {
  const [object = '', name = ''] = component.fullName.split('.');
  const picklists = new Map<string, RecordTypePicklist>();
  for (const element of elementsNamed(component, 'picklistValues')) {
    const picklist = childText(element, 'picklist')?.trim() ?? '';
    if (picklists.has(picklist)) return { problem: `Duplicate picklist: ${picklist}` };
    picklists.set(picklist, valuesOf(childrenNamed(element, 'values')));
  }
  const processField = PROCESS_FIELDS[object];
  const processName = elementText(component, 'businessProcess');
  if (processField !== undefined) {
    if (processName === undefined) return { problem: 'Required field is missing: businessProcess' };
    const found = process(`${object}.${processName}`);
    if (!found)
      return { problem: `In field: businessProcess - no BusinessProcess named ${object}.${processName} found` };
    picklists.set(processField, valuesOf(elementsNamed(found, 'values')));
  } else if (processName !== undefined) {
    return { problem: `Cannot specify a businessProcess for a record type of ${object}` };
  }
  const description = elementText(component, 'description');
  return {
    made: {
      name,
      label: elementText(component, 'label') ?? '',
      active: elementText(component, 'active') === 'true',
      ...(description === undefined ? {} : { description }),
      picklists,
    },
  };
}

/** Values of record types and business processes are written as in a URL: `Food %26 Beverage`. */
function valuesOf(elements: readonly XmlElement[]): RecordTypePicklist {
  const named = elements.map((element) => ({
    value: decoded(childText(element, 'fullName')?.trim() ?? ''),
    isDefault: childText(element, 'default')?.trim() === 'true',
  }));
  const usual = named.find(({ isDefault }) => isDefault)?.value;
  return { values: named.map(({ value }) => value), ...(usual === undefined ? {} : { defaultValue: usual }) };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (error instanceof URIError) return text;
    throw error;
  }
}
