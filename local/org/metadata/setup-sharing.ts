import { elementsNamed, elementText } from './component.ts';
import type { Component } from './component.ts';
import { SetupProblem } from './setup-writer.ts';
import type { SetupRecords } from './setup-writer.ts';
import { childText } from './xml.ts';
import type { Org } from '../core/index.ts';

function groupId(records: SetupRecords, type: string, name: string): string | undefined {
  return records.idsOf('Group', `Type = '${type}' AND DeveloperName = '${name}'`)[0];
}

/** A role, and the two groups by which queues and sharing rules name it. Roles of one deploy may come in any order. */
export function keepRole(org: Org, records: SetupRecords, component: Component): void {
  const { fullName } = component;
  const parent = elementText(component, 'parentRole');
  const known = (name: string): string =>
    records.idOf('UserRole', 'DeveloperName', name) ??
    org.platform.put('UserRole', { DeveloperName: name, Name: name });
  const Name = elementText(component, 'name') ?? fullName;
  const ParentRoleId = parent === undefined || parent === '' ? null : known(parent);
  const id = org.platform.put('UserRole', { DeveloperName: fullName, Name, ParentRoleId }, known(fullName));
  for (const Type of ['Role', 'RoleAndSubordinates']) {
    const values = { Name: fullName, DeveloperName: fullName, Type, RelatedId: id };
    org.platform.put('Group', values, groupId(records, Type, fullName));
  }
}

export function keepGroup(org: Org, records: SetupRecords, component: Component): void {
  const { fullName } = component;
  const Name = elementText(component, 'name') ?? fullName;
  const DoesIncludeBosses = elementText(component, 'doesIncludeBosses') === 'true';
  org.platform.put(
    'Group',
    { Name, DeveloperName: fullName, Type: 'Regular', DoesIncludeBosses },
    groupId(records, 'Regular', fullName),
  );
}

/** Members of a queue by the element that lists them: the type of the group that each stands for. */
const MEMBERS: Readonly<Record<string, string>> = {
  publicGroup: 'Regular',
  role: 'Role',
  roleAndSubordinate: 'RoleAndSubordinates',
  roleAndSubordinateInternal: 'RoleAndSubordinates',
};

export function keepQueue(org: Org, records: SetupRecords, component: Component): void {
  const { fullName } = component;
  const values = {
    Name: elementText(component, 'name') ?? fullName,
    DeveloperName: fullName,
    Type: 'Queue',
    Email: elementText(component, 'email') ?? null,
    DoesIncludeBosses: elementText(component, 'doesIncludeBosses') === 'true',
  };
  const id = org.platform.put('Group', values, groupId(records, 'Queue', fullName));
  for (const each of records.idsOf('QueueSobject', `QueueId = '${id}'`)) org.platform.remove('QueueSobject', each);
  for (const element of elementsNamed(component, 'queueSobject')) {
    org.platform.put('QueueSobject', { QueueId: id, SobjectType: childText(element, 'sobjectType')?.trim() ?? '' });
  }
  const lists = elementsNamed(component, 'queueMembers').flatMap((element) => element.children);
  // A queue's file that names no members leaves those that it has.
  if (lists.length === 0) return;
  for (const each of records.idsOf('GroupMember', `GroupId = '${id}'`)) org.platform.remove('GroupMember', each);
  for (const { name, text } of lists.flatMap((element) => element.children)) {
    const type = MEMBERS[name];
    const member =
      type === undefined ? records.idOf('User', 'Username', text.trim()) : groupId(records, type, text.trim());
    if (member === undefined) throw new SetupProblem(`In field: ${name} - no ${name} named ${text.trim()} found`);
    org.platform.put('GroupMember', { GroupId: id, UserOrGroupId: member });
  }
}

/** What removes the groups of a role, queue or public group, and a role's record. */
export function removeGroups(...types: readonly string[]): (org: Org, records: SetupRecords, fullName: string) => void {
  return (org, records, fullName) => {
    for (const type of types) {
      const id = groupId(records, type, fullName);
      if (id !== undefined) org.platform.remove('Group', id);
    }
    if (types.includes('Role')) records.removePlatform('UserRole', 'DeveloperName', fullName);
  };
}
