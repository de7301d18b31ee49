import type { FieldDefinition } from '../../contract/index.ts';
import { field, flag, kept, moment, readOnly, reference, text } from './shorthand.ts';

/** Which of the fields that the platform keeps by itself an object has. */
export interface SystemFields {
  readonly owner?: 'user' | 'userOrGroup';
  readonly deletable: boolean;
}

export const idField: FieldDefinition = field('id', 'Id', 'Record ID', { ...kept, length: 18, idLookup: true });

const createdBy = reference('CreatedById', 'Created By ID', 'User', undefined, kept);
const createdDate = moment('CreatedDate', 'Created Date', kept);

export const recordTypeField: FieldDefinition = reference('RecordTypeId', 'Record Type ID', 'RecordType');

export function systemFields(which: SystemFields): FieldDefinition[] {
  const fields = [idField];
  if (which.owner !== undefined) fields.push(ownerField(which.owner));
  if (which.deletable) fields.push(flag('IsDeleted', 'Deleted', kept));
  fields.push(
    createdDate,
    createdBy,
    moment('LastModifiedDate', 'Last Modified Date', kept),
    reference('LastModifiedById', 'Last Modified By ID', 'User', undefined, kept),
    moment('SystemModstamp', 'System Modstamp', kept),
  );
  return fields;
}

/** What a platform event has besides its own fields. */
export function eventFields(): FieldDefinition[] {
  return [
    field('string', 'ReplayId', 'Replay ID', { ...readOnly, length: 1000, filterable: false }),
    field('string', 'EventUuid', 'Event UUID', { ...readOnly, length: 36, filterable: false }),
    createdDate,
    createdBy,
  ];
}

/** What a custom metadata type has besides its own fields. */
export function customMetadataFields(): FieldDefinition[] {
  return [
    idField,
    text('DeveloperName', 'Custom Metadata Record Name', 40, { ...kept, idLookup: true }),
    text('MasterLabel', 'Label', 40, kept),
    text('Language', 'Language', 40, kept),
    text('NamespacePrefix', 'Namespace Prefix', 15, readOnly),
    text('Label', 'Label', 40, kept),
    text('QualifiedApiName', 'Qualified API Name', 70, { ...kept, idLookup: true }),
    moment('SystemModstamp', 'System Modstamp', kept),
  ];
}

/** What a hierarchy custom setting has besides its own fields: whose it is, the org's own being the most general. */
export function customSettingFields(): FieldDefinition[] {
  const owners = ['Organization', 'Profile', 'User'];
  const [id = idField, ...rest] = systemFields({ deletable: true });
  return [
    id,
    text('Name', 'Name', 80, { idLookup: true }),
    reference('SetupOwnerId', 'Location', owners, undefined, {
      ...{ updateable: false, nillable: false, unique: true, deleteConstraint: 'Cascade' },
    }),
    ...rest,
  ];
}

function ownerField(who: 'user' | 'userOrGroup'): FieldDefinition {
  const owners = who === 'user' ? ['User'] : ['Group', 'User'];
  return reference('OwnerId', 'Owner ID', owners, undefined, { nillable: false, deleteConstraint: 'Restrict' });
}
