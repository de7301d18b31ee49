import type { Database } from '../database.ts';
import { Entry, isDeleted, read, type Row, type Stored } from '../storage/index.ts';

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
  'ObjectPermissions',
  'FieldPermissions',
  'GroupMember',
] as const;

/** Reads a user's grants out of the org's own records. */
export function grantsOf(database: Database, user: Entry): Grants {
  const profile = valueOf(user.row, user, 'ProfileId');
  const ofProfile = profile instanceof Entry ? childrenOf(database, profile, 'PermissionSet', 'ProfileId') : [];
  const sets = [...new Set([...ofProfile, ...setsOf(database, user)])];
  const profileHas = (name: string) => profile instanceof Entry && valueOf(profile.row, profile, name) === true;
  const has = (name: string) => profileHas(name) || sets.some((set) => valueOf(set.row, set, name) === true);
  const objects = new Map<string, ObjectGrant>();
  const fields = new Map<string, boolean>();
  for (const set of sets) {
    for (const child of childrenOf(database, set, 'ObjectPermissions', 'ParentId')) {
      const object = String(valueOf(child.row, child, 'SobjectType')).toLowerCase();
      objects.set(object, either(objects.get(object) ?? nothing, objectGrant(child)));
    }
    for (const child of childrenOf(database, set, 'FieldPermissions', 'ParentId')) {
      const edit = valueOf(child.row, child, 'PermissionsEdit') === true;
      if (!edit && valueOf(child.row, child, 'PermissionsRead') !== true) continue;
      const field = String(valueOf(child.row, child, 'Field')).toLowerCase();
      fields.set(field, edit || fields.get(field) === true);
    }
  }
  const modifyAllData = has('PermissionsModifyAllData');
  return {
    systemAdministrator: profile instanceof Entry && valueOf(profile.row, profile, 'Name') === 'System Administrator',
    apiEnabled: has('PermissionsApiEnabled'),
    viewAllData: modifyAllData || has('PermissionsViewAllData'),
    modifyAllData,
    objects,
    fields,
  };
}

/** The user and the queues and groups that the user is a member of: who may own what the user sees. */
export function ownersOf(database: Database, user: Entry): ReadonlySet<Entry> {
  const owners = new Set([user]);
  for (const owner of owners) {
    for (const member of childrenOf(database, owner, 'GroupMember', 'UserOrGroupId')) {
      const group = valueOf(member.row, member, 'GroupId');
      if (group instanceof Entry) owners.add(group);
    }
  }
  return owners;
}

function* setsOf(database: Database, user: Entry): Iterable<Entry> {
  for (const assignment of childrenOf(database, user, 'PermissionSetAssignment', 'AssigneeId')) {
    const set = valueOf(assignment.row, assignment, 'PermissionSetId');
    if (set instanceof Entry && set.row !== undefined) yield set;
  }
}

function objectGrant(entry: Entry): ObjectGrant {
  const is = (name: string) => valueOf(entry.row, entry, `Permissions${name}`) === true;
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

function childrenOf(database: Database, parent: Entry, object: string, field: string): readonly Entry[] {
  const table = database.table(object);
  const column = table.column(field);
  if (column === undefined) throw new Error(`${object} has no ${field}`);
  return [...table.lookupIndex(column).childrenOf(parent)].filter(({ row }) => row !== undefined && !isDeleted(row));
}

function valueOf(row: Row | undefined, entry: Entry, name: string): Stored {
  const column = entry.table.column(name);
  return row === undefined || column === undefined ? null : read(row, column);
}
