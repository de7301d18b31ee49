import type { PreparedQuery } from '../core/index.ts';

/** One column of a query as `?columns=true` tells it; a parent or a child list holds its own columns. */
export interface ColumnMetadata {
  readonly columnName: string;
  readonly displayName: string;
  readonly aggregate: boolean;
  readonly joinColumns: readonly ColumnMetadata[];
}

/** Items of a SELECT clause: split at the commas that are in no bracket. */
function splitItems(clause: string): readonly string[] {
  const items: string[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at <= clause.length; at += 1) {
    const character = clause[at];
    if (character === '(') depth += 1;
    if (character === ')') depth -= 1;
    if (depth === 0 && (character === ',' || at === clause.length)) {
      items.push(clause.slice(start, at).trim());
      start = at + 1;
    }
  }
  return items;
}

/** What stands between SELECT and its own FROM, and what FROM names. */
function selectClause(soql: string): { readonly clause: string; readonly from: string } {
  const words = /\(|\)|\bfrom\b/gi;
  const begin = /^\s*select\s/i.exec(soql)?.[0].length ?? 0;
  let depth = 0;
  words.lastIndex = begin;
  for (let word = words.exec(soql); word; word = words.exec(soql)) {
    if (word[0] === '(') depth += 1;
    else if (word[0] === ')') depth -= 1;
    else if (depth === 0) {
      return { clause: soql.slice(begin, word.index), from: /\w+/.exec(soql.slice(words.lastIndex))?.[0] ?? '' };
    }
  }
  return { clause: soql.slice(begin), from: '' };
}

function field(path: string): ColumnMetadata {
  const [first = '', ...rest] = path.split('.');
  const joinColumns = rest.length > 0 ? [field(rest.join('.'))] : [];
  return { columnName: first, displayName: first, aggregate: false, joinColumns };
}

function columnsOfText(soql: string): readonly ColumnMetadata[] {
  let unnamed = 0;
  return splitItems(selectClause(soql).clause).map((item) => {
    if (item.startsWith('(')) {
      const inner = item.slice(1, -1).trim();
      const { from } = selectClause(inner);
      return { columnName: from, displayName: from, aggregate: true, joinColumns: columnsOfText(inner) };
    }
    const call = /^(\w+\s*\(.*\))\s*(\w+)?$/s.exec(item);
    if (!call) return field(item.split(/\s+/)[0] ?? item);
    const columnName = call[2] ?? `expr${unnamed++}`;
    return { columnName, displayName: call[1] ?? item, aggregate: true, joinColumns: [] };
  });
}

/** The columns of a query that the org has checked already. */
export function columnMetadata(soql: string, prepared: PreparedQuery): readonly ColumnMetadata[] {
  return prepared.bulkRefusal === undefined ? prepared.columns.map(field) : columnsOfText(soql);
}
