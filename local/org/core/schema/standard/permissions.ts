import type { ObjectDefinition } from '../../contract.ts';
import { flag, reference, required, standardObject, text } from './shorthand.ts';
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
  standardObject('FieldPermissions', 'Field Permissions', 'Field Permissions', '01k', [
    ...systemFields({ deletable: false }),
    { ...parent, childRelationshipName: 'FieldPerms' },
    object,
    text('Field', 'Field Name', 255, { ...required, updateable: false }),
    flag('PermissionsRead', 'Read Field'),
    flag('PermissionsEdit', 'Edit Field'),
  ]),
];
