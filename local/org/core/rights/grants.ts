import type { Database } from '../database.ts';
import { childrenOf, permissionSetsOf, valueOf } from '../permission-sets.ts';
import { Entry } from '../storage/index.ts';
import { groupsOf, subordinatesOf } from './groups.ts';

/** What is allowed on the records of an object. */
export interface ObjectGrant {
  readonly create: boolean;
  readonly read: boolean;
  readonly edit: boolean;
  readonly delete: boolean;
  /** Whoever owns the record. */
  readonly viewAll: boolean;
  readonly modifyAll: boolean;
}

export const nothing: ObjectGrant = grant({});
export const everything: ObjectGrant = {
  create: true,
  read: true,
  edit: true,
  delete: true,
  viewAll: true,
  modifyAll: true,
};

export function grant(given: Partial<ObjectGrant>): ObjectGrant {
  return { create: false, read: false, edit: false, delete: false, viewAll: false, modifyAll: false, ...given };
}

/** What a user is granted by the profile and all permission sets together. */
export interface Grants {
  readonly systemAdministrator: boolean;
  readonly apiEnabled: boolean;
  readonly viewAllData: boolean;
  readonly modifyAllData: boolean;
  /** By lower-case object. */
  readonly objects: ReadonlyMap<string, ObjectGrant>;
  /** Fields that can be read and, if `true`, edited, by lower-case `object.field`. */
  readonly fields: ReadonlyMap<string, boolean>;
}

/** Objects whose records say who may do what. */
export const rightsObjects = [
  'User',
  'Profile',
  'PermissionSet',
  'PermissionSetAssignment',
  'PermissionSetGroupComponent',
  'ObjectPermissions',
  'FieldPermissions',
  'Group',
  'GroupMember',
  'UserRole',
] as const;

/** Reads a user's grants out of the org's own records. */
export function grantsOf(database: Database, user: Entry): Grants {
  const profile = valueOf(user, 'ProfileId');
  const sets = [...permissionSetsOf(database, user)];
  const profileHas = (name: string) => profile instanceof Entry && valueOf(profile, name) === true;
  const has = (name: string) => profileHas(name) || sets.some((set) => valueOf(set, name) === true);
  const objects = new Map<string, ObjectGrant>();
  const fields = new Map<string, boolean>();
  for (const set of sets) {
    for (const child of childrenOf(database, set, 'ObjectPermissions', 'ParentId')) {
      const object = String(valueOf(child, 'SobjectType')).toLowerCase();
      objects.set(object, either(objects.get(object) ?? nothing, objectGrant(child)));
    }
    for (const child of childrenOf(database, set, 'FieldPermissions', 'ParentId')) {
      const edit = valueOf(child, 'PermissionsEdit') === true;
      if (!edit && valueOf(child, 'PermissionsRead') !== true) continue;
      const field = String(valueOf(child, 'Field')).toLowerCase();
      fields.set(field, edit || fields.get(field) === true);
    }
  }
  const modifyAllData = has('PermissionsModifyAllData');
  return {
    systemAdministrator: profile instanceof Entry && valueOf(profile, 'Name') === 'System Administrator',
    apiEnabled: has('PermissionsApiEnabled'),
    viewAllData: modifyAllData || has('PermissionsViewAllData'),
    modifyAllData,
    objects,
    fields,
  };
}

/** Who may own what the user sees: the user, their queues, users below in the role hierarchy and those users' queues. */
export function ownersOf(database: Database, user: Entry): ReadonlySet<Entry> {
  const owners = new Set([user, ...groupsOf(database, user)]);
  for (const subordinate of subordinatesOf(database, user)) {
    owners.add(subordinate);
    for (const group of groupsOf(database, subordinate)) {
      if (valueOf(group, 'DoesIncludeBosses') === true) owners.add(group);
    }
  }
  return owners;
}

function objectGrant(entry: Entry): ObjectGrant {
  const is = (name: string) => valueOf(entry, `Permissions${name}`) === true;
  const modifyAll = is('ModifyAllRecords');
  const viewAll = modifyAll || is('ViewAllRecords');
  const edit = modifyAll || is('Edit');
  const remove = modifyAll || is('Delete');
  const create = is('Create');
  return { create, read: viewAll || edit || remove || create || is('Read'), edit, delete: remove, viewAll, modifyAll };
}

function either(one: ObjectGrant, other: ObjectGrant): ObjectGrant {
  return {
    create: one.create || other.create,
    read: one.read || other.read,
    edit: one.edit || other.edit,
    delete: one.delete || other.delete,
    viewAll: one.viewAll || other.viewAll,
    modifyAll: one.modifyAll || other.modifyAll,
  };
}
