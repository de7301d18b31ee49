import type {
  DmlRequest,
  DmlResult,
  FieldDefinition,
  ObjectDefinition,
  Org,
  QueryRow,
  QueryValue,
  Session,
} from './contract/index.ts';
import { manualClock, type ManualClock } from './clock.ts';
import { createOrg } from './org.ts';

/** An org for tests, with short ways to write to it and to read it. */
export interface Fixture {
  readonly org: Org;
  readonly clock: ManualClock;
  readonly session: Session;
  dml(
    operation: DmlRequest['operation'],
    object: string,
    ...records: readonly Record<string, unknown>[]
  ): readonly DmlResult[];
  /** The IDs of inserted records; throws when one was refused. */
  insert(object: string, ...records: readonly Record<string, unknown>[]): string[];
  /** The rows of a query as plain objects. */
  query(soql: string, all?: boolean): unknown[];
}

export const startOfTests = Date.UTC(2026, 0, 1, 10);

export function makeFixture(org: Org = createOrg({ clock: manualClock(startOfTests) })): Fixture {
  const session: Session = { userId: org.adminUserId, token: 'token', origin: 'com/salesforce/api/rest/66.0' };
  const dml: Fixture['dml'] = (operation, object, ...records) =>
    org.dml({ operation, object, records, allOrNone: false, session });
  return {
    org,
    clock: org.clock as ManualClock,
    session,
    dml,
    insert(object, ...records) {
      return dml('insert', object, ...records).map((result) => {
        if (result.id === undefined) throw new Error(JSON.stringify(result.errors));
        return result.id;
      });
    },
    query: (soql, all = false) => org.prepare(soql, session, { all }).run().rows.map(plain),
  };
}

export function plain(row: QueryRow): Record<string, unknown> {
  return Object.fromEntries([...row.values].map(([name, value]) => [name, plainValue(value)]));
}

function plainValue(value: QueryValue): unknown {
  if (value === null || typeof value !== 'object') return value;
  return 'rows' in value ? value.rows.map(plain) : plain(value);
}

export function customField(
  name: string,
  options: Partial<FieldDefinition> & Pick<FieldDefinition, 'type'>,
): FieldDefinition {
  return {
    name,
    label: name.replace(/__c$/, ''),
    custom: true,
    required: false,
    unique: false,
    caseSensitive: false,
    externalId: false,
    idLookup: false,
    createable: true,
    updateable: true,
    nillable: true,
    filterable: true,
    referenceTo: [],
    calculated: false,
    ...options,
  };
}

export function customObject(
  name: string,
  fields: readonly FieldDefinition[],
  options: Partial<ObjectDefinition> = {},
): ObjectDefinition {
  const label = name.replace(/__(c|e)$/, '');
  return {
    name,
    label,
    labelPlural: `${label}s`,
    keyPrefix: '',
    kind: name.endsWith('__e') ? 'event' : 'custom',
    fields: new Map(fields.map((field) => [field.name, field])),
    ...options,
  };
}

/** Adds custom fields to an object, or new objects. */
export function addFields(org: Org, object: string, ...fields: readonly FieldDefinition[]): void {
  org.applySchema({
    objects: [],
    fields: fields.map((field) => ({ object, field })),
    removedObjects: [],
    removedFields: [],
  });
}

export function addObjects(org: Org, ...objects: readonly ObjectDefinition[]): void {
  org.applySchema({ objects, fields: [], removedObjects: [], removedFields: [] });
}
