import type { FieldDefinition, ObjectDefinition } from '../contract/index.ts';

/** `picklistValues` of a field's describe; empty for what is no picklist. */
export function describePicklist(object: ObjectDefinition, field: FieldDefinition): readonly Record<string, unknown>[] {
  if (field.type !== 'picklist' && field.type !== 'multipicklist') return [];
  const controlling = controllingValues(object, field);
  return (field.picklistValues ?? []).map(({ active, defaultValue, label, value, controllingValues: chosenWith }) => ({
    active,
    defaultValue,
    label,
    validFor: controlling === undefined ? null : bitmap(controlling, chosenWith ?? []),
    value,
  }));
}

/** What the controlling field can be, in the order of the bitmap's bits; a checkbox is `unchecked`, then `checked`. */
function controllingValues(object: ObjectDefinition, field: FieldDefinition): readonly string[] | undefined {
  const controller = field.controllingField === undefined ? undefined : object.fields.get(field.controllingField);
  if (controller === undefined) return undefined;
  if (controller.type === 'boolean') return ['unchecked', 'checked'];
  return (controller.picklistValues ?? []).map(({ value }) => value);
}

/**
 * Which controlling values a value is valid for: a bit for each, the highest of the first byte first, in base64
 * (SOAP API Developer Guide, "PicklistEntry").
 */
function bitmap(controlling: readonly string[], validFor: readonly string[]): string {
  const bytes = new Uint8Array(Math.max(1, Math.ceil(controlling.length / 8)));
  for (const [index, value] of controlling.entries()) {
    if (validFor.includes(value)) bytes[index >> 3] = (bytes[index >> 3] ?? 0) | (0x80 >> (index & 7));
  }
  return Buffer.from(bytes).toString('base64');
}
