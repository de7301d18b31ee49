import type { SyncConfiguration, WriteLimits } from '../../engine/index.ts';
import type { Values } from './outgoing.ts';

export type Operation = 'update' | 'upsert' | 'delete';

/** The last look at a request to the org: what the sync may write, and nothing else. */
export interface OrgDoor {
  /** Why a record may not leave in that way; undefined when it may. */
  refusal(operation: Operation, values: Values): string | undefined;
}

/**
 * Compiled from the sync's mappings, less what its system never lets any sync write: no configuration can widen it. The
 * key is written where records may be made only; else it tells which record is meant, and stays at home.
 */
export function createOrgDoor(
  { salesforceObject: object, mappings, rules, key }: SyncConfiguration,
  limits: WriteLimits | undefined,
): OrgDoor {
  const existingOnly = !rules.create || limits?.existingOnly(object) === true;
  const mayDelete = rules.delete === 'forget' && limits?.existingOnly(object) !== true;
  const mapped = mappings.filter(({ target }) => limits?.mayWrite(object, target) !== false);
  const fields = new Set(mapped.map(({ target }) => target));
  fields.add('Id');
  if (!existingOnly) fields.add(key.target);
  return {
    refusal(operation, values) {
      if (operation === 'upsert' && existingOnly) return `${object} in a way that could make a new one`;
      if (operation === 'delete') return mayDelete ? undefined : `${object} by deleting it`;
      const path = pathsOf(values).find((each) => !fields.has(each));
      return path === undefined ? undefined : `the field ${path}`;
    },
  };
}

function pathsOf(values: Values, prefix = ''): readonly string[] {
  return Object.entries(values).flatMap(([name, value]) =>
    typeof value === 'object' && value !== null ? pathsOf(value, `${prefix}${name}.`) : [prefix + name],
  );
}
