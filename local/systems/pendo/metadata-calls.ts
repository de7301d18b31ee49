import { Refusal, type Answer, type Call } from '../kit/index.ts';
import { refused } from './answer.ts';
import { perSecond, type CallDefinition } from './calls.ts';
import { setValue, type Entity } from './entities.ts';
import { fit, sameValue, type Kind, type Value } from './fields.ts';
import { isObject } from './json.ts';
import type { Subscription } from './subscription.ts';
import { misfit, placeOf, writeValues } from './value-writes.ts';

const path = '/api/v1/metadata/:kind/:group/value';

function kindOf({ parameters: { kind } }: Call): Kind {
  if (kind === 'visitor' || kind === 'account') return kind;
  throw new Refusal(refused(404, `There is no metadata of "${kind}"`));
}

/** A part of the path, which is in base64 when the header says so. */
function parameter({ headers, parameters }: Call, name: string): string {
  const text = parameters[name] ?? '';
  return headers.get('x-pendo-base64-encoded-params') === 'true' ? Buffer.from(text, 'base64').toString() : text;
}

function entityOf(call: Call, kind: Kind, subscription: Subscription): Entity {
  const id = parameter(call, 'id');
  const entity = subscription.entity(kind, id);
  if (entity === undefined) throw new Refusal(refused(404, `There is no ${kind} "${id}"`));
  return entity;
}

function readValue(call: Call, subscription: Subscription): Answer {
  const kind = kindOf(call);
  const group = call.parameters['group'] ?? '';
  const values = subscription.metadata(kind, entityOf(call, kind, subscription))[group];
  const name = parameter(call, 'field').toLowerCase();
  const value = isObject(values) ? values[name] : undefined;
  return value === undefined ? refused(404, `There is no value of "${group}.${name}"`) : { status: 200, body: value };
}

/** In `custom` a field without a mapping becomes a text field; source: Singer's target-pendo. */
function writeValue(call: Call, subscription: Subscription): Answer {
  const { kind, group } = placeOf(call, subscription);
  const entity = entityOf(call, kind, subscription);
  const name = parameter(call, 'field').toLowerCase();
  const schema = subscription.schemas[kind];
  let json: unknown;
  try {
    json = JSON.parse(call.text);
  } catch {
    return refused(400, 'The body is not JSON');
  }
  const mapped = schema.field(group, name);
  if (mapped === undefined && group !== 'custom')
    return refused(400, `The ${kind} field "${group}.${name}" has no mapping`);
  const field = mapped ?? { type: 'string', displayName: parameter(call, 'field') };
  const value = json === null ? undefined : fit(json, field);
  if (value === undefined && json !== null) return refused(400, misfit(name, field));
  schema.define(group, name, field);
  put(subscription, entity, group, name, value);
  return { status: 200, body: undefined };
}

function put(subscription: Subscription, entity: Entity, group: string, name: string, value: Value | undefined): void {
  subscription.counts.valuesReceived++;
  if (sameValue(entity.metadata[group]?.[name], value)) return;
  setValue(entity.metadata, group, name, value);
  subscription.counts.valuesChanged++;
  entity.updatedAt = subscription.now();
}

function describe(call: Call, subscription: Subscription): Answer {
  const kind = kindOf(call);
  const [sample] = kind === 'visitor' ? subscription.visitors.all() : subscription.accounts.all();
  return {
    status: 200,
    body: subscription.schemas[kind].describe((group, name) => sample?.metadata[group]?.[name]),
  };
}

export const metadataCalls: readonly CallDefinition[] = [
  {
    method: 'GET',
    path: '/api/v1/metadata/schema/:kind',
    name: 'metadata/schema',
    limit: perSecond,
    handle: describe,
  },
  { method: 'POST', path, name: 'metadata/values', limit: perSecond, handle: writeValues },
  { method: 'GET', path: `${path}/:id/:field`, name: 'metadata/value', limit: perSecond, handle: readValue },
  { method: 'PUT', path: `${path}/:id/:field`, name: 'metadata/value', limit: perSecond, handle: writeValue },
];
