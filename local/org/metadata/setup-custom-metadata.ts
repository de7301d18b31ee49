import type { Component } from './component.ts';
import { elementsNamed, elementText } from './component.ts';
import { SetupProblem } from './setup-writer.ts';
import type { SetupRecords } from './setup-writer.ts';
import { childrenNamed, childText } from './xml.ts';
import type { Org } from '../core/index.ts';

/** A record of a custom metadata type: `Setting.Default` is the record `Default` of `Setting__mdt`. */
export function keepCustomMetadata(org: Org, records: SetupRecords, component: Component): void {
  const [type = '', name = ''] = component.fullName.split('.');
  const object = `${type}__mdt`;
  const label = elementText(component, 'label') ?? name;
  const values: Record<string, unknown> = {};
  for (const element of elementsNamed(component, 'values')) {
    const value = childrenNamed(element, 'value')[0];
    const isNull = value === undefined || value.attributes['xsi:nil'] === 'true';
    values[childText(element, 'field')?.trim() ?? ''] = isNull ? null : value.text;
  }
  const fields = [...(org.schema.object(object)?.fields.values() ?? [])];
  const missing = fields.filter((field) => field.custom && field.required && (values[field.name] ?? '') === '');
  if (missing.length > 0) {
    throw new SetupProblem(`Required fields are missing: [${missing.map((field) => field.name).join(', ')}]`);
  }
  records.keepPlatform(object, 'DeveloperName', name, {
    ...values,
    MasterLabel: label,
    Label: label,
    Language: 'en_US',
    QualifiedApiName: name,
  });
}

export function removeCustomMetadata(org: Org, records: SetupRecords, fullName: string): void {
  const [type = '', name = ''] = fullName.split('.');
  // The records of a type that is removed itself are gone with it.
  if (org.schema.object(`${type}__mdt`)) records.removePlatform(`${type}__mdt`, 'DeveloperName', name);
}
