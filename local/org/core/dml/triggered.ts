import type { DmlRequest, InputRecord, RecordError } from '../contract/index.ts';
import { isDeleted, read, slots, type Entry, type Row, type Stored, type Table } from '../storage/index.ts';
import type { TriggerMoment, TriggerRecord, TriggerRunner } from '../unit.ts';
import { toJson } from '../values/index.ts';
import { attempt } from './attempt.ts';
import { Problem } from './problem.ts';
import type { Work } from './work.ts';

/** One record of a request on an object with triggers, found and checked, and not yet written. */
export interface Begun {
  readonly operation: TriggerMoment['operation'];
  /** Absent for an insert. */
  readonly entry: Entry | undefined;
  /** Its values to be, for inserts and updates; before triggers change them. */
  readonly draft: Stored[] | undefined;
  /** No trigger fires: the record leaves the recycle bin for good. */
  readonly quiet?: boolean;
}

/** How the records of a request are begun and finished. */
export interface Hook {
  begin(record: InputRecord): Begun | Problem;
  finish(begun: Begun): Entry | Problem;
}

/** A record that was written, and by what operation. */
export interface Written {
  readonly operation: TriggerMoment['operation'];
  readonly entry: Entry;
  readonly quiet?: boolean;
}

/** Records that triggers get at a time (Apex Developer Guide, "Triggers and Order of Execution"). */
const CHUNK = 200;

/**
 * Writes records with their triggers. When some of a chunk fail and others may stay, all is taken back and done again
 * without those that failed, as an org does.
 */
export function executeTriggered(
  request: Omit<DmlRequest, 'session'>,
  hook: Hook,
  triggers: TriggerRunner,
  table: Table,
  work: Work,
): readonly (Written | Problem)[] {
  const results: (Written | Problem)[] = [];
  for (let from = 0; from < request.records.length; from += CHUNK) {
    results.push(
      ...executeChunk(request.records.slice(from, from + CHUNK), request.allOrNone, hook, triggers, table, work),
    );
  }
  return results;
}

/** Writes records that the platform itself writes for a caller, with their triggers: those of a merge or a conversion. */
export function writeWithTriggers(
  records: readonly InputRecord[],
  hook: Hook,
  table: Table,
  work: Work,
): readonly (Entry | Problem)[] {
  const { triggers } = work;
  if (triggers?.has(table.definition.name) === true) {
    const written = writeOnce(records, hook, triggers, table, work);
    return written.map((result) => (result instanceof Problem ? result : result.entry));
  }
  return records.map((record) =>
    attempt(work, () => {
      const begun = hook.begin(record);
      return begun instanceof Problem ? begun : hook.finish(begun);
    }),
  );
}

function executeChunk(
  records: readonly InputRecord[],
  allOrNone: boolean,
  hook: Hook,
  triggers: TriggerRunner,
  table: Table,
  work: Work,
): readonly (Written | Problem)[] {
  const results: (Written | Problem | undefined)[] = records.map(() => undefined);
  for (;;) {
    const left = records.flatMap((record, index) => (results[index] instanceof Problem ? [] : [{ record, index }]));
    const start = work.transaction.mark();
    const written = writeOnce(
      left.map(({ record }) => record),
      hook,
      triggers,
      table,
      work,
    );
    const failed = written.filter((result) => result instanceof Problem).length;
    left.forEach(({ index }, place) => {
      const result = written[place];
      if (result instanceof Problem || failed === 0 || allOrNone) results[index] = result;
    });
    if (failed === 0 || allOrNone) break;
    work.transaction.rollbackTo(start);
    if (failed === left.length) break;
  }
  return results.flatMap((result) => result ?? []);
}

