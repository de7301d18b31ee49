import { SettingsError, type MissingRight as OwnMissingRight, type SyncConfiguration } from '../../engine/index.ts';
import type { Describer, OrgObject } from '../describe.ts';

const doing = { read: 'read', create: 'create', edit: 'change', delete: 'delete' } as const;

/**
 * What the user of `describer` lacks for a sync, as far as that user can tell: what a user may not read is not in the
 * describe, so a field that is missing there may also not exist. Asks the org anew. Behind a reference that is not
 * shown nothing can be told; it is found once the reference is.
 */
export async function ownMissingRights(
  sync: SyncConfiguration,
  describer: Describer,
): Promise<readonly OwnMissingRight[]> {
  describer.forget();
  const outward = sync.direction === 'salesforceToSystem';
  const missing = new Map<string, OwnMissingRight>();
  const lacks = (objectName: string, right: OwnMissingRight['right'], fieldName?: string): void => {
    const what = fieldName === undefined ? `${objectName} records` : `the field ${objectName}.${fieldName}`;
    const sentence =
      `The integration user may not ${doing[right]} ${what}` +
      (right === 'read' && fieldName !== undefined ? ', or there is no such field.' : '.');
    const place = { objectName, ...(fieldName !== undefined && { fieldName }) };
    missing.set(`${objectName}.${fieldName ?? ''}.${right}`, { ...place, right, sentence });
  };
  const own = await seen(describer, sync.salesforceObject);
  if (!own) {
    lacks(sync.salesforceObject, 'read');
    return [...missing.values()];
  }
  const { key, mappings, rules } = sync;
  const read = outward ? [key.source, ...mappings.map(({ source }) => source)] : [key.target];
  for (const path of read) await checkRead(own, path, describer, lacks);
  if (!outward) {
    if (rules.update && !own.rights.edit) lacks(own.name, 'edit');
    if (rules.create && !own.rights.create) lacks(own.name, 'create');
    if (rules.delete === 'forget' && !own.rights.delete) lacks(own.name, 'delete');
    for (const { target } of mappings) checkEdit(own, target, lacks);
  }
  return [...missing.values()];
}

type Lacks = (objectName: string, right: OwnMissingRight['right'], fieldName?: string) => void;

async function checkRead(start: OrgObject, path: string, describer: Describer, lacks: Lacks): Promise<void> {
  const steps = path.split('.');
  const last = steps.pop() ?? path;
  let here = start;
  for (const step of steps) {
    const reference = here.parents.get(step.toLowerCase());
    const parent = reference?.referenceTo.find((name) => name === 'User') ?? reference?.referenceTo[0];
    if (parent === undefined) return lacks(here.name, 'read', referenceName(step));
    const next = await seen(describer, parent);
    if (!next) return lacks(parent, 'read');
    here = next;
    // Of a parent that may be one of several objects, SOQL gives the fields of the object Name, which everyone may read.
    if (reference && reference.referenceTo.length > 1) return;
  }
  if (!here.fields.has(last.toLowerCase())) lacks(here.name, 'read', last);
}

function checkEdit(own: OrgObject, target: string, lacks: Lacks): void {
  const [first = target, ...further] = target.split('.');
  if (first.toLowerCase() === 'id') return;
  const field = further.length > 0 ? own.parents.get(first.toLowerCase()) : own.fields.get(first.toLowerCase());
  const name = field?.name ?? (further.length > 0 ? referenceName(first) : first);
  if (!field) lacks(own.name, 'read', name);
  if (!field?.updateable && !field?.createable) lacks(own.name, 'edit', name);
}

/** The field behind the name of a parent in SOQL: `Account` → `AccountId`, `Region__r` → `Region__c`. */
function referenceName(parent: string): string {
  return parent.endsWith('__r') ? `${parent.slice(0, -1)}c` : `${parent}Id`;
}

async function seen(describer: Describer, name: string): Promise<OrgObject | undefined> {
  try {
    return await describer.object(name);
  } catch (error) {
    // Without Read on the object the org says that there is none.
    if (error instanceof SettingsError) return undefined;
    throw error;
  }
}
