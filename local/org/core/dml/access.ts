import type { FieldDefinition, ObjectDefinition } from '../contract/index.ts';
import { OrgError } from '../contract/index.ts';
import { Entry, type Row, type Stored } from '../storage/index.ts';
import { notWritable, Problem } from './problem.ts';
import type { Work } from './work.ts';

/** What a caller may not do, worded as an org does. Nothing is checked for a system administrator. */

/** Throws `OrgError` INVALID_TYPE for an object that the caller cannot read: to them it is not there. */
export function checkObject(definition: ObjectDefinition, { rights }: Work): void {
  if (rights === undefined || rights.object(definition).read) return;
  throw new OrgError(400, 'INVALID_TYPE', `sObject type '${definition.name}' is not supported.`);
}

export function mayCreate(definition: ObjectDefinition, { rights }: Work): boolean {
  return rights === undefined || rights.object(definition).create;
}

export const cannotInsert = (definition: ObjectDefinition) =>
  new Problem('CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY', `entity type cannot be inserted: ${definition.label}`);

/** A record that is not shared is as good as not there; one that is may still not be the caller's to change. */
export function checkChange(entry: Entry, what: 'edit' | 'delete', { rights }: Work): Problem | undefined {
  if (rights === undefined) return undefined;
  if (!rights.sees(entry)) return notShared();
  if (rights.mayChange(entry, what)) return undefined;
  return new Problem('INSUFFICIENT_ACCESS_OR_READONLY', 'insufficient access rights on object id');
}

/** Throws `OrgError` INVALID_FIELD for a field that the caller cannot read; `key` is what they called it. */
export function checkField(
  definition: ObjectDefinition,
  field: FieldDefinition,
  key: string,
  { rights }: Work,
): Problem | undefined {
  if (rights === undefined || rights.canEdit(definition, field)) return undefined;
  if (rights.canRead(definition, field)) return notWritable([field.name]);
  throw new OrgError(400, 'INVALID_FIELD', `No such column '${key}' on sobject of type ${definition.name}`, [key]);
}

/** A record cannot be made to refer to one that the caller does not see. */
export function checkShared(value: Stored | Problem, field: FieldDefinition, { rights }: Work): Stored | Problem {
  if (rights === undefined || !(value instanceof Entry)) return value;
  const readable = rights.object(value.table.definition).read;
  return readable && rights.sees(value) ? value : notShared([field.name]);
}

/** Only its owner, or who may modify all, gives a record to someone else. */
export function checkTransfer(entry: Entry, after: Row, { rights }: Work): Problem | undefined {
  const column = entry.table.column('OwnerId');
  if (rights === undefined || column === undefined || entry.row === undefined) return undefined;
  if (after[column.slot] === entry.row[column.slot] || rights.owns(entry)) return undefined;
  return rights.object(entry.table.definition).modifyAll ? undefined : notShared(['OwnerId']);
}

/** What a call that is more than DML needs: each right on its object. */
export function checkNeeds(
  needs: readonly (readonly [string, 'create' | 'edit' | 'delete'])[],
  { rights, database }: Work,
): Problem | undefined {
  const missing = needs.find(
    ([object, what]) => rights !== undefined && !rights.object(database.definition(object))[what],
  );
  if (missing === undefined) return undefined;
  const [object, what] = missing;
  return new Problem('INSUFFICIENT_ACCESS_OR_READONLY', `insufficient access rights: ${what} on ${object} is needed`);
}

/** For what the platform does by itself, once its caller may ask for it. */
export const asPlatform = (work: Work): Work => ({ ...work, rights: undefined });

const notShared = (fields: readonly string[] = []) =>
  new Problem(
    'INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY',
    'insufficient access rights on cross-reference id',
    fields,
  );
