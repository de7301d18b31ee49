import type { Component, ComponentFailure } from './component.ts';
import { keepGroup, keepQueue, keepRole, removeGroups } from './setup-sharing.ts';
import { keepAccess, removeAccess } from './setup-access.ts';
import { keepCustomMetadata, removeCustomMetadata } from './setup-custom-metadata.ts';
import { keepDuplicateRule, keepMatchingRule, removeRule } from './setup-duplicates.ts';
import { keepNotificationType, removeNotificationType } from './setup-notifications.ts';
import { SetupProblem, SetupRecords } from './setup-writer.ts';
import type { Org } from '../core/index.ts';

type Keep = (org: Org, records: SetupRecords, component: Component) => void;
type Remove = (org: Org, records: SetupRecords, fullName: string) => void;

/** Types whose components are records as well, in the order in which one may refer to the other. */
const KEPT: readonly (readonly [type: string, keep: Keep, remove: Remove])[] = [
  ['Role', keepRole, removeGroups('Role', 'RoleAndSubordinates')],
  ['Group', keepGroup, removeGroups('Regular')],
  ['Queue', keepQueue, removeGroups('Queue')],
  ...keepAccess.map(([type, keep]) => [type, keep, removeAccess(type)] as const),
  ['MatchingRule', keepMatchingRule, removeRule('MatchingRule')],
  ['DuplicateRule', keepDuplicateRule, removeRule('DuplicateRule')],
  ['CustomMetadata', keepCustomMetadata, removeCustomMetadata],
  ['CustomNotificationType', keepNotificationType, removeNotificationType],
];

/**
 * Setup records that exist because metadata was deployed: a PermissionSet can be assigned by its record, custom
 * metadata is queried. Throws for what passed its trial and is refused all the same.
 */
export function keepSetupRecords(
  org: Org,
  components: readonly Component[],
  removed: readonly { readonly type: string; readonly fullName: string }[],
): void {
  const [refused] = trySetupRecords(org, components, removed);
  if (refused) throw new Error(`${refused.type} ${refused.fullName} passed its trial: ${refused.message}`);
}

/** Writes the setup records of components; returns those that the org refuses, the others are written. */
export function trySetupRecords(
  org: Org,
  components: readonly Component[],
  removed: readonly { readonly type: string; readonly fullName: string }[],
): readonly ComponentFailure[] {
  const records = new SetupRecords(org);
  const failures: ComponentFailure[] = [];
  for (const [type, keep] of KEPT) {
    for (const component of components) {
      if (component.type !== type) continue;
      try {
        keep(org, records, component);
      } catch (error) {
        if (!(error instanceof SetupProblem)) throw error;
        const { fullName, fileName, line, column } = component;
        failures.push({ type, fullName, fileName, line, column, message: error.message });
      }
    }
  }
  for (const [type, , remove] of KEPT.toReversed()) {
    for (const part of removed) if (part.type === type) remove(org, records, part.fullName);
  }
  return failures;
}

/** Assigns a permission set to a user, as an administrator does. Throws when the org has none of that name. */
export function assignPermissionSet(org: Org, name: string, userId: string): void {
  new SetupRecords(org).assign(name, userId);
}