function writeOnce(
  records: readonly InputRecord[],
  hook: Hook,
  triggers: TriggerRunner,
  table: Table,
  work: Work,
): readonly (Written | Problem)[] {
  const begun = records.map((record) => attempt(work, () => hook.begin(record)));
  const states: (Begun | Written | Problem)[] = [...begun];
  const olds = begun.map((state) => (state instanceof Problem ? undefined : state.entry?.row));
  for (const operation of ['insert', 'update', 'delete'] as const) {
    fire(states, operation, 'before', olds, triggers, table, work);
  }
  states.forEach((state, index) => {
    if (state instanceof Problem || !('draft' in state)) return;
    const entry = attempt(work, () => hook.finish(state));
    states[index] =
      entry instanceof Problem ? entry : { operation: state.operation, entry, quiet: state.quiet === true };
  });
  for (const operation of ['insert', 'update', 'delete', 'undelete'] as const) {
    fire(states, operation, 'after', olds, triggers, table, work);
  }
  return states.map((state) => {
    if (state instanceof Problem || !('draft' in state)) return state;
    throw new Error('a record was neither written nor refused');
  });
}

/** Runs one moment's triggers over the records that are still good, and keeps what they say. */
function fire(
  states: (Begun | Written | Problem)[],
  operation: TriggerMoment['operation'],
  timing: TriggerMoment['timing'],
  olds: readonly (Row | undefined)[],
  triggers: TriggerRunner,
  table: Table,
  work: Work,
): void {
  const good = states.flatMap((state, index) =>
    state instanceof Problem || state.operation !== operation || state.quiet === true ? [] : [{ state, index }],
  );
  if (good.length === 0) return;
  const records = good.map(({ state, index }): TriggerRecord => {
    const row = 'draft' in state ? state.draft : state.entry.row;
    const old = operation === 'insert' || operation === 'undelete' ? undefined : olds[index];
    return {
      id: state.entry?.id,
      now: row === undefined || operation === 'delete' ? undefined : valuesOf(row, table, work),
      before: old === undefined ? undefined : withMaster(valuesOf(old, table, work), state.entry),
    };
  });
  const verdicts = triggers.run({ object: table.definition.name, operation, timing, records }, work.unit);
  good.forEach(({ state, index }, place) => {
    const verdict = verdicts[place];
    const problem = verdict === undefined ? undefined : problemOf(verdict.errors);
    if (problem !== undefined) states[index] = problem;
    else if (verdict !== undefined && 'draft' in state && state.draft !== undefined && operation !== 'delete') {
      const amending = operation === 'insert' ? 'insert' : 'update';
      const refused = work.writerOf(table.definition.name).amend(state.draft, verdict.changes, amending, work);
      if (refused !== undefined) states[index] = refused;
    }
  });
}

/** What a merge deletes knows its master from then on (Apex Developer Guide, "Triggers and Merge Statements"). */
function withMaster(values: Map<string, unknown>, entry: Entry | undefined): ReadonlyMap<string, unknown> {
  const column = entry?.table.column('MasterRecordId');
  if (column !== undefined && entry?.row !== undefined)
    values.set(column.field.name, toJson(column.field.type, read(entry.row, column)));
  return values;
}

function problemOf(errors: readonly RecordError[]): Problem | undefined {
  const [first, ...others] = errors;
  return first === undefined ? undefined : new Problem(first.statusCode, first.message, first.fields, others);
}

function valuesOf(row: Row, table: Table, work: Work): Map<string, unknown> {
  const values = new Map<string, unknown>();
  const { database, now, user } = work;
  const there = row[slots.self] !== null && row[slots.self] !== undefined;
  for (const column of table.columns.values()) {
    const { field } = column;
    if (field.type === 'address' || field.type === 'location') continue;
    const formula = field.formula === undefined || !there ? undefined : database.formulaOf(table.definition, field);
    const value =
      formula === undefined
        ? read(row, column)
        : formula({ tables: database, table, row, before: undefined, now, user });
    values.set(field.name, field.name === 'IsDeleted' ? isDeleted(row) : toJson(field.type, value));
  }
  return values;
}
