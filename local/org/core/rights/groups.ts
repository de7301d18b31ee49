import type { Database } from '../database.ts';
import { childrenOf, valueOf } from '../permission-sets.ts';
import { Entry } from '../storage/index.ts';

/** The groups and queues that a user belongs to: as a member, by role, through other groups. */
export function groupsOf(database: Database, user: Entry): ReadonlySet<Entry> {
  const groups = new Set(groupsByRole(database, user));
  const joined: Entry[] = [user, ...groups];
  for (const member of joined) {
    for (const membership of childrenOf(database, member, 'GroupMember', 'UserOrGroupId')) {
      const group = valueOf(membership, 'GroupId');
      if (!(group instanceof Entry) || groups.has(group)) continue;
      groups.add(group);
      joined.push(group);
    }
  }
  return groups;
}

/** Groups that stand for a role, for a role and those below it, or for everybody. */
function* groupsByRole(database: Database, user: Entry): Iterable<Entry> {
  const role = valueOf(user, 'UserRoleId');
  const above = role instanceof Entry ? rolesAbove(role) : new Set<Entry>();
  for (const group of database.table('Group').entries) {
    const [type, related] = [valueOf(group, 'Type'), valueOf(group, 'RelatedId')];
    if (type === 'Organization') yield group;
    else if (related instanceof Entry && related === role && (type === 'Role' || type === 'RoleAndSubordinates'))
      yield group;
    else if (related instanceof Entry && type === 'RoleAndSubordinates' && above.has(related)) yield group;
  }
}

function rolesAbove(role: Entry): ReadonlySet<Entry> {
  const above = new Set<Entry>();
  for (let parent = valueOf(role, 'ParentRoleId'); parent instanceof Entry && !above.has(parent);) {
    above.add(parent);
    parent = valueOf(parent, 'ParentRoleId');
  }
  return above;
}

/** Users whose role is below that of a user, at any depth. */
export function subordinatesOf(database: Database, user: Entry): readonly Entry[] {
  const role = valueOf(user, 'UserRoleId');
  if (!(role instanceof Entry)) return [];
  return database.table('User').entries.filter((other) => {
    const theirs = valueOf(other, 'UserRoleId');
    return theirs instanceof Entry && rolesAbove(theirs).has(role);
  });
}
