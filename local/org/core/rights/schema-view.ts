import type { FieldDefinition, ObjectDefinition, Schema, Session } from '../contract/index.ts';
import { OrgError } from '../contract/index.ts';
import type { Database } from '../database.ts';
import { normaliseId } from '../ids/index.ts';
import { recordTypeEntry } from '../record-types.ts';
import { describeObject, type RecordTypeInfo } from '../schema/index.ts';
import type { Entry } from '../storage/index.ts';
import type { UserRights } from './user-rights.ts';

/**
 * The schema as a user sees it: without the objects and fields that they cannot read, with the record types that they
 * may use. `undefined` rights see all.
 */
export function schemaView(
  database: Database,
  user: Entry | undefined,
  rights: UserRights | undefined,
  revision: number,
): Schema {
  const views = new Map<ObjectDefinition, ObjectDefinition>();
  const view = (definition: ObjectDefinition | undefined): ObjectDefinition | undefined => {
    if (definition === undefined || rights === undefined) return definition;
    if (!rights.object(definition).read) return undefined;
    let found = views.get(definition);
    if (found === undefined) {
      found = { ...definition, fields: fieldsFor(definition, rights) };
      views.set(definition, found);
    }
    return found;
  };
  const object = (name: string) => view(database.schema.object(name));
  return {
    object,
    objectOfId(id) {
      const normalised = normaliseId(id);
      return normalised === undefined ? undefined : view(database.schema.objectOfPrefix(normalised.slice(0, 3)));
    },
    objects: () => [...database.schema.definitions.values()].flatMap((definition) => view(definition) ?? []),
    describe(name) {
      const definition = object(name);
      if (definition === undefined) throw new OrgError(404, 'NOT_FOUND', 'The requested resource does not exist');
      return describeObject(database.schema, definition, {
        grant: rights?.object(database.definition(name)),
        hasObject: (other) => object(other) !== undefined,
        recordTypes: user === undefined ? [] : recordTypesFor(database, user, definition),
      });
    },
    revision,
  };
}

function fieldsFor(definition: ObjectDefinition, rights: UserRights): ReadonlyMap<string, FieldDefinition> {
  const fields = new Map<string, FieldDefinition>();
  for (const [name, field] of definition.fields) {
    if (!rights.canRead(definition, field)) continue;
    const edits = rights.canEdit(definition, field);
    fields.set(name, { ...field, createable: field.createable && edits, updateable: field.updateable && edits });
  }
  return fields;
}

function recordTypesFor(database: Database, user: Entry, definition: ObjectDefinition): RecordTypeInfo[] {
  if (!definition.recordTypes?.size) return [];
  const own = database.recordTypes.of(user);
  const usual = own.defaultOf(definition.name);
  return [...definition.recordTypes.values()].flatMap((type) => {
    const entry = recordTypeEntry(database, definition.name, type.name);
    if (entry === undefined) return [];
    return [{ type, id: entry.id, available: type.active && own.allows(entry), isDefault: entry === usual }];
  });
}

/** The user of a session; throws `OrgError` INVALID_SESSION_ID when there is none. */
export function userOf(database: Database, session: Session) {
  const user = database.find(session.userId);
  if (user === undefined) throw new OrgError(401, 'INVALID_SESSION_ID', 'Session expired or invalid');
  return user;
}
