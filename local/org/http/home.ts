import { methodNotAllowed } from './call.ts';
import type { RestAnswer, RestCall, RestWorld } from './call.ts';
import { rowJson } from './rows.ts';
import { OrgError } from '../core/index.ts';
import type { ObjectDefinition } from '../core/index.ts';
import { search } from '../sosl/index.ts';

/** `/tabs`: a tab for each object that has layouts. */
export function answerTabs(world: RestWorld, call: RestCall): RestAnswer {
  if (call.method !== 'GET') throw methodNotAllowed(call.method, 'GET, HEAD');
  const tabs = world.org
    .schemaFor(call.session)
    .objects()
    .filter((object) => object.kind === 'custom' && object.fields.has('Name'))
    .map((object) => ({
      colors: [],
      custom: true,
      iconUrl: null,
      icons: [],
      label: object.labelPlural,
      miniIconUrl: null,
      name: object.name,
      sobjectName: object.name,
      url: `${call.origin}/${object.keyPrefix}/o`,
    }));
  return { status: 200, body: tabs };
}

/** `/theme`: the local org draws nothing, so no object has colours or icons. */
export function answerTheme(world: RestWorld, call: RestCall): RestAnswer {
  if (call.method !== 'GET') throw methodNotAllowed(call.method, 'GET, HEAD');
  const themeItems = world.org
    .schemaFor(call.session)
    .objects()
    .map(({ name }) => ({ name, colors: [], icons: [] }));
  return { status: 200, body: { themeItems } };
}

/** `/recent`: what the user looked at; the local org keeps no record of views, so it is always empty. */
export function answerRecent(call: RestCall): RestAnswer {
  if (call.method !== 'GET') throw methodNotAllowed(call.method, 'GET, HEAD');
  return { status: 200, body: [] };
}

/** Fields by which `/parameterizedSearch` finds records, as far as an object has them. */
const SEARCHED = ['Name', 'Email', 'Phone', 'Company'];
const USUAL_RESULTS = 20;

function quoted(text: string): string {
  return `'%${text.replace(/[\\'%_]/g, (character) => `\\${character}`)}%'`;
}

function searched(object: ObjectDefinition): readonly string[] {
  return SEARCHED.filter((name) => object.fields.get(name)?.filterable === true);
}

/**
 * `/parameterizedSearch?q=…&sobject=…&fields=…`: records of the named objects that hold the text in their name, email
 * address, telephone number or company. Without an object it ends with "not yet".
 */
export function answerParameterizedSearch(world: RestWorld, call: RestCall): RestAnswer {
  if (call.method !== 'GET') throw methodNotAllowed(call.method, 'GET, HEAD');
  const text = call.query.get('q') ?? '';
  if (text.length < 2) {
    throw new OrgError(400, 'MALFORMED_SEARCH', 'search term must be longer than one character');
  }
  const names = call.query.getAll('sobject').flatMap((list) => list.split(','));
  if (names.length === 0)
    throw new OrgError(400, 'INVALID_SEARCH', 'not yet: a search of all objects in the local org');
  const fields = (call.query.get('fields') ?? 'Id').split(',').map((name) => name.trim());
  const limit = Number(call.query.get('overallLimit') ?? USUAL_RESULTS) || USUAL_RESULTS;
  const searchRecords = names.flatMap((name) => {
    const object = world.org.schemaFor(call.session).object(name);
    if (!object) throw new OrgError(400, 'INVALID_TYPE', `sObject type '${name}' is not supported.`);
    const conditions = searched(object).map((field) => `${field} LIKE ${quoted(text)}`);
    if (conditions.length === 0) return [];
    const selected = ['Id', ...fields.filter((field) => field.toLowerCase() !== 'id')].join(', ');
    const soql = `SELECT ${selected} FROM ${object.name} WHERE ${conditions.join(' OR ')} LIMIT ${limit}`;
    const { rows } = world.org.prepare(soql, call.session).run();
    return rows.map((row) => rowJson(row, call.version, () => undefined));
  });
  return { status: 200, body: { searchRecords: searchRecords.slice(0, limit) } };
}

/** `/search?q=FIND…`: what a SOSL search finds. */
export function answerSearch(world: RestWorld, call: RestCall): RestAnswer {
  if (call.method !== 'GET') throw methodNotAllowed(call.method, 'GET, HEAD');
  const searchRecords = search(world.org, call.query.get('q') ?? '', call.session).map((row) =>
    rowJson(row, call.version, () => undefined),
  );
  return { status: 200, body: { searchRecords } };
}
