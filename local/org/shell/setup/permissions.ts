import { platformSession, quoted, textOf } from '../world.ts';
import type { ShellWorld } from '../world.ts';
import { childText } from '../../metadata/index.ts';
import type { XmlElement } from '../../metadata/index.ts';

/** What a user is granted by profile and permission sets, as far as pages ask. */
export interface Permissions {
  readonly custom: readonly string[];
  /** Without `Permissions` in front: `ViewSetup`. */
  readonly user: readonly string[];
  /** API names of the user's permission sets. */
  readonly sets: readonly string[];
}

const assigned = (userId: string): string =>
  `(SELECT PermissionSetId FROM PermissionSetAssignment WHERE AssigneeId = ${quoted(userId)})`;

/** Reads a user's permissions out of the org's own records. */
export function permissionsOf(world: ShellWorld, userId: string): Permissions {
  const { org } = world;
  const session = platformSession(org);
  const rows = (soql: string) => org.prepare(soql, session).run().rows;
  const granted = new Set(
    rows(`SELECT SetupEntityId FROM SetupEntityAccess WHERE ParentId IN ${assigned(userId)}`).map((row) =>
      row.values.get('SetupEntityId'),
    ),
  );
  const custom = rows('SELECT Id, DeveloperName FROM CustomPermission')
    .filter((row) => granted.has(row.id ?? ''))
    .map((row) => textOf(row.values.get('DeveloperName')));
  const holders = [
    ['PermissionSet', `Id IN ${assigned(userId)}`],
    ['Profile', `Id IN (SELECT ProfileId FROM User WHERE Id = ${quoted(userId)})`],
  ] as const;
  const user = new Set<string>();
  for (const [object, condition] of holders) {
    const names = [...(org.schema.object(object)?.fields.values() ?? [])].flatMap(({ name, type }) =>
      name.startsWith('Permissions') && type === 'boolean' ? [name] : [],
    );
    if (names.length === 0) continue;
    for (const row of rows(`SELECT ${names.join(', ')} FROM ${object} WHERE ${condition}`))
      for (const name of names) if (row.values.get(name) === true) user.add(name.slice('Permissions'.length));
  }
  const sets = rows(`SELECT Name FROM PermissionSet WHERE Id IN ${assigned(userId)}`).map((row) =>
    textOf(row.values.get('Name')),
  );
  return { custom, user: [...user], sets };
}

/** The elements of that name in the metadata of a user's permission sets: `tabSettings`, `classAccesses`. */
export function grantsIn(world: ShellWorld, permissions: Permissions, name: string): readonly XmlElement[] {
  return permissions.sets.flatMap((set) =>
    (world.components.get('PermissionSet', set)?.elements ?? []).filter((element) => element.name === name),
  );
}

/** Whether a permission set of the user gives access to an Apex class; who may write Apex needs none. */
export function mayUseClass(world: ShellWorld, permissions: Permissions, className: string): boolean {
  if (permissions.user.includes('AuthorApex') || permissions.user.includes('ModifyAllData')) return true;
  return grantsIn(world, permissions, 'classAccesses').some(
    (element) =>
      childText(element, 'apexClass')?.trim().toLowerCase() === className.toLowerCase() &&
      childText(element, 'enabled')?.trim() === 'true',
  );
}
