import { fieldAt, pattern, viewCondition } from './conditions.ts';
import { listViewOf, listViewsOf } from './list-view.ts';
import type { ListView } from './list-view.ts';
import { recordJson } from '../record-json.ts';
import { nameFieldOf, objectFor, quoted } from '../world.ts';
import type { UiApiCall, UiApiWorld } from '../world.ts';
import { OrgError } from '../../core/index.ts';
import type { ObjectDefinition, Schema } from '../../core/index.ts';

/** Records of a page when the caller does not say, and at most (User Interface API Developer Guide, "List Records"). */
const USUAL_PAGE = 50;
const MOST_PAGE = 2000;
/** Most rows that SOQL skips. */
const MOST_OFFSET = 2000;

function reference(object: ObjectDefinition, view: ListView): Record<string, unknown> {
  return { id: null, listViewApiName: view.apiName, objectApiName: object.name, type: 'listView' };
}

function isSortable(schema: Schema, object: ObjectDefinition, path: string): boolean {
  const field = fieldAt(schema, object, path);
  return field !== undefined && !(field.type === 'textarea' && (field.length ?? 0) > 255);
}

function infoJson(
  world: UiApiWorld,
  call: UiApiCall,
  object: ObjectDefinition,
  view: ListView,
): Record<string, unknown> {
  const schema = world.org.schemaFor(call.session);
  const shown = view.columns.filter((path) => fieldAt(schema, object, path) !== undefined);
  return {
    displayColumns: shown.map((path) => ({
      fieldApiName: path,
      label: columnLabel(schema, object, path),
      sortable: isSortable(schema, object, path),
    })),
    label: view.label,
    listReference: reference(object, view),
  };
}

/** A parent's name goes under the label of the field that refers to it. */
function columnLabel(schema: Schema, object: ObjectDefinition, path: string): string {
  const [first = '', second] = path.split('.');
  const lookup = [...object.fields.values()].find(({ relationshipName }) => relationshipName === first);
  const field = second === undefined ? object.fields.get(first) : lookup;
  return (field?.label ?? fieldAt(schema, object, path)?.label ?? path).replace(/ ID$/, '');
}

/** `/ui-api/list-info/{object}[/{list}]`: the lists of an object, or the columns of one. */
export function listInfo(world: UiApiWorld, call: UiApiCall): Record<string, unknown> {
  const [, , objectName = '', apiName] = call.segments;
  const object = objectFor(world, call.session, objectName);
  if (apiName !== undefined) return infoJson(world, call, object, listViewOf(world, call.session, object, apiName));
  const lists = listViewsOf(world, call.session, object).map((view) => ({
    apiName: view.apiName,
    label: view.label,
    listReference: reference(object, view),
  }));
  return { count: lists.length, lists, objectApiName: object.name };
}

function orderBy(schema: Schema, object: ObjectDefinition, sortBy: string | null, view: ListView): string {
  const asked = sortBy ?? view.columns.find((path) => isSortable(schema, object, path)) ?? 'Id';
  const path = asked.replace(/^-/, '');
  if (!isSortable(schema, object, path)) throw new OrgError(400, 'INVALID_FIELD', `Lists cannot be sorted by ${path}`);
  return `${path} ${asked.startsWith('-') ? 'DESC' : 'ASC'} NULLS LAST, Id ASC`;
}

function numberOf(call: UiApiCall, name: string, usual: number, most: number): number {
  const text = call.query.get(name);
  if (text === null) return usual;
  const number = Number(text);
  if (Number.isInteger(number) && number >= 0 && number <= most) return number;
  throw new OrgError(400, 'ILLEGAL_QUERY_PARAMETER_VALUE', `${name} must be a whole number up to ${most}, not ${text}`);
}

/** Fields in which the text of `searchTerm` is looked for. */
const SEARCHED = ['Email', 'Company', 'Phone'];

function searchCondition(object: ObjectDefinition, nameField: string | undefined, term: string): string {
  const names = [...(nameField === undefined ? [] : [nameField]), ...SEARCHED];
  const fields = names.filter((name) => object.fields.get(name)?.filterable === true);
  if (fields.length === 0) throw new OrgError(400, 'INVALID_SEARCH', `${object.label} has no field to search in`);
  return `(${fields.map((name) => `${name} LIKE ${quoted(`%${pattern(term)}%`)}`).join(' OR ')})`;
}

/**
 * `/ui-api/list-records/{object}/{list}?pageSize=&pageToken=&sortBy=&searchTerm=`: one page of a list view's records,
 * with the values of its columns.
 */
export function listRecords(world: UiApiWorld, call: UiApiCall): Record<string, unknown> {
  const [, , objectName = '', apiName = ''] = call.segments;
  const { org } = world;
  const { query, session } = call;
  const schema = org.schemaFor(session);
  const object = objectFor(world, session, objectName);
  const view = listViewOf(world, session, object, apiName);
  const size = numberOf(call, 'pageSize', USUAL_PAGE, MOST_PAGE);
  const offset = numberOf(call, 'pageToken', 0, MOST_OFFSET);
  const term = query.get('searchTerm')?.trim() ?? '';
  const conditions = [
    viewCondition(schema, object, view, session.userId),
    term === '' ? undefined : searchCondition(object, nameFieldOf(world, session, object), term),
  ].filter((each) => each !== undefined);
  const columns = view.columns.filter((path) => fieldAt(schema, object, path) !== undefined);
  const soql =
    `SELECT ${[...new Set(['Id', ...columns])].join(', ')} FROM ${object.name}` +
    (conditions.length > 0 ? ` WHERE ${conditions.join(' AND ')}` : '') +
    ` ORDER BY ${orderBy(schema, object, query.get('sortBy'), view)} LIMIT ${size + 1} OFFSET ${offset}`;
  const { rows } = org.prepare(soql, session).run();
  const more = rows.length > size && offset + size <= MOST_OFFSET;
  const records = rows.slice(0, size).map((row) => recordJson(world, session, row));
  return {
    count: records.length,
    currentPageToken: String(offset),
    listReference: reference(object, view),
    nextPageToken: more ? String(offset + size) : null,
    previousPageToken: offset === 0 ? null : String(Math.max(0, offset - size)),
    records,
    sortBy: query.get('sortBy'),
  };
}
