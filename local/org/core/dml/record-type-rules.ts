import type { InputRecord, RecordTypeDefinition } from '../contract/index.ts';
import type { Database } from '../database.ts';
import { recordTypeOf } from '../record-types.ts';
import { Entry, type Column, type Row, type Stored, type Table } from '../storage/index.ts';
import { badPicklist } from './convert.ts';
import { Problem } from './problem.ts';
import type { Setters } from './setters.ts';
import type { Work } from './work.ts';

/** A record type as writes need it. */
interface Compiled {
  readonly defaults: readonly (readonly [Column, Stored])[];
  /** Restricted picklists, with what records of this type may have. */
  readonly restricted: ReadonlyMap<Column, ReadonlySet<string>>;
}

/** What the record types of an object mean for writes of it; absent when it has none. */
export function recordTypeRulesOf(table: Table, setters: Setters, database: Database): RecordTypeRules | undefined {
  const column = table.column('RecordTypeId');
  if (column === undefined || !table.definition.recordTypes?.size) return undefined;
  return new RecordTypeRules(table, column, setters, database);
}

export class RecordTypeRules {
  readonly #table: Table;
  readonly #column: Column;
  readonly #setters: Setters;
  readonly #database: Database;
  readonly #compiled = new Map<Entry, Compiled>();

  constructor(table: Table, column: Column, setters: Setters, database: Database) {
    this.#table = table;
    this.#column = column;
    this.#setters = setters;
    this.#database = database;
  }

  /** The record type of a new record: the one it names, or the caller's default. */
  ofNew(record: InputRecord, work: Work): Entry | undefined | Problem {
    const named = this.#named(record);
    if (named instanceof Problem) return named;
    const usual = named ?? this.#database.recordTypes.of(work.user).defaultOf(this.#table.definition.name);
    return named === undefined ? usual : (this.#checkUse(named, work) ?? named);
  }

  /** Puts the record type into a new row, and what fields are by default in it. */
  fill(row: Stored[], type: Entry | undefined): void {
    if (type === undefined) return;
    row[this.#table.slotOf(this.#column)] = type;
    for (const [column, value] of this.#of(type)?.defaults ?? []) row[this.#table.slotOf(column)] = value;
  }

  /** Whether the values that a record brings are among those of its record type; only restricted picklists say no. */
  check(row: Row, record: InputRecord, type: Entry | undefined): Problem | undefined {
    const restricted = type === undefined ? undefined : this.#of(type)?.restricted;
    if (restricted === undefined || restricted.size === 0) return undefined;
    for (const key in record) {
      const setter = this.#setters.of(key);
      if (typeof setter === 'string') continue;
      const allowed = restricted.get(setter.column);
      const value = setter.column.slot < 0 ? null : row[setter.column.slot];
      if (allowed === undefined || typeof value !== 'string') continue;
      const bad = value.split(';').find((part) => !allowed.has(part.toLowerCase()));
      if (bad !== undefined) return badPicklist(setter.column.field, bad);
    }
    return undefined;
  }

  /** The same for a change of a record, whose record type may change with it. */
  checkUpdate(row: Row, before: Row | undefined, record: InputRecord, work: Work): Problem | undefined {
    const { slot } = this.#column;
    const type = slot < 0 ? null : row[slot];
    if (!(type instanceof Entry)) return undefined;
    const isChanged = type !== before?.[slot];
    return (isChanged ? this.#checkUse(type, work) : undefined) ?? this.check(row, record, type);
  }

  #named(record: InputRecord): Entry | undefined | Problem {
    for (const key in record) {
      const lower = key.toLowerCase();
      if (lower !== 'recordtypeid' && lower !== 'recordtype') continue;
      const setter = this.#setters.of(key);
      const value = typeof setter === 'string' ? null : setter.convert(record[key]);
      if (value instanceof Problem || value instanceof Entry) return value;
    }
    return undefined;
  }

  #checkUse(type: Entry, work: Work): Problem | undefined {
    const definition = recordTypeOf(this.#table.definition, type);
    if (definition?.active === true && this.#database.recordTypes.of(work.user).allows(type)) return undefined;
    const message = `Record Type ID: this ID value isn't valid for the user: ${type.id}`;
    return new Problem('INVALID_CROSS_REFERENCE_KEY', message, ['RecordTypeId']);
  }

  #of(type: Entry): Compiled | undefined {
    const known = this.#compiled.get(type);
    if (known !== undefined) return known;
    const definition = recordTypeOf(this.#table.definition, type);
    if (definition === undefined) return undefined;
    const compiled = compile(this.#table, definition);
    this.#compiled.set(type, compiled);
    return compiled;
  }
}

function compile(table: Table, { picklists }: RecordTypeDefinition): Compiled {
  const defaults: (readonly [Column, Stored])[] = [];
  const restricted = new Map<Column, ReadonlySet<string>>();
  for (const [name, { values, defaultValue }] of picklists) {
    const column = table.column(name);
    if (column === undefined) continue;
    if (defaultValue !== undefined) defaults.push([column, defaultValue]);
    if (column.field.restricted === true) restricted.set(column, new Set(values.map((value) => value.toLowerCase())));
  }
  return { defaults, restricted };
}
