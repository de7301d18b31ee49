import { SettingsError, type SoqlValue } from '../engine/index.ts';

/** Most bytes of URI and headers together that the org takes (REST developer guide, limits). */
const uriAndHeaders = 16_384;
/** Kept for the headers: the access token is the long one, up to about 2,000 bytes when it is a JWT. */
const keptForHeaders = 4_096;
export const maxUriBytes = uriAndHeaders - keptForHeaders;
/** Rows of a query page that the org gives at most. */
export const maxPageRows = 2_000;

const identifier = /^[A-Za-z][A-Za-z0-9_]*$/;
const path = /^[A-Za-z][A-Za-z0-9_]*(\.[A-Za-z][A-Za-z0-9_]*){0,5}$/;
const recordId = /^[a-zA-Z0-9]{15}(?:[a-zA-Z0-9]{3})?$/;

/** True for what an org can take as a record ID; anything else makes it refuse the whole query. */
export function isRecordId(value: string): boolean {
  return recordId.test(value);
}

/** True for what can be the API name of an object. */
export function isObjectName(value: string): boolean {
  return identifier.test(value);
}

/** A value as SOQL writes it. Strings are quoted and escaped, dates are UTC, a list becomes `('a','b')`. */
export function literal(value: SoqlValue): string {
  if (value === null) return 'null';
  if (typeof value === 'string') return quote(value);
  if (typeof value === 'boolean') return value ? 'true' : 'false';
  if (value instanceof Date) return value.toISOString();
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new SettingsError(`SOQL has no way to write the number ${value}.`, []);
    return String(value);
  }
  return `(${value.map(literal).join(',')})`;
}

const escapes: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  "'": "\\'",
  '"': '\\"',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\b': '\\b',
  '\f': '\\f',
};

/** In single quotes, by the escapes of the SOQL reference. */
export function quote(text: string): string {
  return `'${text.replace(/[\\'"\n\r\t\b\f]/g, (character) => escapes[character] ?? character)}'`;
}

export interface Select {
  readonly fields: readonly string[];
  readonly from: string;
  /** Conditions, all of which must hold. */
  readonly where?: readonly string[];
  /** Fields, each with ` DESC` behind it where the greatest comes first. */
  readonly orderBy?: readonly string[];
  readonly limit?: number;
}

/** A query by construction: names are checked to be names; values come in through `literal`. */
export function select({ fields, from, where = [], orderBy = [], limit }: Select): string {
  for (const field of fields) if (field !== 'COUNT()') checkPath(field);
  if (!isObjectName(from)) throw notAName(from, 'object');
  for (const field of orderBy) checkPath(field.replace(/ DESC$/, ''));
  return [
    `SELECT ${fields.join(', ')} FROM ${from}`,
    where.length > 0 ? ` WHERE ${where.join(' AND ')}` : '',
    orderBy.length > 0 ? ` ORDER BY ${orderBy.join(', ')}` : '',
    limit === undefined ? '' : ` LIMIT ${limit}`,
  ].join('');
}

/** Throws `SettingsError` unless `field` is a name or a path of names. */
export function checkPath(field: string): void {
  if (!path.test(field)) throw notAName(field, 'field');
}

/**
 * An admin's filter as one condition among others, absent for `all`. It may not close a bracket that it did not open,
 * nor leave a text open, so that it cannot reach the conditions beside it.
 */
export function filter(include: string): string | undefined {
  if (include.trim() === 'all') return undefined;
  const outside = include.replace(/'(?:[^'\\]|\\.)*'/gs, '');
  let depth = 0;
  for (const character of outside) {
    if (character === '(') depth += 1;
    if (character === ')') depth -= 1;
    if (depth < 0) break;
  }
  if (include.trim() === '' || depth !== 0 || outside.includes("'")) {
    throw new SettingsError(`The filter "${include}" is not one whole SOQL condition.`, [
      "Write a condition such as Email != null AND LeadSource = 'Web', with every bracket and quote closed.",
      'Write all to take every record.',
    ]);
  }
  return `(${include})`;
}

/** The path of a query call, with the text encoded as short as URIs allow. */
export function queryPath(root: 'query' | 'queryAll', apiVersion: string, soql: string): string {
  return `/services/data/v${apiVersion}/${root}?q=${encode(soql)}`;
}

function encode(text: string): string {
  return encodeURIComponent(text).replaceAll('%20', '+').replaceAll('%2C', ',').replaceAll("'", '%27');
}

/** Bytes that one quoted ID of 18 characters and its comma take in a URI. */
const idBytes = encode("'000000000000000000',").length;

/** How many IDs fit into a list in this query, so that neither the URI nor the rows pass their limit. */
export function idsPerQuery(soqlWithoutIds: string): number {
  const room = maxUriBytes - encode(soqlWithoutIds).length - 64;
  const fit = Math.min(maxPageRows, Math.floor(room / idBytes));
  if (fit < 1) {
    throw new SettingsError(
      `A query with these fields is ${encode(soqlWithoutIds).length} bytes long, too long for a request.`,
      ['Map fewer fields in this sync, or shorten its filter.'],
    );
  }
  return fit;
}

function notAName(text: string, kind: string): SettingsError {
  return new SettingsError(`${JSON.stringify(text)} is not the API name of a ${kind}.`, [
    'Use API names (Email, Account.Name, Score__c), not labels.',
  ]);
}
