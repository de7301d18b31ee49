import type { FieldDefinition } from './contract/index.ts';
import { OrgError } from './contract/index.ts';
import type { Database } from './database.ts';
import { converterOf, Problem } from './dml/index.ts';
import type { SchemaState } from './schema/index.ts';
import { isDeleted, read, type Column } from './storage/index.ts';
import { classOf } from './values/index.ts';

/** Checks what a schema change means for values: defaults that fit, kept values that can stay. Throws `OrgError`. */
export function checkAgainstData(next: SchemaState, database: Database): void {
  for (const definition of next.definitions.values()) {
    const present = database.schema.object(definition.name);
    if (present === definition) continue;
    for (const field of definition.fields.values()) {
      if (!field.custom) continue;
      const place = `${definition.name}.${field.name}`;
      checkDefault(place, field, database);
      checkFilter(place, field, next, database);
      const column = present === undefined ? undefined : database.table(present.name).column(field.name);
      if (column !== undefined && column.slot >= 0) checkKeptValues(place, field, column);
    }
  }
}

function checkDefault(place: string, field: FieldDefinition, database: Database): void {
  if (field.defaultValue === undefined || field.defaultValue === null) return;
  const value = converterOf(field, database)(field.defaultValue);
  if (value instanceof Problem) throw refusal(`${place}: the default value does not fit: ${value.message}`);
}

/** The values that a roll-up summary filters by must be values of their fields. */
function checkFilter(place: string, { summary }: FieldDefinition, next: SchemaState, database: Database): void {
  const detail = summary && next.object(summary.detail);
  for (const item of summary?.filter ?? []) {
    const field = detail?.fields.get(item.field);
    for (const given of field === undefined ? [] : item.values) {
      const value = converterOf({ ...field, restricted: false } as FieldDefinition, database)(given);
      if (value instanceof Problem) throw refusal(`${place}: the filter's value does not fit: ${value.message}`);
    }
  }
}

function checkKeptValues(place: string, field: FieldDefinition, column: Column): void {
  if (classOf(column.field.type) !== classOf(field.type)) {
    throw refusal(
      `${place}: not yet: a field that has values cannot become ${field.type}; remove it and create it anew`,
    );
  }
  if (!field.unique || column.field.unique) return;
  const seen = new Set<string>();
  for (const { row } of column.table.entries) {
    const value = row === undefined || isDeleted(row) ? null : read(row, column);
    if (value === null || value === undefined) continue;
    const key = field.caseSensitive ? String(value) : String(value).toLowerCase();
    if (seen.has(key)) throw refusal(`${place}: cannot be unique, since ${String(value)} is there more than once`);
    seen.add(key);
  }
}

const refusal = (message: string) => new OrgError(400, 'INVALID_FIELD', message);
