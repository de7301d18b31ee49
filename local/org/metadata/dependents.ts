import { componentKey, elementsNamed, elementText } from './component.ts';
import type { Component } from './component.ts';
import type { ComponentStore } from './component-store.ts';
import { childrenNamed, childText } from './xml.ts';
import type { XmlElement } from './xml.ts';

/** What tells the values of a global value set by its name, as it will be after the deploy. */
export function globalValues(store: ComponentStore, components: readonly Component[]) {
  return (name: string): readonly XmlElement[] | undefined => {
    const isNamed = (component: Component): boolean =>
      component.type === 'GlobalValueSet' && component.fullName === name;
    const found = components.find(isNamed) ?? store.get('GlobalValueSet', name);
    return (
      found && childrenNamed({ ...found, name, attributes: {}, children: found.elements, text: '' }, 'customValue')
    );
  };
}

/** Components of the org that what is deployed changes: fields of a global value set, record types of a process. */
export function dependents(store: ComponentStore, components: readonly Component[]): readonly Component[] {
  const deployed = new Set(components.map(componentKey));
  const isDeployed = (type: string, fullName: string): boolean => deployed.has(componentKey({ type, fullName }));
  const fields = store.list('CustomField').filter((field) => {
    const valueSet = elementsNamed(field, 'valueSet')[0];
    const name = valueSet && childText(valueSet, 'valueSetName')?.trim();
    return name !== undefined && isDeployed('GlobalValueSet', name);
  });
  const recordTypes = store.list('RecordType').filter((recordType) => {
    const [object = ''] = recordType.fullName.split('.');
    return isDeployed('BusinessProcess', `${object}.${elementText(recordType, 'businessProcess') ?? ''}`);
  });
  return [...fields, ...recordTypes].filter((component) => !deployed.has(componentKey(component)));
}
