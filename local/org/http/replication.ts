import { methodNotAllowed } from './call.ts';
import type { RestAnswer, RestCall, RestWorld } from './call.ts';
import { OrgError } from '../core/index.ts';
import type { ObjectDefinition } from '../core/index.ts';

const DAY = 24 * 60 * 60 * 1000;
/** How far back these resources look: 30 days for changes, 15 for what the recycle bin still holds. */
const UPDATED_DAYS = 30;
const BIN_DAYS = 15;

interface Span {
  readonly start: string;
  readonly end: string;
}

function momentOf(call: RestCall, name: string): number {
  const text = call.query.get(name);
  // A plus sign in a query string reads as a space; an unescaped zone offset arrives that way.
  const time = Date.parse((text ?? '').replace(' ', '+'));
  if (text === null || Number.isNaN(time)) {
    throw new OrgError(
      400,
      'INVALID_REPLICATION_DATE',
      `${name} must be an ISO 8601 date and time, not ${text ?? 'missing'}`,
    );
  }
  return time;
}

function spanOf(world: RestWorld, call: RestCall): Span {
  if (call.method !== 'GET') throw methodNotAllowed(call.method, 'GET, HEAD');
  const start = momentOf(call, 'start');
  const end = momentOf(call, 'end');
  if (start >= end) throw new OrgError(400, 'INVALID_REPLICATION_DATE', 'startDate before endDate expected');
  if (start < world.org.clock.now() - UPDATED_DAYS * DAY) {
    throw new OrgError(400, 'INVALID_REPLICATION_DATE', `startDate cannot be more than ${UPDATED_DAYS} days ago`);
  }
  return { start: new Date(start).toISOString(), end: new Date(end).toISOString() };
}

/** A moment as these resources write it: `2026-11-21T09:00:00.000+0000`. */
function stamp(iso: string): string {
  return iso.replace(/Z$/, '+0000');
}

/** `/sobjects/{object}/updated?start&end`: IDs of the records changed in that span. */
export function answerUpdated(world: RestWorld, call: RestCall, object: ObjectDefinition): RestAnswer {
  const { start, end } = spanOf(world, call);
  const soql = `SELECT Id FROM ${object.name} WHERE SystemModstamp >= ${start} AND SystemModstamp < ${end}`;
  const rows = world.org.prepare(soql, call.session).run().rows;
  return { status: 200, body: { ids: rows.map((row) => row.id), latestDateCovered: stamp(end) } };
}

/** `/sobjects/{object}/deleted?start&end`: what was deleted in that span and is still in the recycle bin. */
export function answerDeleted(world: RestWorld, call: RestCall, object: ObjectDefinition): RestAnswer {
  const { start, end } = spanOf(world, call);
  const soql =
    `SELECT Id, SystemModstamp FROM ${object.name} ` +
    `WHERE IsDeleted = true AND SystemModstamp >= ${start} AND SystemModstamp < ${end}`;
  const rows = world.org.prepare(soql, call.session, { all: true }).run().rows;
  const earliest = new Date(world.org.clock.now() - BIN_DAYS * DAY).toISOString();
  const deletedRecords = rows.map((row) => ({ deletedDate: row.values.get('SystemModstamp'), id: row.id }));
  return {
    status: 200,
    body: { deletedRecords, earliestDateAvailable: stamp(earliest), latestDateCovered: stamp(end) },
  };
}
