import { OrgError } from '../core/index.ts';
import type { ObjectDefinition, Org, Session } from '../core/index.ts';
import type { RestCall } from '../http/index.ts';
import type { ComponentStore } from '../metadata/index.ts';

/** What the UI API knows of its org. */
export interface UiApiWorld {
  readonly org: Org;
  /** Layouts, list views and record types come from what was deployed. */
  readonly components: Pick<ComponentStore, 'list'>;
}

/** A call of `/ui-api/…`; `segments` begin with `ui-api`. */
export type UiApiCall = Pick<RestCall, 'method' | 'segments' | 'query' | 'headers' | 'body' | 'session' | 'dml'>;

/** The record type of objects that have no record types. */
export const MASTER_RECORD_TYPE = '012000000000000AAA';

/** An object as the caller sees it; throws `OrgError` 404 as the UI API words it for one that they do not. */
export function objectFor(world: UiApiWorld, session: Session, name: string): ObjectDefinition {
  const object = world.org.schemaFor(session).object(name);
  if (object) return object;
  throw new OrgError(403, 'INVALID_TYPE', `Object ${name} is not supported in UI API`);
}

/** Text as it stands between quotes in SOQL. */
export function quoted(text: string): string {
  return `'${text.replace(/[\\']/g, (character) => `\\${character}`)}'`;
}

/** The field that stands for a record: `Name`, or what an object has in its place (`CaseNumber`, `Subject`). */
export function nameFieldOf(world: UiApiWorld, session: Session, object: ObjectDefinition): string | undefined {
  const fields = world.org.schemaFor(session).describe(object.name, session)['fields'] as readonly {
    name: string;
    nameField: boolean;
  }[];
  return fields.find(({ nameField }) => nameField)?.name;
}
