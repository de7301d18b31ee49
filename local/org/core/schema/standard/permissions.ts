import type { ObjectDefinition } from '../../contract/index.ts';
import { choice, flag, readOnly, reference, required, standardObject, text } from './shorthand.ts';
import { systemFields } from './system-fields.ts';

const parent = reference('ParentId', 'Parent ID', 'PermissionSet', undefined, {
  ...required,
  updateable: false,
  deleteConstraint: 'Cascade',
});
const object = text('SobjectType', 'SObject Type Name', 40, { ...required, updateable: false });

/** What a permission set, or a profile through its own, allows on objects and fields. */
export const permissions: readonly ObjectDefinition[] = [
  standardObject('ObjectPermissions', 'Object Permissions', 'Object Permissions', '110', [
    ...systemFields({ deletable: false }),
    { ...parent, childRelationshipName: 'ObjectPerms' },
    object,
    flag('PermissionsCreate', 'Create'),
    flag('PermissionsRead', 'Read'),
    flag('PermissionsEdit', 'Edit'),
    flag('PermissionsDelete', 'Delete'),
    flag('PermissionsViewAllRecords', 'Read All'),
    flag('PermissionsModifyAllRecords', 'Edit All'),
  ]),
  standardObject('PermissionSetGroup', 'Permission Set Group', 'Permission Set Groups', '0PG', [
    ...systemFields({ deletable: false }),
    text('DeveloperName', 'API Name', 80, { ...required, unique: true, idLookup: true }),
    text('MasterLabel', 'Label', 80, required),
    text('Description', 'Description', 255),
    choice('Status', 'Status', ['Updated*', 'Outdated', 'Updating', 'Failed'], { ...readOnly, length: 40 }),
    flag('HasActivationRequired', 'Session Activation Required'),
  ]),
  standardObject(
    'PermissionSetGroupComponent',
    'Permission Set Group Component',
    'Permission Set Group Components',
    '0PM',
    [
      ...systemFields({ deletable: false }),
      reference(
        'PermissionSetGroupId',
        'Permission Set Group ID',
        'PermissionSetGroup',
        'PermissionSetGroupComponents',
        {
          ...required,
          updateable: false,
          deleteConstraint: 'Cascade',
        },
      ),
      reference('PermissionSetId', 'Permission Set ID', 'PermissionSet', undefined, {
        ...required,
        updateable: false,
        deleteConstraint: 'Cascade',
      }),
    ],
  ),
  standardObject('FieldPermissions', 'Field Permissions', 'Field Permissions', '01k', [
    ...systemFields({ deletable: false }),
    { ...parent, childRelationshipName: 'FieldPerms' },
    object,
    text('Field', 'Field Name', 255, { ...required, updateable: false }),
    flag('PermissionsRead', 'Read Field'),
    flag('PermissionsEdit', 'Edit Field'),
  ]),
];
