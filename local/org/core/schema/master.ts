import type { FieldDefinition } from '../contract/index.ts';

/** A custom reference that owns its record: the record goes when its master goes. */
export function isMaster(field: FieldDefinition): boolean {
  return field.custom && field.type === 'reference' && field.required && field.deleteConstraint === 'Cascade';
}
