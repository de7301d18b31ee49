import type { InputRecord } from '../contract/index.ts';
import type { Database } from '../database.ts';
import type { Entry, Row } from '../storage/index.ts';
import { slots, type Column, type Stored, type Table } from '../storage/index.ts';
import { compileFieldFormula, compileRules, type CompiledRule, type FieldFormula } from '../formula/index.ts';
import { checkField, checkShared, checkTransfer } from './access.ts';
import { converterOf } from './convert.ts';
import { autoNumberText, derivationsOf, type Derivation } from './derived.ts';
import { duplicateCheckOf, type DuplicateCheck } from './duplicates.ts';
import { isPersonAccount, personAccountsOf, personContactRefused, type PersonAccounts } from './person-accounts.ts';
import { platformRulesOf, type PlatformRule } from './platform-rules.ts';
import { notWritable, Problem, requiredMissing } from './problem.ts';
import { recordTypeRulesOf, type RecordTypeRules } from './record-type-rules.ts';
import { Setters } from './setters.ts';
import { checkParents, findDuplicate } from './uniqueness.ts';
import type { Work } from './work.ts';

/** Inserts and updates records of one object; made once per object and schema. */
export class RecordWriter {
  readonly setters: Setters;
  readonly #table: Table;
  readonly #required: readonly Column[];
  readonly #defaults: readonly (readonly [Column, Stored])[];
  readonly #autoNumbers: readonly Column[];
  readonly #defaultFormulas: readonly (readonly [Column, FieldFormula])[];
  readonly #owner: Column | undefined;
  /** Whose custom settings a record is. */
  readonly #setupOwner: Column | undefined;
  readonly #derivations: readonly Derivation[];
  readonly #rules: readonly CompiledRule[];
  readonly #platformRules: readonly PlatformRule[];
  readonly #checkDuplicates: DuplicateCheck | undefined;
  /** Absent: records of the object are no people that are accounts. */
  readonly #people: PersonAccounts | undefined;
  /** Absent: the object has no record types. */
  readonly #recordTypes: RecordTypeRules | undefined;
  /** The name of a custom object's record is its ID when none is given. */
  readonly #selfNamed: Column | undefined;

  constructor(database: Database, table: Table) {
    this.#table = table;
    this.setters = new Setters(database, table);
    const columns = [...table.columns.values()].filter((column) => column.field.name !== 'IsDeleted');
    this.#required = columns.filter(({ field }) => field.required && field.createable);
    this.#defaults = columns.flatMap((column) => defaultOf(column, database));
    this.#autoNumbers = columns.filter(({ field }) => field.autoNumber !== undefined);
    this.#defaultFormulas = columns.flatMap((column) => defaultFormulaOf(column, database));
    this.#owner = table.column('OwnerId');
    this.#setupOwner = table.definition.kind === 'customSetting' ? table.column('SetupOwnerId') : undefined;
    this.#derivations = derivationsOf(table);
    this.#rules = compileRules(database.schema, table.definition);
    this.#platformRules = platformRulesOf(table);
    this.#checkDuplicates = duplicateCheckOf(table, database);
    this.#people = personAccountsOf(table, this.setters);
    this.#recordTypes = recordTypeRulesOf(table, this.setters, database);
    this.#selfNamed = table.definition.kind === 'custom' ? table.column('Name') : undefined;
  }

  insert(record: InputRecord, work: Work): Entry | Problem {
    const row = this.draft(record, work);
    return row instanceof Problem ? row : this.finishInsert(row, work);
  }

