import { SettingsError } from '../../engine/index.ts';
import type { Describer, OrgField, OrgObject } from '../describe.ts';
import type { FieldRight, Needs, ObjectRight } from './needs.ts';

/** A right that the integration user lacks. */
export interface MissingRight {
  readonly object: string;
  /** Absent for a right on the object itself. */
  readonly field?: string;
  readonly right: ObjectRight;
  /** In words: what cannot be done, with the names that Setup shows. */
  readonly sentence: string;
}

const doing: Readonly<Record<ObjectRight, string>> = {
  read: 'read',
  create: 'create',
  edit: 'change',
  delete: 'delete',
};

/**
 * The rights that are needed and that `user` lacks, by comparing what the org describes to each of the two (K-08): a
 * field that a user may not read is simply not in that user's describe. What nobody can write is not asked for.
 */
export async function missingRights(needs: Needs, admin: Describer, user: Describer): Promise<readonly MissingRight[]> {
  const missing: MissingRight[] = [];
  for (const [name, { rights, fields }] of needs) {
    const full = await admin.object(name);
    const seen = await seenBy(user, name);
    for (const right of rights) {
      if (!allows(seen, right) && allows(full, right)) missing.push(objectRight(full, right));
    }
    for (const [fieldName, right] of fields) {
      const field = full.fields.get(fieldName.toLowerCase());
      const own = seen?.fields.get(fieldName.toLowerCase());
      if (!field) continue;
      if (!own) missing.push(fieldRight(full, field, right));
      else if (right === 'edit' && isWritable(field) && !isWritable(own)) missing.push(fieldRight(full, field, right));
    }
  }
  return missing;
}

async function seenBy(user: Describer, name: string): Promise<OrgObject | undefined> {
  try {
    return await user.object(name);
  } catch (error) {
    // Without Read on the object the org says that there is none.
    if (error instanceof SettingsError) return undefined;
    throw error;
  }
}

function allows(object: OrgObject | undefined, right: ObjectRight): boolean {
  return object !== undefined && (right === 'read' || object.rights[right]);
}

function isWritable({ updateable, createable }: OrgField): boolean {
  return updateable || createable;
}

function objectRight({ name, label }: OrgObject, right: ObjectRight): MissingRight {
  return { object: name, right, sentence: `The integration user may not ${doing[right]} ${label} records (${name}).` };
}

function fieldRight(object: OrgObject, field: OrgField, right: FieldRight): MissingRight {
  const what = right === 'edit' ? 'change' : 'read';
  const sentence = `The integration user may not ${what} the field ${field.label} of ${object.label} (${object.name}.${field.name}).`;
  return { object: object.name, field: field.name, right, sentence };
}
