import type { Component } from './component.ts';
import { elementsNamed } from './component.ts';
import { childText } from './xml.ts';
import type { XmlElement } from './xml.ts';
import type { RecordTypeGrant } from '../core/index.ts';

type Values = Readonly<Record<string, unknown>>;

/** The records of ObjectPermissions that a PermissionSet's file stands for, without their parent. */
export function objectPermissionsOf(permissionSet: Component): readonly Values[] {
  return elementsNamed(permissionSet, 'objectPermissions').map((element) => ({
    SobjectType: textOf(element, 'object'),
    PermissionsCreate: isTrue(element, 'allowCreate'),
    PermissionsRead: isTrue(element, 'allowRead'),
    PermissionsEdit: isTrue(element, 'allowEdit'),
    PermissionsDelete: isTrue(element, 'allowDelete'),
    PermissionsViewAllRecords: isTrue(element, 'viewAllRecords'),
    PermissionsModifyAllRecords: isTrue(element, 'modifyAllRecords'),
  }));
}

/** The records of FieldPermissions, likewise. */
export function fieldPermissionsOf(permissionSet: Component): readonly Values[] {
  return elementsNamed(permissionSet, 'fieldPermissions').map((element) => ({
    SobjectType: textOf(element, 'field').split('.')[0] ?? '',
    Field: textOf(element, 'field'),
    PermissionsRead: isTrue(element, 'readable'),
    PermissionsEdit: isTrue(element, 'editable'),
  }));
}

/** The custom permissions that are granted, by name. */
export function grantedPermissionsOf(permissionSet: Component): readonly string[] {
  return elementsNamed(permissionSet, 'customPermissions').flatMap((element) =>
    isTrue(element, 'enabled') ? [textOf(element, 'name')] : [],
  );
}

/** Which record types may be used; only a profile says which is the default. */
export function recordTypeGrantsOf(permissionSet: Component): readonly RecordTypeGrant[] {
  return elementsNamed(permissionSet, 'recordTypeVisibilities').map((element) => {
    const [object = '', recordType = ''] = textOf(element, 'recordType').split('.');
    return { object, recordType, visible: isTrue(element, 'visible'), isDefault: isTrue(element, 'default') };
  });
}

/** The user permissions that the local org's PermissionSet records hold; others are kept as metadata alone. */
export function userPermissionsOf(permissionSet: Component): Values {
  const enabled = elementsNamed(permissionSet, 'userPermissions')
    .filter((element) => isTrue(element, 'enabled'))
    .map((element) => textOf(element, 'name'));
  return Object.fromEntries(heldPermissions.map((name) => [`Permissions${name}`, enabled.includes(name)]));
}

const heldPermissions = ['ApiEnabled', 'ModifyAllData', 'ViewAllData'];

function textOf(element: XmlElement, name: string): string {
  return childText(element, name)?.trim() ?? '';
}

function isTrue(element: XmlElement, name: string): boolean {
  return textOf(element, name) === 'true';
}
