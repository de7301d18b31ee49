import { malformed, readTerm } from './term.ts';
import type { Term } from './term.ts';

/** Which fields of a record are searched. */
export type Scope = 'all' | 'name' | 'email' | 'phone';

/** One object of the RETURNING clause: what is asked of its records, in SOQL's words. */
export interface Returning {
  readonly object: string;
  readonly fields: readonly string[];
  /** The condition after WHERE. */
  readonly where: string | undefined;
  /** ORDER BY, LIMIT and OFFSET as they are written. */
  readonly rest: string;
}

export interface Search {
  readonly term: Term;
  readonly scope: Scope;
  readonly returning: readonly Returning[];
  readonly limit: number | undefined;
}

const SEARCH =
  /^\s*FIND\s*\{((?:\\.|[^}\\])*)\}\s*(?:IN\s+(ALL|NAME|EMAIL|PHONE|SIDEBAR)\s+FIELDS\b\s*)?(?:RETURNING\b\s*(.*))?$/is;

/** The text with what is in brackets or quotes blanked out, so that what is left can be looked for by place. */
function outermost(text: string): string {
  let depth = 0;
  let quoted = false;
  let shown = '';
  for (const [all] of text.matchAll(/\\.|./gs)) {
    if (all === "'") quoted = !quoted;
    if (!quoted && all === ')') depth -= 1;
    shown += quoted || depth > 0 || all === "'" || all.length > 1 ? ' '.repeat(all.length) : all;
    if (!quoted && all === '(') depth += 1;
  }
  if (quoted || depth !== 0) throw malformed('a bracket or a quotation mark of the RETURNING clause is not closed');
  return shown;
}

/** The parts of a text between the commas outside of brackets and quotes. */
function parts(text: string): readonly string[] {
  const shown = outermost(text);
  const commas = [...shown.matchAll(/,/g)].map(({ index }) => index);
  return [...commas, text.length].map((end, index) => text.slice(index === 0 ? 0 : (commas[index - 1] ?? 0) + 1, end));
}

function readReturning(text: string): Returning {
  const [, object, inside] = /^\s*(\w+)\s*(?:\((.*)\)\s*)?$/s.exec(text) ?? [];
  if (object === undefined) throw malformed(`"${text.trim()}" of the RETURNING clause is not understood`);
  if (inside === undefined) return { object, fields: ['Id'], where: undefined, rest: '' };
  const shown = outermost(inside);
  if (/\bUSING\b/i.test(shown)) throw malformed('not yet: USING ListView in the local org');
  const ends = /\b(?:ORDER\s+BY|LIMIT|OFFSET)\b/i.exec(shown)?.index ?? inside.length;
  const where = /\bWHERE\b/i.exec(shown.slice(0, ends));
  const fields = parts(inside.slice(0, where?.index ?? ends)).map((name) => name.trim());
  if (fields.some((name) => !/^[\w.]+$/.test(name))) {
    throw malformed(`not yet: the fields "${fields.join(', ')}" of a search in the local org`);
  }
  return {
    object,
    fields,
    where: where ? inside.slice(where.index + where[0].length, ends) : undefined,
    rest: inside.slice(ends),
  };
}

/**
 * Reads a SOSL search. Throws `OrgError` MALFORMED_SEARCH for what is none, and for what the local org does not know:
 * a search without RETURNING, WITH and UPDATE clauses, and functions on fields.
 *
 * Source: SOQL and SOSL Reference, "SOSL Syntax".
 */
export function parseSearch(sosl: string): Search {
  const [, text, scope = 'ALL', returned] = SEARCH.exec(sosl) ?? [];
  if (text === undefined) throw malformed(`unexpected token: ${sosl.trim().slice(0, 80)}`);
  if (scope.toUpperCase() === 'SIDEBAR') throw malformed('not yet: IN SIDEBAR FIELDS in the local org');
  if (returned === undefined) throw malformed('not yet: a search without RETURNING in the local org; name the objects');
  const shown = outermost(returned);
  const other = /\b(?:WITH|UPDATE|TOLABEL|USING)\b/i.exec(shown);
  if (other) throw malformed(`not yet: ${other[0].toUpperCase()} of a search in the local org`);
  const limit = /\bLIMIT\s+(\d+)\s*$/i.exec(shown);
  const objects = limit ? returned.slice(0, limit.index) : returned;
  return {
    term: readTerm(text),
    scope: scope.toLowerCase() as Scope,
    returning: parts(objects).map(readReturning),
    limit: limit ? Number(limit[1]) : undefined,
  };
}
