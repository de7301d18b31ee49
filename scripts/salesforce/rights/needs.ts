import type { Configuration, SyncConfiguration } from '../../engine/index.ts';
import type { Describer } from '../describe.ts';

export type ObjectRight = 'read' | 'create' | 'edit' | 'delete';
export type FieldRight = 'read' | 'edit';

/** What a configuration needs of one object. */
export interface ObjectNeed {
  readonly rights: Set<ObjectRight>;
  /** By the field's name as the org spells it. */
  readonly fields: Map<string, FieldRight>;
}

/** By the object's name as the org spells it. */
export type Needs = ReadonlyMap<string, ObjectNeed>;

/**
 * The rights that the syncs need, parents on the way included, spelled as the org does for someone who sees everything.
 * Throws `SettingsError` for an object or a field that the org does not have at all.
 */
export async function needsOf(syncs: Configuration['syncs'], admin: Describer): Promise<Needs> {
  const needs = new Map<string, ObjectNeed>();
  for (const sync of syncs) await addSync(needs, sync, admin);
  return needs;
}

async function addSync(needs: Map<string, ObjectNeed>, sync: SyncConfiguration, admin: Describer): Promise<void> {
  const { salesforceObject, rules, key, mappings } = sync;
  const outward = sync.direction === 'salesforceToSystem';
  const { name } = await admin.object(salesforceObject);
  const own = needOf(needs, name);
  own.rights.add('read');
  const paths = outward ? [key.source, ...mappings.map(({ source }) => source)] : [key.target];
  for (const path of paths) await addPath(needs, name, path, admin);
  if (outward) return;
  own.rights.add('edit');
  if (rules.create) own.rights.add('create');
  if (rules.delete === 'forget') own.rights.add('delete');
  for (const { target } of mappings) {
    await addPath(needs, name, target, admin);
    const [first = target] = target.split('.');
    const { fields, parents } = await admin.object(name);
    const written = target.includes('.') ? parents.get(first.toLowerCase()) : fields.get(target.toLowerCase());
    if (written && target !== 'Id') own.fields.set(written.name, 'edit');
  }
}

/** Reading a field of a parent takes reading the reference to it, the parent and the field. */
async function addPath(needs: Map<string, ObjectNeed>, start: string, path: string, admin: Describer): Promise<void> {
  await admin.paths(start, [path]);
  const steps = path.split('.');
  const last = steps.pop() ?? path;
  let here = await admin.object(start);
  for (const step of steps) {
    const reference = here.parents.get(step.toLowerCase());
    const parent = reference?.referenceTo.find((each) => each === 'User') ?? reference?.referenceTo[0];
    if (!reference || parent === undefined) return;
    addRead(needs, here.name, reference.name);
    here = await admin.object(parent);
  }
  const field = here.fields.get(last.toLowerCase());
  if (field) addRead(needs, here.name, field.name);
}

function addRead(needs: Map<string, ObjectNeed>, object: string, field: string): void {
  const need = needOf(needs, object);
  need.rights.add('read');
  if (!need.fields.has(field)) need.fields.set(field, 'read');
}

function needOf(needs: Map<string, ObjectNeed>, object: string): ObjectNeed {
  let need = needs.get(object);
  if (!need) needs.set(object, (need = { rights: new Set(), fields: new Map() }));
  return need;
}
