import type { Outgoing, Values } from './outgoing.ts';

/** A cell that empties a field; an empty cell leaves it as it is (Bulk API 2.0, "Valid CSV"). */
export const emptying = '#N/A';

/** A table of records, parents by their key as `Account.Ext__c`. */
export interface Table {
  readonly columns: readonly string[];
  readonly text: string;
}

/** Records as CSV with line feeds, quoted by RFC 4180. @param idColumn Adds the IDs of the records in front. */
export function toCsv(records: readonly Outgoing[], idColumn: boolean): Table {
  const rows = records.map(({ id, values }) => {
    const cells = new Map<string, string>(idColumn ? [['Id', id ?? '']] : []);
    fill(cells, values, '');
    return cells;
  });
  const columns = [...new Set(rows.flatMap((cells) => [...cells.keys()]))];
  const lines = rows.map((cells) => columns.map((column) => quoted(cells.get(column) ?? '')).join(','));
  return { columns, text: `${[columns.join(','), ...lines].join('\n')}\n` };
}

function fill(cells: Map<string, string>, values: Values, prefix: string): void {
  for (const [name, value] of Object.entries(values)) {
    if (typeof value === 'object' && value !== null) fill(cells, value, `${prefix}${name}.`);
    else cells.set(prefix + name, value === null ? emptying : String(value));
  }
}

function quoted(cell: string): string {
  return /[",\n\r]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

/** True when a text of the record would be taken for a cell that empties its field. */
export function cannotBeCsv(values: Values): boolean {
  return Object.values(values).some(
    (value) => value === emptying || (typeof value === 'object' && value !== null && cannotBeCsv(value)),
  );
}