  /** A new record before it is checked as a whole: what before triggers see and may change. */
  draft(record: InputRecord, work: Work): Stored[] | Problem {
    const table = this.#table;
    const row: Stored[] = new Array<Stored>(table.width).fill(null);
    for (const [column, value] of this.#defaults) row[table.slotOf(column)] = value;
    const { database: tables, now, user } = work;
    for (const [column, formula] of this.#defaultFormulas) {
      row[table.slotOf(column)] = formula({ tables, table, row, before: undefined, now, user });
    }
    const given = this.#recordTypes?.ofNew(record, work);
    if (given instanceof Problem) return given;
    const recordType = this.#people?.typeOfNew(given, record, work) ?? given;
    this.#recordTypes?.fill(row, recordType);
    const problem =
      this.#set(row, record, 'insert', work) ??
      this.#recordTypes?.check(row, record, recordType) ??
      this.#people?.check(row, record, undefined);
    if (problem !== undefined) return problem;
    if (this.#owner !== undefined && valueIn(row, this.#owner) === null) row[table.slotOf(this.#owner)] = work.user;
    if (this.#setupOwner !== undefined) row[table.slotOf(this.#setupOwner)] ??= organizationOf(work.database);
    return row;
  }

  finishInsert(row: Stored[], work: Work): Entry | Problem {
    const table = this.#table;
    const unnamed = this.#people?.complete(row, work);
    if (unnamed !== undefined) return unnamed;
    const missing = this.#required.filter((column) => valueIn(row, column) === null);
    if (missing.length > 0) return requiredMissing(missing.map(({ field }) => field.name));
    for (const column of this.#autoNumbers) {
      const number = table.nextNumber(column.field.name);
      row[table.slotOf(column)] = autoNumberText(column.field.autoNumber ?? '', number, work.now);
    }
    this.#stamp(row, work, true);
    const clash = this.#judge(row, undefined, work) ?? findDuplicate(table, row, undefined) ?? checkParents(row);
    if (clash !== undefined) return clash;
    const entry = table.create();
    row[slots.self] = entry;
    if (this.#selfNamed !== undefined) row[table.slotOf(this.#selfNamed)] ??= entry.id;
    row[slots.deleted] = false;
    work.transaction.write(entry, row);
    this.#people?.mirror(entry, row, work);
    return entry;
  }

  /** An update that changes nothing still stamps, as in an org. */
  update(entry: Entry, record: InputRecord, work: Work): Problem | undefined {
    const row = this.draftUpdate(entry, record, work);
    return row instanceof Problem ? row : this.finishUpdate(entry, row, work);
  }

  /** A changed record before it is checked as a whole. */
  draftUpdate(entry: Entry, record: InputRecord, work: Work): Stored[] | Problem {
    if (this.#table.definition.name === 'Contact' && isPersonAccount(entry)) return personContactRefused();
    const row: Stored[] = entry.row === undefined ? [] : [...entry.row];
    while (row.length < this.#table.width) row.push(null);
    return (
      this.#set(row, record, 'update', work) ??
      checkTransfer(entry, row, work) ??
      this.#recordTypes?.checkUpdate(row, entry.row, record, work) ??
      this.#people?.check(row, record, entry.row) ??
      row
    );
  }

  /** Sets what a before trigger changed: as the platform, whatever the caller may do. */
  amend(row: Stored[], changes: InputRecord, operation: 'insert' | 'update', work: Work): Problem | undefined {
    return this.#set(row, changes, operation, { ...work, rights: undefined });
  }

  finishUpdate(entry: Entry, row: Stored[], work: Work): Problem | undefined {
    while (row.length < this.#table.width) row.push(null);
    this.#stamp(row, work, false);
    const unnamed = this.#people?.complete(row, work);
    if (unnamed !== undefined) return unnamed;
    const clash = this.#judge(row, entry.row, work) ?? findDuplicate(this.#table, row, entry) ?? checkParents(row);
    if (clash !== undefined) return clash;
    work.transaction.write(entry, row);
    this.#people?.mirror(entry, row, work);
    return undefined;
  }

  #set(row: Stored[], record: InputRecord, operation: 'insert' | 'update', work: Work): Problem | undefined {
    let problem: Problem | undefined;
    for (const key in record) {
      // An unknown field refuses the whole request, so every key is looked at even after a problem.
      const setter = this.setters.of(key);
      if (setter === 'ignored' || problem !== undefined) continue;
      if (setter === 'id') {
        if (operation === 'insert' && record[key] != null) {
          problem = new Problem('INVALID_FIELD_FOR_INSERT_UPDATE', 'cannot specify Id in an insert call', ['Id']);
        }
        continue;
      }
      const { field } = setter.column;
      const denied = checkField(this.#table.definition, field, key, work);
      if (denied !== undefined) {
        problem = denied;
        continue;
      }
      if (!(operation === 'insert' ? field.createable : field.updateable)) {
        problem = notWritable([field.name]);
        continue;
      }
      const value = checkShared(setter.convert(record[key]), field, work);
      if (value instanceof Problem) problem = value;
      else if (value === null && field.type === 'boolean') row[this.#table.slotOf(setter.column)] = false;
      else if (value === null && (field.required || !field.nillable)) {
        if (operation === 'update') problem = requiredMissing([field.name]);
      } else if (value !== null || setter.column.slot >= 0) row[this.#table.slotOf(setter.column)] = value;
    }
    return problem;
  }

  /** What the platform's own rules, the validation rules and then the duplicate rules say; `before` is absent for a new record. */
  #judge(row: Stored[], before: Row | undefined, work: Work): Problem | undefined {
    for (const rule of this.#platformRules) {
      const problem = rule(row, work, before);
      if (problem !== undefined) return problem;
    }
    return this.#validate(row, before, work) ?? this.#checkDuplicates?.(row, before, work);
  }

  #validate(row: Row, before: Row | undefined, work: Work): Problem | undefined {
    if (this.#rules.length === 0) return undefined;
    const moment = { tables: work.database, table: this.#table, row, before, now: work.now, user: work.user };
    const broken = this.#rules.flatMap((rule) => rule(moment) ?? []);
    const [first, ...others] = broken;
    return first === undefined ? undefined : new Problem(first.statusCode, first.message, first.fields, others);
  }

  #stamp(row: Stored[], work: Work, created: boolean): void {
    for (const derive of this.#derivations) derive(row);
    const { table, now, user } = { table: this.#table, now: work.now, user: work.user };
    for (const [name, value] of [
      ['LastModifiedDate', now],
      ['LastModifiedById', user],
    ] as const) {
      const column = table.columns.get(name.toLowerCase());
      if (column !== undefined) row[table.slotOf(column)] = value;
    }
    row[slots.stamp] = now;
    if (!created) return;
    for (const [name, value] of [
      ['CreatedDate', now],
      ['CreatedById', user],
    ] as const) {
      const column = table.columns.get(name.toLowerCase());
      if (column !== undefined) row[table.slotOf(column)] = value;
    }
  }
}

function defaultOf(column: Column, database: Database): (readonly [Column, Stored])[] {
  const { field } = column;
  const counts = field.summary?.operation === 'count' || field.summary?.operation === 'sum';
  if (counts) return [[column, 0]];
  if (field.autoNumber !== undefined || field.calculated) return [];
  if (field.type === 'boolean' && field.defaultValue === undefined) return [[column, false]];
  const given = field.defaultValue ?? field.picklistValues?.find((entry) => entry.defaultValue && entry.active)?.value;
  if (given === undefined) return [];
  const value = converterOf(field, database)(given);
  if (value instanceof Problem)
    throw new Error(`the default of ${column.table.definition.name}.${field.name} does not fit: ${value.message}`);
  return [[column, value]];
}

function defaultFormulaOf({ field, table }: Column, database: Database): (readonly [Column, FieldFormula])[] {
  const { defaultFormula: formula } = field;
  const column = table.column(field.name);
  if (formula === undefined || column === undefined) return [];
  return [[column, compileFieldFormula(database.schema, table.definition, { ...field, formula })]];
}

/** Whose custom settings are those that say nothing of it. */
function organizationOf(database: Database): Entry | null {
  const live = [...database.table('Organization').entries].find(({ row }) => row?.[slots.deleted] === false);
  return live ?? null;
}

function valueIn(row: readonly Stored[], column: Column): Stored {
  return column.slot < 0 ? null : (row[column.slot] ?? null);
}
