import type { FieldDefinition, OrgClock } from '../contract/index.ts';
import type { Database } from '../database.ts';
import type { UserRights } from '../rights/index.ts';
import { Entry, entryOf, type Column, type Row, type Stored, type Table } from '../storage/index.ts';
import type { FieldReference } from './ast.ts';
import type { QueryErrors } from './errors.ts';
import { functionField } from './function-field.ts';
import { isOfName, typeOfName } from './polymorphic.ts';
import type { Zone } from './zones.ts';

/** What all parts of one query's compilation share. */
export interface Scope {
  readonly database: Database;
  readonly clock: OrgClock;
  /** Who asks: `$User` of formulas. */
  readonly user: Entry;
  /** Objects and fields that the caller may read; absent: everything. */
  readonly rights: UserRights | undefined;
  /** Whose records are found; absent: everybody's. */
  readonly sharing: UserRights | undefined;
  /** That of the caller. */
  readonly zone: Zone;
  readonly errors: QueryErrors;
  readonly table: Table;
  readonly alias: string | undefined;
}

/** A step from a record to its parent: the reference field, by the table of the record it starts from. */
export interface ParentStep {
  readonly columns: ReadonlyMap<Table, Column>;
  /** Which parents are shared with the caller; absent: all of them. */
  readonly sees: ((parent: Entry) => boolean) | undefined;
}

/** A field that a query names, found: the way to it and where it is. */
export interface Access {
  readonly field: FieldDefinition;
  readonly steps: readonly ParentStep[];
  /** Whether the record behind each step may be of several types. */
  readonly polymorphic: readonly boolean[];
  /** The column in each table that the way may lead to; a polymorphic parent has several. */
  readonly columns: ReadonlyMap<Table, Column>;
  /** Works the value of a formula field out, from the record that the way leads to; absent for what is kept. */
  readonly compute: ((row: Row) => Stored) | undefined;
  /** `Account.Owner.Name`, as the org spells it. */
  readonly name: string;
  /** The value in the record that the way leads to. */
  readonly own: (row: Row) => Stored;
  /** The value for a record; null when a parent on the way is missing. */
  readonly get: (row: Row) => Stored;
}

const maximumLevels = 5;

/** Finds the field that a path names, from the query's object. Throws `OrgError` INVALID_FIELD as an org words it. */
export function resolveField(scope: Scope, reference: FieldReference): Access {
  const { database, errors } = scope;
  const path = withoutAlias(scope, reference.path);
  const parents = path.slice(0, -1);
  const last = path[path.length - 1] ?? '';
  if (parents.length > maximumLevels) {
    throw errors.malformed(`Only ${maximumLevels} levels of child-to-parent relationships are allowed`, reference.at);
  }
  let tables: readonly Table[] = [scope.table];
  const steps: ParentStep[] = [];
  const polymorphic: boolean[] = [];
  const names: string[] = [];
  for (const part of parents) {
    if (tables.length > 1 && !isOfName(part)) throw errors.noParent(part, reference.at);
    const { step, targets, name } = parentStep(scope, tables, part, reference.at);
    steps.push(step);
    names.push(name);
    polymorphic.push(targets.length > 1);
    tables = targets.map((target) => database.table(target));
  }
  const found = tables.length > 1 ? fieldOfName(scope, tables, last) : fieldOf(scope, tables, last);
  if (found === undefined)
    throw errors.noField(last, tables.length > 1 ? 'Name' : (tables[0]?.definition.name ?? ''), reference.at);
  const own = found.compute ?? ownValue(found.columns, steps.length > 0);
  return { ...found, steps, polymorphic, name: [...names, found.field.name].join('.'), own, get: along(steps, own) };
}

/**
 * A field of the object Name, of a parent that may be of several types and happens to be of this scope's: null where
 * that type does not have it.
 */
export function resolveNameField(scope: Scope, reference: FieldReference): Access {
  const [name = '', further] = reference.path;
  if (further !== undefined || !isOfName(name))
    throw scope.errors.noField(reference.path.join('.'), 'Name', reference.at);
  const found: Found = fieldOfName(scope, [scope.table], name) ?? {
    field: functionField(name, 'string'),
    columns: new Map(),
    compute: undefined,
  };
  const own = found.compute ?? ownValue(found.columns, true);
  return { ...found, steps: [], polymorphic: [], name: found.field.name, own, get: own };
}

type Found = Pick<Access, 'field' | 'columns' | 'compute'>;

