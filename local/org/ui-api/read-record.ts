import { fieldsOfLayouts } from './layout-fields.ts';
import { RECORD_STAMPS, recordJson } from './record-json.ts';
import type { RecordJson } from './record-json.ts';
import { objectFor, quoted } from './world.ts';
import type { UiApiCall, UiApiWorld } from './world.ts';
import { OrgError } from '../core/index.ts';
import type { ObjectDefinition, Session } from '../core/index.ts';

/** The object that an ID belongs to, as the caller sees it; throws `OrgError` 404. */
export function objectOfId(world: UiApiWorld, session: Session, id: string): ObjectDefinition {
  const object = world.org.schemaFor(session).objectOfId(id);
  if (object) return object;
  throw new OrgError(404, 'NOT_FOUND', 'The requested resource does not exist');
}

/** Paths without their object (`Owner.Name`) out of `Lead.Owner.Name,Lead.Email`. */
function paths(object: ObjectDefinition, parameter: string | null): readonly string[] {
  const names = (parameter ?? '').split(',').filter((name) => name !== '');
  return names.map((name) => {
    const [first = '', ...rest] = name.split('.');
    if (rest.length > 0 && first.toLowerCase() === object.name.toLowerCase()) return rest.join('.');
    const message = `Field name ${name} is not valid: write it as ${object.name}.<field>`;
    throw new OrgError(400, 'INVALID_FIELD', message, [name]);
  });
}

/** Whether the caller can read a path; what they cannot is left out of `optionalFields` without a word. */
function isReadable(world: UiApiWorld, session: Session, object: ObjectDefinition, path: string): boolean {
  const [first = '', ...rest] = path.split('.');
  if (rest.length === 0) return [...object.fields.keys()].some((name) => name.toLowerCase() === first.toLowerCase());
  const reference = [...object.fields.values()].find(
    (field) => field.relationshipName?.toLowerCase() === first.toLowerCase(),
  );
  const parent = world.org.schemaFor(session).object(reference?.referenceTo[0] ?? '');
  return parent !== undefined && isReadable(world, session, parent, rest.join('.'));
}

/** Reads one record with these paths; throws `OrgError` 404 for one that the caller does not see. */
export function readRecord(world: UiApiWorld, session: Session, id: string, wanted: readonly string[]): RecordJson {
  const object = objectOfId(world, session, id);
  const stamps = RECORD_STAMPS.filter((name) => object.fields.has(name));
  const byLowerCase = new Map(['Id', ...wanted, ...stamps].map((path) => [path.toLowerCase(), path]));
  const soql = `SELECT ${[...byLowerCase.values()].join(', ')} FROM ${object.name} WHERE Id = ${quoted(id)}`;
  const row = world.org.prepare(soql, session).run().rows[0];
  if (!row) throw new OrgError(404, 'NOT_FOUND', 'The requested resource does not exist');
  const asked = new Set(wanted.map((path) => path.split('.')[0]?.toLowerCase()));
  return recordJson(world, session, row, (name) => asked.has(name.toLowerCase()));
}

/** The paths that a call asks for by `fields`, `optionalFields` and `layoutTypes`; throws `OrgError` 400 when by none. */
export function askedPaths(world: UiApiWorld, call: UiApiCall, object: ObjectDefinition): readonly string[] {
  const { query, session } = call;
  if (!query.has('fields') && !query.has('optionalFields') && !query.has('layoutTypes')) {
    const message = 'At least one of fields, optionalFields or layoutTypes must be given';
    throw new OrgError(400, 'MISSING_ARGUMENT', message);
  }
  const optional = paths(object, query.get('optionalFields')).filter((path) =>
    isReadable(world, session, object, path),
  );
  const types = (query.get('layoutTypes') ?? '').split(',').filter((type) => type !== '');
  return [...paths(object, query.get('fields')), ...optional, ...fieldsOfLayouts(world, object, types)];
}

/** Every field of an object that the caller can read, for the record that a create or an update answers with. */
export function readablePaths(object: ObjectDefinition): readonly string[] {
  return [...object.fields.values()]
    .filter(({ type }) => type !== 'address' && type !== 'location')
    .map(({ name }) => name);
}

/** `GET /ui-api/records/{id}`. */
export function answerReadRecord(world: UiApiWorld, call: UiApiCall, id: string): RecordJson {
  const object = objectFor(world, call.session, objectOfId(world, call.session, id).name);
  return readRecord(world, call.session, id, askedPaths(world, call, object));
}
