import { Refusal, type Answer, type Call } from '../kit/index.ts';
import { refused } from './answer.ts';
import { setValue } from './entities.ts';
import { fit, sameValue, type Field, type Kind, type Value } from './fields.ts';
import { isObject } from './json.ts';
import { computedGroup } from './schema.ts';
import type { Subscription } from './subscription.ts';

interface RecordWrite {
  readonly id: string;
  readonly values: Readonly<Record<string, unknown>>;
}

type Written =
  { readonly kind: 'written' } | { readonly kind: 'missing' } | { readonly kind: 'refused'; readonly message: string };

/** Where a write goes: a kind's group that can be written to. */
export interface Place {
  readonly kind: Kind;
  readonly group: string;
}

/** Throws `Refusal`: 404 for a kind that Pendo does not have, 400 for a group that cannot be written to. */
export function placeOf({ parameters }: Call, subscription: Subscription): Place {
  const { kind, group = '' } = parameters;
  if (kind !== 'visitor' && kind !== 'account') throw new Refusal(refused(404, `There is no metadata of "${kind}"`));
  if (group === computedGroup) throw new Refusal(refused(400, `The group "${group}" cannot be written to`));
  if (!subscription.schemas[kind].has(group)) throw new Refusal(refused(400, `The group "${group}" has no mapping`));
  return { kind, group };
}

/**
 * Writes values of many records in order: each value that is named, no other one; null clears. Answered with 200 though
 * some or all records failed. A body that is not what it should be is refused before the first record is written.
 */
export function writeValues(call: Call, subscription: Subscription): Answer {
  const place = placeOf(call, subscription);
  const records = readRecords(call.text, place.kind);
  if (subscription.habits.unmappedField === 'batch') refuseUnmapped(records, place, subscription);
  const create = call.query.get('create') === 'true';
  const { recordsPerCall } = subscription.limits;
  const missing: string[] = [];
  const errors: { readonly id: string; readonly message: string }[] = [];
  let updated = 0;
  for (const record of records.slice(0, recordsPerCall)) {
    const written = writeRecord(record, place, create, subscription);
    if (written.kind === 'written') updated++;
    else if (written.kind === 'missing') missing.push(record.id);
    else errors.push({ id: record.id, message: written.message });
  }
  subscription.counts.recordsMissing += missing.length;
  subscription.counts.recordsRefused += errors.length;
  if (records.length > recordsPerCall) return refused(408, 'The call ran for more than 5 minutes');
  const failed = missing.length + errors.length;
  return {
    status: 200,
    body: { total: records.length, updated, failed, ...lists(missing, errors, subscription), kind: place.kind },
  };
}

function lists(
  missing: readonly string[],
  errors: readonly { readonly id: string; readonly message: string }[],
  { habits }: Subscription,
): Record<string, unknown> {
  const items = habits.errors === 'text' ? errors.map(({ id, message }) => `${id}: ${message}`) : errors;
  const told = Object.entries({ missing, errors: items });
  if (habits.emptyLists === 'empty') return Object.fromEntries(told);
  if (habits.emptyLists === 'absent') return Object.fromEntries(told.filter(([, list]) => list.length > 0));
  return Object.fromEntries(told.map(([name, list]) => [name, list.length === 0 ? null : list]));
}

function readRecords(text: string, kind: Kind): readonly RecordWrite[] {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    throw new Refusal(refused(400, 'The body is not JSON'));
  }
  if (!Array.isArray(body)) throw new Refusal(refused(400, 'The body must be an array'));
  const idName = `${kind}Id`;
  return body.map((item: unknown, index) => {
    const { [idName]: id, values } = isObject(item) ? item : {};
    if (typeof id !== 'string' || id === '') throw new Refusal(refused(400, `[${index}].${idName} must be a text`));
    if (!isObject(values)) throw new Refusal(refused(400, `[${index}].values must be an object`));
    return { id, values };
  });
}

function refuseUnmapped(records: readonly RecordWrite[], { kind, group }: Place, subscription: Subscription): void {
  const known = new Set<string>();
  for (const { values } of records)
    for (const name of Object.keys(values)) {
      if (known.has(name)) continue;
      if (subscription.schemas[kind].field(group, name) === undefined)
        throw new Refusal(refused(400, unmapped(kind, group, name)));
      known.add(name);
    }
}

function unmapped(kind: Kind, group: string, name: string): string {
  return `The ${kind} field "${group}.${name}" has no mapping`;
}

/** A record is written whole or not at all. */
function writeRecord(
  { id, values }: RecordWrite,
  { kind, group }: Place,
  create: boolean,
  subscription: Subscription,
): Written {
  const changes: [name: string, value: Value | undefined][] = [];
  for (const name in values) {
    const field = subscription.schemas[kind].field(group, name);
    if (field === undefined) return { kind: 'refused', message: unmapped(kind, group, name) };
    const value = values[name] === null ? undefined : fit(values[name], field);
    if (value === undefined && values[name] !== null) return { kind: 'refused', message: misfit(name, field) };
    changes.push([name.toLowerCase(), value]);
  }
  if (!create && subscription.entity(kind, id) === undefined) return { kind: 'missing' };
  const entity = subscription.ensure(kind, id);
  let changed = false;
  for (const [name, value] of changes) {
    subscription.counts.valuesReceived++;
    if (sameValue(entity.metadata[group]?.[name], value)) continue;
    setValue(entity.metadata, group, name, value);
    subscription.counts.valuesChanged++;
    changed = true;
  }
  if (changed) entity.updatedAt = subscription.now();
  return { kind: 'written' };
}

/** Why a value does not fit its field. */
export function misfit(name: string, { type }: Field): string {
  return `the value of "${name}" is not of type ${type}`;
}
