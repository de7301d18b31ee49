import type { FieldDefinition, ObjectDefinition } from '../contract/index.ts';
import { isMaster } from './master.ts';

/** Kept by the platform: no field permission exists for it. */
const kept: ReadonlySet<string> = new Set([
  'Id',
  'OwnerId',
  'IsDeleted',
  'CreatedDate',
  'CreatedById',
  'LastModifiedDate',
  'LastModifiedById',
  'SystemModstamp',
]);
/** Parts of a person's name are readable with the record, as the name is. */
const nameParts: ReadonlySet<string> = new Set(['Name', 'FirstName', 'LastName', 'Salutation', 'MiddleName', 'Suffix']);

export const isKept = (field: FieldDefinition): boolean => kept.has(field.name);

/** Whether profiles and permission sets grant this field by itself; whoever reads the record reads the others. */
export function isPermissionable(object: ObjectDefinition, field: FieldDefinition): boolean {
  // The rights of the contact's field count.
  if (field.contactField !== undefined) return false;
  if (isKept(field) || field.required || isMaster(field) || field.compoundFieldName !== undefined) return false;
  if (field.custom) return true;
  if (nameParts.has(field.name) || field.name === 'RecordTypeId') return false;
  // The platform writes the others itself: IsConverted, ConvertedContactId, MasterRecordId, LastActivityDate.
  const written = field.createable || field.updateable || field.type === 'address';
  return written && (field.nillable || field.type === 'boolean') && object.kind === 'standard';
}
