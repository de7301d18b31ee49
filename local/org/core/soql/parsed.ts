import type { ParseContext } from './parse-context.ts';
import type { Query } from './ast.ts';
import { parseQuery } from './parse.ts';

/** Clients ask the same few queries again and again, and parsing costs more than anything else about a small one. */
const most = 500;
const moment = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g;
const lately = new Map<string, Query>();

/**
 * The parsed query, kept for when it comes again: to the character, or with other moments of the same length. Throws
 * what `parseQuery` throws. What Apex asks is parsed each time, since it binds values.
 */
export function parsedQuery(soql: string, context: Pick<ParseContext, 'errors' | 'apex'>): Query {
  if (context.apex !== undefined) return parseQuery(soql, context);
  // Within quotes it may be a text.
  const pattern = soql.includes("'") ? soql : soql.replace(moment, (text) => '\0'.repeat(text.length));
  const known = lately.get(pattern);
  const query = known === undefined ? parseQuery(soql, context) : pattern === soql ? known : withMoments(known, soql);
  lately.delete(pattern);
  lately.set(pattern, query);
  if (lately.size > most) lately.delete(lately.keys().next().value as string);
  return query;
}

/** The same query with the moments that this text has in their places. */
function withMoments<Part>(part: Part, soql: string): Part {
  if (typeof part !== 'object' || part === null) return part;
  if (Array.isArray(part)) return part.map((each: unknown) => withMoments(each, soql)) as Part;
  const entries = Object.entries(part).map(([name, value]) => [name, withMoments<unknown>(value, soql)] as const);
  const copy = Object.fromEntries(entries) as Record<string, unknown>;
  const { kind, text, at } = copy;
  if (kind === 'datetime') copy['text'] = soql.slice(Number(at), Number(at) + String(text).length);
  return copy as Part;
}
