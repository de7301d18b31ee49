import { layoutJson } from './layout.ts';
import { listInfo, listRecords, relatedListInfo, relatedListRecords } from './lists/index.ts';
import { objectInfo } from './object-info.ts';
import { picklistValues } from './picklists.ts';
import { answerReadRecord } from './read-record.ts';
import { recordDefaults } from './record-defaults.ts';
import type { UiApiCall, UiApiWorld } from './world.ts';
import { answerCreateRecord, answerDeleteRecord, answerUpdateRecord } from './write-record.ts';
import { OrgError } from '../core/index.ts';
import { errorBody, methodNotAllowed } from '../http/index.ts';
import type { RestAnswer } from '../http/index.ts';

function notHeld(call: UiApiCall): OrgError {
  return new OrgError(404, 'NOT_FOUND', `not yet: the local org has no /${call.segments.join('/')} in its UI API`);
}

function get(call: UiApiCall, make: () => unknown): RestAnswer {
  if (call.method !== 'GET' && call.method !== 'HEAD') throw methodNotAllowed(call.method, 'GET, HEAD');
  return { status: 200, body: make() };
}

function answerRecords(world: UiApiWorld, call: UiApiCall): RestAnswer {
  const [, , id, ...rest] = call.segments;
  if (rest.length > 0) throw notHeld(call);
  if (id === undefined) {
    if (call.method === 'POST') return answerCreateRecord(world, call);
    throw methodNotAllowed(call.method, 'POST');
  }
  if (call.method === 'GET') return { status: 200, body: answerReadRecord(world, call, id) };
  if (call.method === 'PATCH') return answerUpdateRecord(world, call, id);
  if (call.method === 'DELETE') return answerDeleteRecord(world, call, id);
  throw methodNotAllowed(call.method, 'DELETE, GET, PATCH');
}

/** One part of a batch: its own status beside its body, as the UI API answers every batch. */
function part(make: () => unknown): { readonly result: unknown; readonly statusCode: number } {
  try {
    return { result: make(), statusCode: 200 };
  } catch (error) {
    if (!(error instanceof OrgError)) throw error;
    return { result: errorBody(error), statusCode: error.status };
  }
}

function batch(names: string, answer: (name: string) => unknown): Record<string, unknown> {
  const results = names.split(',').map((name) => part(() => answer(name)));
  return { hasErrors: results.some(({ statusCode }) => statusCode !== 200), results };
}

function answerObjectInfo(world: UiApiWorld, call: UiApiCall): RestAnswer {
  const { session } = call;
  const [, , name = '', kind, recordTypeId = '', field, ...rest] = call.segments;
  if (rest.length > 0) throw notHeld(call);
  if (name === 'batch') {
    return get(call, () => batch(kind ?? '', (each) => objectInfo(world, session, each)));
  }
  if (kind === undefined) return get(call, () => objectInfo(world, session, name));
  if (kind !== 'picklist-values') throw notHeld(call);
  return get(call, () => picklistValues(world, session, name, recordTypeId, field));
}

function route(world: UiApiWorld, call: UiApiCall): RestAnswer {
  const [, resource, second, third, ...rest] = call.segments;
  switch (resource) {
    case 'records':
      return answerRecords(world, call);
    case 'object-info':
      return answerObjectInfo(world, call);
    case 'record-defaults':
      if (second !== 'create' || third === undefined || rest.length > 0) throw notHeld(call);
      return get(call, () => recordDefaults(world, call.session, third, call.query.get('recordTypeId')));
    case 'list-info':
      if (second === undefined || rest.length > 0) throw notHeld(call);
      return get(call, () => listInfo(world, call));
    case 'list-records':
      if (third === undefined || rest.length > 0) throw notHeld(call);
      return get(call, () => listRecords(world, call));
    case 'layout':
      if (second === undefined || third !== undefined) throw notHeld(call);
      return get(call, () => layoutJson(world, call));
    case 'related-list-info':
      if (second === undefined || third !== undefined) throw notHeld(call);
      return get(call, () => relatedListInfo(world, call));
    case 'related-list-records':
      if (third === undefined || rest.length > 0) throw notHeld(call);
      return get(call, () => relatedListRecords(world, call));
    default:
      throw notHeld(call);
  }
}

/**
 * Answers `/ui-api/…` with the rights of the caller, over the same SOQL and DML as the REST API. Errors that an org
 * would word come back as answers: a list for what could not be read, with `output` for what could not be saved.
 */
export function answerUiApi(world: UiApiWorld, call: UiApiCall): RestAnswer {
  try {
    return route(world, call);
  } catch (error) {
    if (!(error instanceof OrgError)) throw error;
    return { status: error.status, body: errorBody(error) };
  }
}
