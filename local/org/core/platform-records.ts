import { OrgError } from './contract/index.ts';
import type { Database } from './database.ts';
import { converterOf, Problem } from './dml/index.ts';
import type { Entry, Stored } from './storage/index.ts';

/** When and by whom a record of the platform's own is written; `at` in whole seconds since 1970. */
export interface Written {
  readonly at: number;
  readonly author: Entry;
}

/**
 * Writes a record of the org's own, past rights, rules and transactions: an existing entry is updated. Values are as
 * they are kept. Throws for a field that the object does not have.
 */
export function keepRecord(
  database: Database,
  object: string,
  values: Readonly<Record<string, Stored>>,
  written: Written,
  known?: Entry,
): Entry {
  const table = database.table(object);
  const entry = known ?? table.create();
  const row: Stored[] = entry.row === undefined ? [entry, written.at, false, null] : [...entry.row];
  row[1] = written.at;
  const stamps = { LastModifiedDate: written.at, LastModifiedById: written.author };
  const audit = entry.row === undefined ? { CreatedDate: written.at, CreatedById: written.author, ...stamps } : stamps;
  for (const [name, value] of Object.entries({ ...values, ...audit })) {
    const column = table.column(name);
    if (column === undefined && name in audit) continue;
    if (column === undefined) throw new Error(`${object} has no field ${name}`);
    row[table.slotOf(column)] = value;
  }
  for (const column of table.columns.values()) {
    if (column.field.type !== 'boolean' || column.field.name === 'IsDeleted') continue;
    row[table.slotOf(column)] ??= column.field.defaultValue === true;
  }
  table.replace(entry, row);
  return entry;
}

/** Values as JSON brings them, as they are kept. Throws `OrgError` for the first that does not fit its field. */
export function storedValues(
  database: Database,
  object: string,
  values: Readonly<Record<string, unknown>>,
): Record<string, Stored> {
  const table = database.table(object);
  const stored: Record<string, Stored> = {};
  for (const [name, value] of Object.entries(values)) {
    const column = table.column(name);
    if (column === undefined) throw refusal(`No such column '${name}' on sobject of type ${object}`);
    const converted = converterOf(column.field, database)(value);
    if (converted instanceof Problem) throw refusal(converted.message);
    if (converted === null && column.field.required) throw refusal(`Required fields are missing: [${name}]`);
    stored[column.field.name] = converted;
  }
  return stored;
}

const refusal = (message: string) => new OrgError(400, 'FIELD_INTEGRITY_EXCEPTION', message);
