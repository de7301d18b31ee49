import { known } from '../types/index.ts';
import { NativeValue } from '../values/index.ts';
import type { Thread } from './thread.ts';

/** Tokens of the schema; two of the same thing are equal by their `key`. */
export interface ObjectToken {
  readonly key: string;
  readonly text: string;
  readonly object: string;
}

export interface FieldToken extends ObjectToken {
  readonly field: string;
}

export const objectToken = (object: string): NativeValue =>
  new NativeValue(known('Schema.SObjectType'), { key: object, text: object, object } satisfies ObjectToken);

export const fieldToken = (object: string, field: string): NativeValue =>
  new NativeValue(known('Schema.SObjectField'), {
    key: `${object}.${field}`,
    text: field,
    object,
    field,
  } satisfies FieldToken);

/** What an object's or field's describe says, as the running user may see it. */
export interface Described {
  readonly text: string;
  readonly json: Readonly<Record<string, unknown>>;
  readonly object: string;
}

export function describeObject(thread: Thread, object: string): NativeValue {
  return new NativeValue(known('Schema.DescribeSObjectResult'), {
    text: `Schema.DescribeSObjectResult[${object}]`,
    json: describeJson(thread, object),
    object,
  } satisfies Described);
}

export function describeField(thread: Thread, object: string, field: string): NativeValue {
  const fields = describeJson(thread, object)['fields'] as readonly Readonly<Record<string, unknown>>[];
  const seen = fields.find(({ name }) => name === field);
  return new NativeValue(known('Schema.DescribeFieldResult'), {
    text: `Schema.DescribeFieldResult[${field}]`,
    json: seen ?? hiddenField(thread, object, field),
    object,
  } satisfies Described);
}

/** Apex describes everything; what the user may do with it is in its `is…able` methods. */
function describeJson(thread: Thread, object: string): Readonly<Record<string, unknown>> {
  const { org } = thread.host;
  const session = { userId: thread.userId, token: '', origin: '' };
  if (org.schemaFor(session).object(object) !== undefined) return org.schemaFor(session).describe(object, session);
  const admin = { ...session, userId: org.adminUserId };
  return { ...org.schemaFor(admin).describe(object, admin), ...NO_RIGHTS, accessible: false };
}

const NO_RIGHTS = { createable: false, updateable: false, deletable: false, undeletable: false, queryable: false };

function hiddenField(thread: Thread, object: string, field: string): Readonly<Record<string, unknown>> {
  const { org } = thread.host;
  const admin = { userId: org.adminUserId, token: '', origin: '' };
  const fields = org.schemaFor(admin).describe(object, admin)['fields'] as readonly Readonly<Record<string, unknown>>[];
  return { ...fields.find(({ name }) => name === field), createable: false, updateable: false, accessible: false };
}
