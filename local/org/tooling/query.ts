import { OrgError } from '../core/index.ts';
import type { ToolingRows } from '../apex/index.ts';

type Row = Readonly<Record<string, unknown>>;

/**
 * The rows of a query of an object of the Tooling API; undefined when it is none of those. Conditions are `=`, `!=`,
 * `LIKE` and `IN`, joined by AND; anything else is refused.
 */
export function findRows(soql: string, all: ToolingRows, version: string): readonly Row[] | undefined {
  const match =
    /^\s*select\s+([\s\S]+?)\s+from\s+(\w+)(?:\s+where\s+([\s\S]+?))?(?:\s+order\s+by\s+[\s\S]+?)?(?:\s+limit\s+(\d+))?\s*$/i.exec(
      soql,
    );
  const [, select = '', from = '', where, limit] = match ?? [];
  const object = [...all.keys()].find((name) => name.toLowerCase() === from.toLowerCase());
  const rows = object === undefined ? undefined : all.get(object);
  if (object === undefined || rows === undefined) return undefined;
  const tests = where === undefined ? [] : conditionsOf(where);
  const found = rows
    .filter((row) => tests.every((test) => test(row)))
    .slice(0, limit === undefined ? undefined : Number(limit));
  if (/^count\(\)$/i.test(select.trim())) return found;
  return found.map((row) => present(row, select, object, version));
}

function conditionsOf(where: string): ((row: Row) => boolean)[] {
  return where.split(/\s+and\s+/i).map((part) => {
    const match = /^\(*\s*([\w.]+)\s*(=|!=|<>|\bin\b|\blike\b)\s*([\s\S]+?)\s*\)*$/i.exec(part.trim());
    if (match === null) throw refused(part);
    const [, path = '', operator = '', value = ''] = match;
    const wanted = [...value.matchAll(/'((?:[^'\\]|\\.)*)'/g)].map(([, text = '']) => text.toLowerCase());
    const bare = wanted.length === 0 ? value.trim().toLowerCase() : undefined;
    const fits = (row: Row): boolean => {
      const given = valueAt(row, path);
      const text = given === null || given === undefined ? 'null' : textOf(given).toLowerCase();
      if (/^like$/i.test(operator))
        return new RegExp(`^${(wanted[0] ?? '').replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll('%', '.*')}$`).test(
          text,
        );
      return bare === undefined ? wanted.some((each) => isSame(text, each)) : text === bare;
    };
    return /^(!=|<>)$/.test(operator) ? (row) => !fits(row) : fits;
  });
}

/** IDs are the same with 15 and with 18 characters. */
const isSame = (given: string, wanted: string): boolean =>
  given === wanted ||
  (wanted.length === 15 && given.length === 18 && given.startsWith(wanted)) ||
  (given.length === 15 && wanted.startsWith(given) && wanted.length === 18);

const textOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : JSON.stringify(value);

const refused = (part: string) =>
  new OrgError(
    400,
    'MALFORMED_QUERY',
    `not yet: the condition ${part} in a query of the Tooling API is not known to the local org`,
  );

function valueAt(row: Row, path: string): unknown {
  let value: unknown = row;
  for (const name of path.split('.')) {
    if (typeof value !== 'object' || value === null) return null;
    value = Object.entries(value).find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1];
  }
  return value;
}

function present(row: Row, select: string, object: string, version: string): Row {
  const record: Record<string, unknown> = {
    attributes: {
      type: object,
      url: `/services/data/v${version}/tooling/sobjects/${object}/${textOf(row['Id'])}`,
    },
  };
  for (const item of select.split(',')) {
    const [head = '', ...rest] = item.trim().split('.');
    const entry = Object.entries(row).find(([key]) => key.toLowerCase() === head.toLowerCase());
    if (entry === undefined) {
      throw new OrgError(400, 'INVALID_FIELD', `No such column '${head}' on entity '${object}'.`);
    }
    const [name, value] = entry;
    if (rest.length === 0) record[name] = value;
    else {
      const parent = (record[name] as Record<string, unknown> | undefined) ?? { attributes: { type: 'Name' } };
      const last = rest.at(-1) ?? '';
      parent[last] = valueAt(row, item.trim());
      record[name] = parent;
    }
  }
  return record;
}
