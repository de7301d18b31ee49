import { methodNotAllowed, notFound } from './call.ts';
import type { RestAnswer, RestCall, RestWorld } from './call.ts';
import { answerLayouts } from './layouts.ts';
import { answerListViews } from './list-views.ts';
import { answerKeyed, answerRecord, createRecord } from './records.ts';
import { answerDeleted, answerUpdated } from './replication.ts';
import type { ObjectDefinition } from '../core/index.ts';

/** What the list of objects tells of each: a describe without its fields. */
const SUMMARY = [
  'activateable', 'associateEntityType', 'associateParentEntity', 'createable', 'custom', 'customSetting', 'deepCloneable',
  'deletable', 'deprecatedAndHidden', 'feedEnabled', 'hasSubtypes', 'isInterface', 'isSubtype', 'keyPrefix', 'label',
  'labelPlural', 'layoutable', 'mergeable', 'mruEnabled', 'name', 'queryable', 'replicateable', 'retrieveable',
  'searchable', 'triggerable', 'undeletable', 'updateable', 'urls',
]; // prettier-ignore

function withUrls(describe: Record<string, unknown>, call: RestCall, name: string): Record<string, unknown> {
  const base = `/services/data/v${call.version}/sobjects/${name}`;
  const urls = {
    sobject: base,
    describe: `${base}/describe`,
    rowTemplate: `${base}/{ID}`,
    layouts: `${base}/describe/layouts`,
  };
  return { ...describe, urls };
}

function summary(world: RestWorld, call: RestCall, object: ObjectDefinition): Record<string, unknown> {
  const describe = withUrls(world.org.schemaFor(call.session).describe(object.name, call.session), call, object.name);
  return Object.fromEntries(SUMMARY.filter((key) => key in describe).map((key) => [key, describe[key]]));
}

/** An answer that a client which already has it need not be sent: 304 when nothing changed since its date. */
function unlessUnchanged(world: RestWorld, call: RestCall, make: () => unknown): RestAnswer {
  const changedAt = Math.floor(world.schemaChangedAt(call.session) / 1000) * 1000;
  const headers = { 'Last-Modified': new Date(changedAt).toUTCString() };
  const since = Date.parse(call.headers.get('if-modified-since') ?? '');
  if (!Number.isNaN(since) && changedAt <= since) return { status: 304, headers };
  return { status: 200, body: make(), headers };
}

function list(world: RestWorld, call: RestCall): RestAnswer {
  if (call.method !== 'GET') throw methodNotAllowed(call.method, 'GET, HEAD');
  return unlessUnchanged(world, call, () => ({
    encoding: 'UTF-8',
    maxBatchSize: 200,
    sobjects: world.org
      .schemaFor(call.session)
      .objects()
      .map((object) => summary(world, call, object)),
  }));
}

/** `/sobjects` and all below it. */
export function answerSobjects(world: RestWorld, call: RestCall): RestAnswer {
  const [, name, part, ...rest] = call.segments;
  if (name === undefined || name === '') return list(world, call);
  const object = world.org.schemaFor(call.session).object(name);
  if (!object) throw notFound();
  if (part === undefined || part === '') {
    if (call.method === 'POST') return createRecord(call, object);
    if (call.method !== 'GET') throw methodNotAllowed(call.method, 'GET, HEAD, POST');
    return { status: 200, body: { objectDescribe: summary(world, call, object), recentItems: [] } };
  }
  if (part === 'describe') {
    if (call.method !== 'GET') throw methodNotAllowed(call.method, 'GET, HEAD');
    if (rest.length > 0) return answerLayouts(call, object, rest);
    return unlessUnchanged(world, call, () =>
      withUrls(world.org.schemaFor(call.session).describe(object.name, call.session), call, object.name),
    );
  }
  if (part === 'listviews') return answerListViews(world, call, object, rest);
  if (part === 'updated' && rest.length === 0) return answerUpdated(world, call, object);
  if (part === 'deleted' && rest.length === 0) return answerDeleted(world, call, object);
  const [value, ...beyond] = rest;
  // POST by the field Id, without a value: an upsert that can only create.
  if (value === undefined && part.toLowerCase() === 'id' && call.method === 'POST') return createRecord(call, object);
  if (value === undefined || value === '') return answerRecord(world, call, object, part);
  if (beyond.length > 0) throw notFound();
  return answerKeyed(world, call, object, part, value);
}
