import type { FieldDefinition, ObjectDefinition } from '../contract/index.ts';
import { makeId } from '../ids/index.ts';
import { LookupIndex } from './lookup-index.ts';
import { Entry, fixedSlots, isDeleted, slots, stampOf, type Column, type Row } from './row.ts';
import { StampLog } from './stamp-log.ts';
import { ValueIndex } from './value-index.ts';

/** The records of one object and their indexes. */
export class Table {
  definition: ObjectDefinition;
  readonly stamps = new StampLog();
  /** All records in the order of their IDs, those that are not there any more included. */
  readonly entries: Entry[] = [];
  readonly columns = new Map<string, Column>();
  readonly #pod: string;
  readonly #byId = new Map<string, Entry>();
  readonly #values = new Map<Column, ValueIndex>();
  readonly #lookups = new Map<Column, LookupIndex>();
  readonly #counters = new Map<string, number>();
  /** Grows with each change of a record. */
  version = 0;
  #width = fixedSlots;
  #binned = 0;

  constructor(definition: ObjectDefinition, pod: string) {
    this.definition = definition;
    this.#pod = pod;
    this.redefine(definition);
  }

  /** Takes a changed definition over: values of fields that stay are kept, those of removed fields are forgotten. */
  redefine(definition: ObjectDefinition): void {
    this.definition = definition;
    const names = new Set([...definition.fields.keys()].map((name) => name.toLowerCase()));
    for (const [name, column] of this.columns) {
      if (names.has(name)) continue;
      this.columns.delete(name);
      this.#values.delete(column);
      this.#lookups.delete(column);
    }
    for (const field of definition.fields.values()) this.#define(field);
  }

  get width(): number {
    return this.#width;
  }

  /** How many records there are, deleted ones in the recycle bin included. */
  get size(): number {
    return this.#byId.size;
  }

  /** How many records there are outside of the recycle bin. */
  get present(): number {
    return this.#byId.size - this.#binned;
  }

  column(name: string): Column | undefined {
    return this.columns.get(name.toLowerCase());
  }

  /** The slot to write a field's value to. */
  slotOf(column: Column): number {
    if (column.slot < 0) column.slot = this.#width++;
    return column.slot;
  }

  find(id: string): Entry | undefined {
    return this.#byId.get(id);
  }

  /** The next number of an auto number field. */
  nextNumber(field: string): number {
    const number = (this.#counters.get(field) ?? 0) + 1;
    this.#counters.set(field, number);
    return number;
  }

  /** Auto numbers go on where those of the other table are. */
  numberAfter(other: Table): void {
    for (const [field, number] of other.#counters) this.#counters.set(field, number);
  }

  /** A new record, not yet there: its first version makes it so. */
  create(): Entry {
    const position = this.entries.length;
    const entry = new Entry(makeId(this.definition.keyPrefix, this.#pod, position + 1), this, position);
    this.entries.push(entry);
    return entry;
  }

  /** Makes `after` the record's current version and keeps every index in step. */
  replace(entry: Entry, after: Row | undefined): void {
    const before = entry.row;
    this.version++;
    if (before === undefined && after !== undefined) this.#byId.set(entry.id, entry);
    if (before !== undefined && after === undefined) this.#byId.delete(entry.id);
    this.#binned += binned(after) - binned(before);
    for (const index of this.#values.values()) index.replace(entry, before, after);
    for (const index of this.#lookups.values()) index.replace(entry, before, after);
    if (after !== undefined) this.stamps.add(stampOf(after), entry);
    entry.row = after;
  }

  get valueIndexes(): Iterable<ValueIndex> {
    return this.#values.values();
  }

  /** The index of a field's values, if it has one. Fields by which records are looked up get theirs when first asked. */
  valueIndex(column: Column): ValueIndex | undefined {
    const found = this.#values.get(column);
    if (found !== undefined || !column.field.idLookup || column.field.type === 'id') return found;
    const index = this.#buildIndex(column);
    this.#values.set(column, index);
    return index;
  }

  /** The same for any field by whose values records are compared; it stays for as long as the field does. */
  comparisonIndex(column: Column): ValueIndex {
    const found = this.#values.get(column) ?? this.#buildIndex(column);
    this.#values.set(column, found);
    return found;
  }

  /** The children by a reference field; the index is built when first asked for. */
  lookupIndex(column: Column): LookupIndex {
    const found = this.#lookups.get(column);
    if (found !== undefined) return found;
    const index = new LookupIndex(column);
    for (const entry of this.#byId.values()) index.replace(entry, undefined, entry.row);
    this.#lookups.set(column, index);
    return index;
  }

  /** Sweeps the stamp log once it is twice as long as the table. */
  tidy(): void {
    if (this.stamps.size > 2 * this.#byId.size + 10_000) this.stamps.sweep();
  }

  #define(field: FieldDefinition): void {
    const key = field.name.toLowerCase();
    const column = this.columns.get(key) ?? { table: this, field, slot: fixedSlotOf(field.name) };
    const keysChanged = column.field.caseSensitive !== field.caseSensitive;
    column.field = field;
    this.columns.set(key, column);
    if (keysChanged) this.#values.delete(column);
    if ((field.unique || field.externalId) && !this.#values.has(column))
      this.#values.set(column, this.#buildIndex(column));
  }

  #buildIndex(column: Column): ValueIndex {
    const index = new ValueIndex(column);
    for (const entry of this.#byId.values()) index.replace(entry, undefined, entry.row);
    return index;
  }
}

function binned(row: Row | undefined): 0 | 1 {
  return row !== undefined && isDeleted(row) ? 1 : 0;
}

function fixedSlotOf(name: string): number {
  if (name === 'Id') return slots.self;
  if (name === 'SystemModstamp') return slots.stamp;
  if (name === 'IsDeleted') return slots.deleted;
  return -1;
}
