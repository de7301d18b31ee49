import type { Database } from './database.ts';
import { Entry, isDeleted, read, type Row, type Stored } from './storage/index.ts';

/** The permission sets of a user: the profile's own, those assigned, and the members of groups that are. */
export function permissionSetsOf(database: Database, user: Entry): ReadonlySet<Entry> {
  const profile = valueOf(user, 'ProfileId');
  const sets = new Set(profile instanceof Entry ? childrenOf(database, profile, 'PermissionSet', 'ProfileId') : []);
  for (const assignment of childrenOf(database, user, 'PermissionSetAssignment', 'AssigneeId')) {
    const set = valueOf(assignment, 'PermissionSetId');
    if (set instanceof Entry && set.row !== undefined) sets.add(set);
  }
  for (const set of sets) {
    const group = valueOf(set, 'PermissionSetGroupId');
    if (!(group instanceof Entry)) continue;
    for (const member of childrenOf(database, group, 'PermissionSetGroupComponent', 'PermissionSetGroupId')) {
      const inside = valueOf(member, 'PermissionSetId');
      if (inside instanceof Entry) sets.add(inside);
    }
  }
  return sets;
}

/** The live records of an object that refer to this one by that field. */
export function childrenOf(database: Database, parent: Entry, object: string, field: string): readonly Entry[] {
  const table = database.table(object);
  const column = table.column(field);
  if (column === undefined) throw new Error(`${object} has no ${field}`);
  return [...table.lookupIndex(column).childrenOf(parent)].filter(({ row }) => row !== undefined && !isDeleted(row));
}

/** A record's present value by the name of its field; null when it, or the field, is not there. */
export function valueOf(entry: Entry, name: string): Stored {
  const column = entry.table.column(name);
  const row: Row | undefined = entry.row;
  return row === undefined || column === undefined ? null : read(row, column);
}
