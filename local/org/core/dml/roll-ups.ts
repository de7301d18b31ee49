import type { RollUp } from '../contract/index.ts';
import type { Database } from '../database.ts';
import type { SchemaState } from '../schema/index.ts';
import {
  Entry,
  isDeleted,
  LockedError,
  type Column,
  type Row,
  type Savepoint,
  type Stored,
  type Table,
} from '../storage/index.ts';
import { compileFilter } from '../filter-items.ts';
import { stamped } from './relations.ts';
import type { Work } from './work.ts';

/** One roll-up summary field, compiled: where its value is, and how it is worked out from the details. */
interface Summary {
  readonly master: Table;
  readonly target: Column;
  readonly details: Table;
  /** The details' reference to their master. */
  readonly by: Column;
  valueFor(master: Entry): Stored;
}

type Summaries = ReadonlyMap<Table, readonly Summary[]>;

/** The summaries of an org by the table of their details; compiled once for each schema. */
const compiled = new WeakMap<Database, { readonly schema: SchemaState; readonly summaries: Summaries }>();

function summariesOf(database: Database): Summaries {
  const { schema } = database;
  const known = compiled.get(database);
  if (known?.schema === schema) return known.summaries;
  const found: Summary[] = [];
  for (const object of schema.definitions.values()) {
    for (const { name, summary } of object.fields.values()) {
      if (summary !== undefined) found.push(compile(database, database.table(object.name), name, summary));
    }
  }
  const summaries = Map.groupBy(found, ({ details }) => details);
  compiled.set(database, { schema, summaries });
  return summaries;
}

function compile(database: Database, master: Table, name: string, summary: RollUp): Summary {
  const details = database.table(summary.detail);
  const [target, by] = [columnOf(master, name), columnOf(details, summary.by)];
  const summed = summary.field === undefined ? undefined : columnOf(details, summary.field);
  const counts = compileFilter(details, summary.filter, database);
  const valueFor = (entry: Entry): Stored => {
    let value: number | null = summary.operation === 'count' || summary.operation === 'sum' ? 0 : null;
    for (const { row } of details.lookupIndex(by).childrenOf(entry)) {
      if (row === undefined || isDeleted(row) || !counts(row)) continue;
      const one = summed === undefined || summed.slot < 0 ? null : row[summed.slot];
      if (summary.operation === 'count') value = (value ?? 0) + 1;
      else if (typeof one === 'number') value = join(summary.operation, value, one);
    }
    return value !== null && summary.operation === 'sum' ? Number(value.toFixed(target.field.scale ?? 0)) : value;
  };
  return { master, target, details, by, valueFor };
}

function join(operation: 'sum' | 'min' | 'max', so: number | null, one: number): number {
  if (operation === 'sum') return (so ?? 0) + one;
  if (so === null) return one;
  return operation === 'min' ? Math.min(so, one) : Math.max(so, one);
}

/** Masters whose summaries what was done since `from` may have changed. */
function* mastersSince(work: Work, from: number): Generator<readonly [Entry, readonly Summary[]]> {
  const summaries = summariesOf(work.database);
  if (summaries.size === 0) return;
  const { steps } = work.transaction;
  for (let index = from; index < steps.length; index++) {
    const step = steps[index];
    const own = step && summaries.get(step.entry.table);
    for (const summary of own ?? []) {
      for (const master of new Set([masterIn(step?.before, summary), masterIn(step?.after, summary)])) {
        if (master?.row !== undefined && !isDeleted(master.row)) yield [master, own ?? []];
      }
    }
  }
}

/** Throws `LockedError` when a master whose summaries change is held by another transaction. */
export function checkMasters(work: Work, since: Savepoint): void {
  for (const [master] of mastersSince(work, since.steps)) {
    if (master.lock !== undefined) throw new LockedError(master.id);
  }
}

/** Works out anew what the request changed of its masters' summaries, and of theirs in turn. */
export function rollUp(work: Work): void {
  let from = work.began;
  while (from < work.transaction.steps.length) {
    const masters = new Map(mastersSince(work, from));
    from = work.transaction.steps.length;
    for (const [master, summaries] of masters) {
      const row = stamped(master, work);
      let changed = false;
      for (const summary of summaries) {
        if (summary.master !== master.table) continue;
        const slot = master.table.slotOf(summary.target);
        const value = summary.valueFor(master);
        changed ||= (row[slot] ?? null) !== value;
        row[slot] = value;
      }
      if (changed) work.transaction.write(master, row);
    }
  }
}

/** Works out the summary fields that a schema change brought, for the records that are there. */
export function fillSummaries(database: Database, before: SchemaState): void {
  for (const summary of [...summariesOf(database).values()].flat()) {
    const earlier = before.object(summary.master.definition.name)?.fields.get(summary.target.field.name);
    if (earlier?.summary === summary.target.field.summary) continue;
    for (const entry of summary.master.entries) {
      if (entry.row === undefined) continue;
      const row = [...entry.row];
      row[summary.master.slotOf(summary.target)] = summary.valueFor(entry);
      summary.master.replace(entry, row);
    }
  }
}

function masterIn(row: Row | undefined, { by }: Summary): Entry | undefined {
  const value = row === undefined || by.slot < 0 ? undefined : row[by.slot];
  return value instanceof Entry ? value : undefined;
}

function columnOf(table: Table, name: string): Column {
  const column = table.column(name);
  if (column === undefined) throw new Error(`${table.definition.name} has no ${name}`);
  return column;
}
