import { z } from 'zod';
import { RetryError, type FieldDescription, type ObjectDescription } from '../../engine/index.ts';
import type { Lane } from '../../http/index.ts';
import type { Caller } from './call.ts';
import { idField, labels, type Kind } from './objects.ts';

const schemaReply = z.record(
  z.string(),
  z.record(
    z.string(),
    z.looseObject({
      Type: z.string(),
      DisplayName: z.string().optional(),
      isDeleted: z.boolean().optional(),
      isCalculated: z.boolean().optional(),
    }),
  ),
);

/** Groups of metadata that take values from outside (Engage API, metadata); `auto` and `pendo` are Pendo's own. */
const writableGroups: ReadonlySet<string> = new Set(['custom', 'agent', 'salesforce']);

export interface MetadataField {
  readonly group: string;
  readonly name: string;
  /** `string`, `integer`, `float`, `boolean`, `time`, `date`, `list`. */
  readonly type: string;
  readonly label: string;
  readonly writable: boolean;
}

/** Fields of a kind by path, `custom.tier`, in small letters: so are they read, and so compared. */
export type Schema = ReadonlyMap<string, MetadataField>;

/** Asks Pendo for the metadata fields of a kind. Throws the errors of `read`. */
export async function readSchema(caller: Caller, lane: Lane, kind: Kind): Promise<Schema> {
  const path = `/api/v1/metadata/schema/${kind}`;
  const reply = schemaReply.safeParse(await caller.read({ lane, urgency: 'live', method: 'GET', path }));
  if (!reply.success) throw new RetryError('The answer of Pendo holds no metadata schema.', []);
  const schema = new Map<string, MetadataField>();
  for (const [group, fields] of Object.entries(reply.data)) {
    for (const [given, field] of Object.entries(fields)) {
      if (field.isDeleted === true) continue;
      const name = given.toLowerCase();
      const label = field.DisplayName === undefined || field.DisplayName === '' ? given : field.DisplayName;
      const writable = writableGroups.has(group) && field.isCalculated !== true;
      schema.set(`${group}.${name}`, { group, name, type: field.Type, label, writable });
    }
  }
  return schema;
}

/** A kind as the engine knows objects: its ID, by which records are told apart, and its metadata. */
export function describeKind(kind: Kind, schema: Schema): ObjectDescription {
  const id = idField(kind);
  const label = `${labels[kind]} ID`;
  const fields = new Map<string, FieldDescription>([
    [id, { path: id, label, type: 'string', nillable: false, readable: true, writable: false }],
  ]);
  for (const [path, { type, label: name, writable }] of schema) {
    fields.set(path, { path, label: name, type, nillable: true, readable: true, writable });
  }
  return { object: kind, label: labels[kind], fields, closed: true };
}

/** What a value has to be for a field of that type, as a sentence goes on; undefined when it is, or nobody knows. */
export function typeProblem(type: string, value: unknown): string | undefined {
  if (value === null) return undefined;
  switch (type) {
    case 'integer':
      return Number.isSafeInteger(value) ? undefined : 'a whole number';
    case 'float':
      return typeof value === 'number' ? undefined : 'a number';
    case 'boolean':
      return typeof value === 'boolean' ? undefined : 'true or false';
    case 'string':
      return typeof value === 'string' ? undefined : 'a text';
    case 'date':
    case 'time':
      return isMoment(value) ? undefined : `a ${type}`;
    case 'list':
      return Array.isArray(value) ? undefined : 'a list';
    default:
      return undefined;
  }
}

function isMoment(value: unknown): boolean {
  if (typeof value === 'number') return Number.isSafeInteger(value);
  return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}/.test(value) && !Number.isNaN(Date.parse(value));
}
