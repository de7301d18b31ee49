import type { FieldMapping } from '../../mapping/index.ts';
import type { SyncConfiguration } from '../configuration.ts';
import type { TargetRecord, WriteLimits } from '../ports/index.ts';
import { compileAllowedText, type Allowed } from './allowed-text.ts';

/** What one sync of an activated version may write: checked when a record is planned, and again when it is sent. */
export interface LastDoor {
  /** Targets of its mappings that its system never lets it write. */
  readonly refused: readonly string[];
  /** The sync may make records that the target does not have yet. */
  readonly mayCreate: boolean;
  /** Why this mapped record may not leave; undefined when it may. Cheap: nothing is checked that compiling has proven. */
  planned(json: string): string | undefined;
  /** Why this very request may not leave; undefined when it may. Reads the JSON that will be sent. */
  leaving(to: string, record: TargetRecord, exists: boolean): string | undefined;
}

/**
 * Compiles the allow-list of a sync: the fields that its mappings name, less what its system never lets any sync write.
 * No configuration can widen it.
 */
export function compileLastDoor(
  object: string,
  { mappings, rules, key }: Pick<SyncConfiguration, 'mappings' | 'rules' | 'key'>,
  limits: WriteLimits | undefined,
): LastDoor {
  const changedOnly = limits?.existingOnly(object) === true;
  const mayCreate = rules.create && !changedOnly;
  // Where no record is made, the key tells which one is meant: it is not written, and may be any field.
  const mayWrite = ({ target }: FieldMapping): boolean =>
    !limits || limits.mayWrite(object, target) || (!mayCreate && target === key.target);
  const refused = mappings.filter((mapping) => !mayWrite(mapping));
  const allowed = allowedFields(mappings.filter((mapping) => !refused.includes(mapping)));
  const namesAllowedOnly = compileAllowedText(allowed);
  const fieldProblem = (json: string): string | undefined =>
    namesAllowedOnly(json) ? undefined : problemOf(JSON.parse(json) as object, allowed);
  const mayDelete = rules.delete === 'forget' && !changedOnly;
  return {
    refused: refused.map(({ target }) => target),
    mayCreate,
    planned: (json) => (refused.length === 0 ? undefined : fieldProblem(json)),
    leaving(to, { action, json }, exists) {
      if (to !== object) return `${to}, which is not the object of the sync`;
      if (action === 'delete') return mayDelete ? undefined : `deleting ${object}, which the sync does not do`;
      if (!exists && !mayCreate) return `creating ${object}, which only takes changes of records that it has`;
      return fieldProblem(json);
    },
  };
}

function allowedFields(mappings: readonly FieldMapping[]): Allowed {
  const root: Allowed = new Map();
  for (const { target } of mappings) {
    const names = target.split('.');
    const last = names.pop() as string;
    let group = root;
    for (const name of names) {
      let next = group.get(name);
      if (!next) group.set(name, (next = new Map()));
      group = next;
    }
    group.set(last, undefined);
  }
  return root;
}

function problemOf(record: object, allowed: Allowed): string | undefined {
  const path = refusedPath(record, allowed);
  return path === undefined ? undefined : `the field ${path}`;
}

/** The first field that is not allowed, by its path. */
function refusedPath(record: object, allowed: Allowed): string | undefined {
  for (const name in record) {
    const inside = allowed.get(name);
    if (!inside) {
      if (allowed.has(name)) continue;
      return name;
    }
    const value = (record as Record<string, unknown>)[name];
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return name;
    const path = refusedPath(value, inside);
    if (path !== undefined) return `${name}.${path}`;
  }
  return undefined;
}
