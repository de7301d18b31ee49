import { OrgError } from '../core/index.ts';
import type { FieldDefinition, FieldType, ObjectDefinition, Org, QueryRow, Session } from '../core/index.ts';
import { parseSearch } from './parse.ts';
import type { Returning, Scope, Search } from './parse.ts';
import { fits, wordsOf } from './words.ts';

/** Most records that a search answers with (SOQL and SOSL Reference, "SOSL Limits on Objects and Results"). */
const MOST_RESULTS = 2000;

const SEARCHED: Readonly<Record<Scope, readonly FieldType[]>> = {
  all: ['string', 'textarea', 'email', 'phone', 'url', 'combobox'],
  name: ['string'],
  email: ['email'],
  phone: ['phone'],
};
const NAMES: ReadonlySet<string> = new Set(['Name', 'FirstName', 'LastName', 'Company', 'Subject', 'Title']);

function isSearched(field: FieldDefinition, scope: Scope): boolean {
  return SEARCHED[scope].includes(field.type) && (scope !== 'name' || NAMES.has(field.name));
}

/** IDs of the records of an object whose words the search looks for, as many as an answer may hold. */
function found(org: Org, session: Session, object: ObjectDefinition, { term, scope }: Search): readonly string[] {
  const searched = [...object.fields.values()].filter((field) => isSearched(field, scope)).map(({ name }) => name);
  if (searched.length === 0) return [];
  const { rows } = org.prepare(`SELECT Id, ${searched.join(', ')} FROM ${object.name}`, session).run();
  const ids: string[] = [];
  for (const { id, values } of rows) {
    const texts = searched.map((name) => values.get(name)).filter((value) => typeof value === 'string');
    if (id !== undefined && fits(term, texts.map(wordsOf)) && ids.push(id) === MOST_RESULTS) break;
  }
  return ids;
}

function recordsOf(org: Org, session: Session, search: Search, asked: Returning): readonly QueryRow[] {
  const object = org.schemaFor(session).object(asked.object);
  if (!object) throw new OrgError(400, 'INVALID_TYPE', `sObject type '${asked.object}' is not supported.`);
  const ids = found(org, session, object, search).map((id) => `'${id}'`);
  const isOf = ids.length === 0 ? 'Id = null' : `Id IN (${ids.join(', ')})`;
  const where = asked.where === undefined ? isOf : `(${asked.where}) AND ${isOf}`;
  return org
    .prepare(`SELECT ${asked.fields.join(', ')} FROM ${object.name} WHERE ${where} ${asked.rest}`, session)
    .run().rows;
}

/**
 * Answers a SOSL search in the caller's rights: the records of each object that RETURNING names, one object after the
 * other, not by relevance. Throws `OrgError` MALFORMED_SEARCH, INVALID_TYPE, and what a query of its parts throws.
 */
export function search(org: Org, sosl: string, session: Session): readonly QueryRow[] {
  const asked = parseSearch(sosl);
  const limit = Math.min(asked.limit ?? MOST_RESULTS, MOST_RESULTS);
  return asked.returning.flatMap((object) => recordsOf(org, session, asked, object)).slice(0, limit);
}
