import { MASTER_RECORD_TYPE } from './world.ts';
import type { UiApiWorld } from './world.ts';
import { OrgError } from '../core/index.ts';
import type { ObjectDefinition, RecordTypeDefinition, Session } from '../core/index.ts';

/** A record type as the caller may use it (User Interface API Developer Guide, "Record Type Info"). */
export interface RecordTypeInfo {
  readonly available: boolean;
  readonly defaultRecordTypeMapping: boolean;
  readonly master: boolean;
  readonly name: string;
  readonly recordTypeId: string;
}

interface Described extends RecordTypeInfo {
  readonly developerName: string;
}

function describedOf(world: UiApiWorld, session: Session, object: ObjectDefinition): readonly Described[] {
  return world.org.schemaFor(session).describe(object.name, session)['recordTypeInfos'] as readonly Described[];
}

function infoOf({ available, defaultRecordTypeMapping, master, name, recordTypeId }: RecordTypeInfo): RecordTypeInfo {
  return { available, defaultRecordTypeMapping, master, name, recordTypeId };
}

/** The record types of an object, by ID; every object has the master. */
export function recordTypeInfos(
  world: UiApiWorld,
  session: Session,
  object: ObjectDefinition,
): ReadonlyMap<string, RecordTypeInfo> {
  return new Map(describedOf(world, session, object).map((type) => [type.recordTypeId, infoOf(type)]));
}

/** The one that the caller's new records are of. */
export function defaultRecordTypeId(world: UiApiWorld, session: Session, object: ObjectDefinition): string {
  const usual = describedOf(world, session, object).find((type) => type.defaultRecordTypeMapping);
  return usual?.recordTypeId ?? MASTER_RECORD_TYPE;
}

/**
 * The definition behind a record type's ID (15 or 18 characters); undefined for the master, which limits nothing.
 * Throws `OrgError` for an ID that is no record type of this object.
 */
export function recordTypeBehind(
  world: UiApiWorld,
  session: Session,
  object: ObjectDefinition,
  id: string,
): RecordTypeDefinition | undefined {
  const found = describedOf(world, session, object).find((type) => type.recordTypeId.slice(0, 15) === id.slice(0, 15));
  if (!found) throw new OrgError(400, 'INVALID_RECORDTYPE', `${object.name} has no record type ${id}`);
  return found.master ? undefined : object.recordTypes?.get(found.developerName);
}
