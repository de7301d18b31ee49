import type { Component } from './component.ts';
import { elementsNamed, elementText } from './component.ts';
import {
  fieldPermissionsOf,
  grantedPermissionsOf,
  objectPermissionsOf,
  recordTypeGrantsOf,
  userPermissionsOf,
} from './permission-records.ts';
import { SetupProblem } from './setup-writer.ts';
import type { SetupRecords } from './setup-writer.ts';
import type { Org } from '../core/index.ts';

type Keep = (org: Org, records: SetupRecords, component: Component) => void;

/** Custom permissions, permission sets, their groups, profiles: who may do what. */
export const keepAccess: readonly (readonly [type: string, keep: Keep])[] = [
  ['CustomPermission', keepCustomPermission],
  ['PermissionSet', keepPermissionSet],
  ['PermissionSetGroup', keepPermissionSetGroup],
  ['Profile', keepProfile],
];

/** What removes the records of a component of that type. */
export function removeAccess(type: string): (org: Org, records: SetupRecords, fullName: string) => void {
  switch (type) {
    case 'CustomPermission':
      return (_, records, fullName) => records.remove(type, 'DeveloperName', fullName);
    case 'PermissionSet':
      return (_, records, fullName) => records.remove(type, 'Name', fullName);
    case 'PermissionSetGroup':
      return (_, records, fullName) => {
        records.remove('PermissionSet', 'Name', fullName);
        records.remove(type, 'DeveloperName', fullName);
      };
    default:
      return (_, __, fullName) => {
        throw new SetupProblem(`not yet: the local org cannot remove the ${type} ${fullName}`);
      };
  }
}

function keepCustomPermission(_: Org, records: SetupRecords, component: Component): void {
  records.keep('CustomPermission', 'DeveloperName', component.fullName, {
    MasterLabel: elementText(component, 'label') ?? component.fullName,
    Description: elementText(component, 'description') ?? null,
  });
}

function keepPermissionSet(org: Org, records: SetupRecords, component: Component): void {
  const id = records.keep('PermissionSet', 'Name', component.fullName, {
    Label: elementText(component, 'label') ?? component.fullName,
    Description: elementText(component, 'description') ?? null,
    ...userPermissionsOf(component),
  });
  records.grant(id, grantedPermissionsOf(component));
  records.keepChildren('ObjectPermissions', id, objectPermissionsOf(component));
  records.keepChildren('FieldPermissions', id, fieldPermissionsOf(component));
  org.platform.grantRecordTypes(id, recordTypeGrantsOf(component));
}

/** A group is assigned by a permission set of its own, which stands for all of its members. */
function keepPermissionSetGroup(org: Org, records: SetupRecords, component: Component): void {
  const label = elementText(component, 'label') ?? component.fullName;
  const id = records.keepPlatform('PermissionSetGroup', 'DeveloperName', component.fullName, {
    MasterLabel: label,
    Description: elementText(component, 'description') ?? null,
    Status: 'Updated',
  });
  records.keepPlatform('PermissionSet', 'Name', component.fullName, {
    Label: label,
    Type: 'Group',
    PermissionSetGroupId: id,
  });
  const present = records.idsOf('PermissionSetGroupComponent', `PermissionSetGroupId = '${id}'`);
  for (const each of present) org.platform.remove('PermissionSetGroupComponent', each);
  for (const element of elementsNamed(component, 'permissionSets')) {
    const PermissionSetId = records.idOf('PermissionSet', 'Name', element.text.trim());
    org.platform.put('PermissionSetGroupComponent', { PermissionSetGroupId: id, PermissionSetId });
  }
}

/** Standard profiles go by other names in the Metadata API (Metadata API Developer Guide, "Profile"). */
const PROFILE_NAMES: Readonly<Record<string, string>> = { Admin: 'System Administrator', Standard: 'Standard User' };

/** A profile's file says what changes; what it does not name stays as it is. */
function keepProfile(org: Org, records: SetupRecords, component: Component): void {
  const name = PROFILE_NAMES[component.fullName] ?? component.fullName;
  const profileId = records.idOf('Profile', 'Name', name);
  if (profileId === undefined) {
    throw new SetupProblem(`not yet: the local org has no profile ${name}, and cannot make one; use a permission set`);
  }
  const held = userPermissionsOf(component);
  const named = elementsNamed(component, 'userPermissions').length > 0;
  if (named) org.platform.put('Profile', held, profileId);
  const [setId] = records.idsOf('PermissionSet', `ProfileId = '${profileId}'`);
  if (setId === undefined) throw new SetupProblem(`the profile ${name} has no permission set`);
  records.mergeChildren('ObjectPermissions', setId, 'SobjectType', objectPermissionsOf(component));
  records.mergeChildren('FieldPermissions', setId, 'Field', fieldPermissionsOf(component));
  const added = grantedPermissionsOf(component);
  if (added.length > 0) records.grant(setId, added);
  org.platform.grantRecordTypes(setId, recordTypeGrantsOf(component));
}
