import type { QueryRow, QueryRows, QueryValue } from '../core/index.ts';

/** Makes the URL of what is left of a child list; undefined when all of it fits into the page. */
export type ContinueList = (rows: readonly unknown[]) => string | undefined;

/** Most rows of a child list in one page. */
export const CHILD_ROWS = 2000;

function isList(value: QueryRow | QueryRows): value is QueryRows {
  return 'rows' in value;
}

function valueJson(value: QueryValue, version: string, proceed: ContinueList): unknown {
  if (typeof value !== 'object' || value === null) return value;
  return isList(value) ? childListJson(value, version, proceed) : rowJson(value, version, proceed);
}

/** A child list with its own total; null when it is empty, as an org has it. */
function childListJson(list: QueryRows, version: string, proceed: ContinueList): unknown {
  if (list.totalSize === 0) return null;
  const records = list.rows.map((row) => rowJson(row, version, proceed));
  const nextRecordsUrl = proceed(records);
  return {
    totalSize: list.totalSize,
    done: nextRecordsUrl === undefined,
    ...(nextRecordsUrl === undefined ? {} : { nextRecordsUrl }),
    records: nextRecordsUrl === undefined ? records : records.slice(0, CHILD_ROWS),
  };
}

/** The address of a record: `/services/data/v66.0/sobjects/Lead/00Q…`. */
export function recordUrl(version: string, object: string, id: string): string {
  return `/services/data/v${version}/sobjects/${object}/${id}`;
}

/**
 * A row of a query as REST gives it: `attributes` first, then the values in the order of the SELECT clause. A compound
 * address has no attributes.
 */
export function rowJson(row: QueryRow, version: string, proceed: ContinueList): Record<string, unknown> {
  if (row.type === 'Address') return Object.fromEntries(row.values);
  const attributes =
    row.id === undefined
      ? { type: row.type }
      : { type: row.shownAs ?? row.type, url: recordUrl(version, row.type, row.id) };
  const json: Record<string, unknown> = { attributes };
  for (const [name, value] of row.values) json[name] = valueJson(value, version, proceed);
  return json;
}
