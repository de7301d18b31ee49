import type { QueryErrors } from './errors.ts';

/**
 * SOQL escapes the wildcards of LIKE (`\%`, `\_`), which the grammar's string literals do not know. The backslash of
 * such an escape is swapped for a stand-in before parsing and back after it.
 */
const standIn = '\uE000';

/** Throws when the query itself holds the stand-in, a character of the private use area. */
export function hideWildcardEscapes(soql: string, errors: QueryErrors): string {
  const at = soql.indexOf(standIn);
  if (at >= 0) throw errors.notYet('the character U+E000 in a query', at);
  return soql.replace(/\\(.)/gs, (whole, escaped: string) =>
    escaped === '%' || escaped === '_' ? standIn + escaped : whole,
  );
}

export function restoreWildcardEscapes(text: string): string {
  return text.replaceAll(standIn, '\\');
}
