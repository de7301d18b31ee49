import type { InputRecord } from '../contract/index.ts';
import { OrgError } from '../contract/index.ts';
import { normaliseId } from '../ids/index.ts';
import type { Column, Entry, Table } from '../storage/index.ts';
import { asText, invalidCrossReference, malformedId, Problem } from './problem.ts';

/** Finds which record each record of an upsert meets. */
export class UpsertTargets {
  readonly #table: Table;
  readonly #column: Column;
  readonly #counts = new Map<string, number>();

  /** Throws `OrgError` when records cannot be looked up by that field. */
  constructor(table: Table, fieldName: string, records: readonly InputRecord[]) {
    const column = table.column(fieldName);
    if (column === undefined || !column.field.idLookup) {
      const message = `Field name provided, ${fieldName} does not match an External ID, Salesforce Id, or indexed field for ${table.definition.name}`;
      throw new OrgError(400, 'INVALID_FIELD', message, [fieldName]);
    }
    this.#table = table;
    this.#column = column;
    for (const record of records) {
      const key = this.#keyOf(record);
      if (key !== undefined) this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1);
    }
  }

  /** The record to update, or that one is to be inserted. */
  of(record: InputRecord): Entry | 'insert' | Problem {
    const { field } = this.#column;
    const given = this.#valueOf(record);
    const key = this.#keyOf(record);
    if (key !== undefined && (this.#counts.get(key) ?? 0) > 1) {
      return new Problem('DUPLICATE_VALUE', `Duplicate external id specified: ${asText(given)}`, [field.name]);
    }
    if (field.type === 'id') return this.#byId(given);
    if (key === undefined) return new Problem('MISSING_ARGUMENT', `${field.name} not specified`);
    const found = this.#table.valueIndex(this.#column)?.find(key) ?? [];
    if (found.length > 1) {
      const ids = found.map((entry) => entry.id).join(', ');
      return new Problem(
        'DUPLICATE_EXTERNAL_ID',
        `${field.name}: more than one record found for external id field: [${ids}]`,
        [field.name],
      );
    }
    return found[0] ?? 'insert';
  }

  /** What an insert sets: without a blank Id. */
  withKey(record: InputRecord): InputRecord {
    return this.#column.field.type === 'id' ? this.withoutKey(record) : record;
  }

  /** What an update sets: the key is what the record was found by, and stays. */
  withoutKey(record: InputRecord): InputRecord {
    const key = this.#column.field.name.toLowerCase();
    return Object.fromEntries(Object.entries(record).filter(([name]) => name.toLowerCase() !== key));
  }

  #byId(given: unknown): Entry | 'insert' | Problem {
    if (given === undefined || given === null || given === '') return 'insert';
    const id = typeof given === 'string' ? normaliseId(given) : undefined;
    if (id === undefined || !id.startsWith(this.#table.definition.keyPrefix)) {
      return malformedId(asText(given), 'Record ID', ['Id']);
    }
    const entry = this.#table.find(id);
    return entry?.row === undefined ? invalidCrossReference() : entry;
  }

  #valueOf(record: InputRecord): unknown {
    const { name } = this.#column.field;
    if (name in record) return record[name];
    const key = Object.keys(record).find((candidate) => candidate.toLowerCase() === name.toLowerCase());
    return key === undefined ? undefined : record[key];
  }

  #keyOf(record: InputRecord): string | undefined {
    const value = this.#valueOf(record);
    if (value === null || value === undefined || value === '') return undefined;
    const text = asText(value).trim();
    if (this.#column.field.type === 'id') return normaliseId(text) ?? text;
    return this.#column.field.caseSensitive ? text : text.toLowerCase();
  }
}