function fieldOf(scope: Scope, tables: readonly Table[], name: string): Found | undefined {
  const columns = new Map<Table, Column>();
  for (const table of tables) {
    const column = table.column(name);
    if (column !== undefined && isReadable(scope, column)) columns.set(table, column);
  }
  const [first] = columns.values();
  return first && { field: first.field, columns, compute: computerOf(scope, columns) };
}

/** A parent that may be of several types has the fields of the object Name alone. */
function fieldOfName(scope: Scope, tables: readonly Table[], name: string): Found | undefined {
  if (name.toLowerCase() === 'type') return { field: typeOfName.field, columns: new Map(), compute: typeOfName.get };
  return isOfName(name) ? fieldOf(scope, tables, name) : undefined;
}

/** One step to a parent, by its relationship name. */
export function parentStep(scope: Scope, tables: readonly Table[], part: string, at: number) {
  const columns = new Map<Table, Column>();
  const targets = new Set<string>();
  let name = part;
  for (const table of tables) {
    for (const column of table.columns.values()) {
      if (column.field.relationshipName?.toLowerCase() !== part.toLowerCase() || !isReadable(scope, column)) continue;
      columns.set(table, column);
      name = column.field.relationshipName;
      for (const target of column.field.referenceTo) if (canReadObject(scope, target)) targets.add(target);
    }
  }
  if (columns.size === 0 || targets.size === 0) throw scope.errors.noParent(part, at);
  const { sharing, database } = scope;
  const all =
    sharing === undefined || [...targets].every((name) => sharing.visible(database.table(name)) === undefined);
  const step: ParentStep = { columns, sees: all ? undefined : (parent) => sharing.sees(parent) };
  return { step, targets: [...targets], name };
}

/** The record that the steps lead to, as it is now. */
export function follow(row: Row, steps: readonly ParentStep[]): Row | undefined {
  let current: Row | undefined = row;
  for (const step of steps) {
    if (current === undefined) return undefined;
    const { columns, sees } = step;
    const column: Column | undefined = columns.get(entryOf(current).table);
    const parent: Stored = column === undefined || column.slot < 0 ? null : current[column.slot];
    current = parent instanceof Entry && (sees === undefined || sees(parent)) ? parent.row : undefined;
  }
  return current;
}

function computerOf(scope: Scope, columns: ReadonlyMap<Table, Column>): ((row: Row) => Stored) | undefined {
  const { database, clock, user } = scope;
  const formulas = new Map(
    [...columns].flatMap(([table, { field }]) =>
      field.formula === undefined ? [] : [[table, database.formulaOf(table.definition, field)] as const],
    ),
  );
  if (formulas.size === 0) return undefined;
  return (row) => {
    const { table } = entryOf(row);
    const now = Math.floor(clock.now() / 1000);
    return formulas.get(table)?.({ tables: database, table, row, before: undefined, now, user }) ?? null;
  };
}

/** Reads a kept value; behind a step the record may be of a type that does not have the field. */
function ownValue(columns: ReadonlyMap<Table, Column>, behindStep: boolean): (row: Row) => Stored {
  const [only] = columns.values();
  if (!behindStep && only !== undefined) return (row) => (only.slot < 0 ? null : (row[only.slot] ?? null));
  return (row) => {
    const column = columns.get(entryOf(row).table);
    return column === undefined || column.slot < 0 ? null : (row[column.slot] ?? null);
  };
}

/** A getter for the query's own record, made of one for the record that steps lead to. */
export function along(steps: readonly ParentStep[], own: (row: Row) => Stored): (row: Row) => Stored {
  if (steps.length === 0) return own;
  return (row) => {
    const end = follow(row, steps);
    return end === undefined ? null : own(end);
  };
}

function withoutAlias(scope: Scope, path: readonly string[]): readonly string[] {
  const [first = '', ...rest] = path;
  if (rest.length === 0) return path;
  const lower = first.toLowerCase();
  if (lower === scope.alias?.toLowerCase() || lower === scope.table.definition.name.toLowerCase()) return rest;
  return path;
}

/** Whether the caller can read a field. */
export function isReadable({ rights }: Scope, { table, field }: Column): boolean {
  return rights === undefined || rights.canRead(table.definition, field);
}

/** Whether the caller can read an object. */
export function canReadObject({ rights, database }: Scope, name: string): boolean {
  return rights === undefined || rights.object(database.definition(name)).read;
}
