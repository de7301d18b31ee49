import { nameFieldOf, rightsOfObject } from '../schema/index.ts';
import { Entry, isDeleted, read, slots, type Column, type Row, type Table } from '../storage/index.ts';
import { isPersonAccount, personContactRefused } from './person-accounts.ts';
import { Problem } from './problem.ts';
import { childrenOf, relink, stamped } from './relations.ts';
import { findDuplicate } from './uniqueness.ts';
import type { Work } from './work.ts';

/** Moves a record, and what goes with it, into the recycle bin; objects without one lose it at once. */
export function deleteRecord(entry: Entry, work: Work): Problem | undefined {
  const { definition } = entry.table;
  if (!rightsOfObject(definition).deletable) {
    return new Problem('INSUFFICIENT_ACCESS_OR_READONLY', `entity type cannot be deleted: ${definition.name}`);
  }
  if (definition.name === 'Contact' && isPersonAccount(entry)) return personContactRefused();
  return removeWith(entry, entry, work);
}

/** Removes a record for good with what its delete took along, from the recycle bin or straight away. */
export function hardDeleteRecord(entry: Entry, work: Work): Problem | undefined {
  const problem = entry.row !== undefined && !isDeleted(entry.row) ? deleteRecord(entry, work) : undefined;
  if (problem !== undefined) return problem;
  for (const each of [...withTakenAlong(entry, work)].reverse()) work.transaction.write(each, undefined);
  return undefined;
}

/**
 * Brings a record back from the recycle bin with what its delete took along, and the lookups that their deletes cleared.
 * Lookups of what is not there are cleared, until that comes back too; without a parent that one must have it stays.
 */
export function undeleteRecord(entry: Entry, work: Work): Problem | undefined {
  if (entry.row === undefined || !isDeleted(entry.row)) {
    return new Problem('UNDELETE_FAILED', 'Entity is not in the recycle bin');
  }
  const returning = withTakenAlong(entry, work);
  for (const each of returning) {
    const problem = bringBack(each, returning, work);
    if (problem !== undefined) return problem;
  }
  for (const each of returning) restoreLookups(each, work);
  return undefined;
}

/** A record, and those that its delete took along, each after a parent of it. */
function withTakenAlong(root: Entry, work: Work): ReadonlySet<Entry> {
  const found = new Set([root]);
  // A set is walked through what is added on the way, too.
  for (const entry of found) {
    for (const [child] of childrenOf(entry, work)) if (child.row?.[slots.deletedWith] === root) found.add(child);
  }
  return found;
}

function bringBack(entry: Entry, returning: ReadonlySet<Entry>, work: Work): Problem | undefined {
  const row = stamped(entry, work);
  row[slots.deleted] = false;
  row[slots.deletedWith] = null;
  // Set only while a record is deleted as the loser of a merge.
  const master = entry.table.column('MasterRecordId');
  if (master !== undefined && master.slot >= 0) row[master.slot] = null;
  const duplicate = findDuplicate(entry.table, row, entry);
  if (duplicate !== undefined) return duplicate;
  for (const { column, parent } of missingParents(entry.table, row)) {
    if (returning.has(parent)) continue;
    if (!column.field.nillable) return new Problem('UNDELETE_FAILED', `The parent ${parent.id} is not there`);
    row[column.slot] = null;
    parent.cleared = [...(parent.cleared ?? []), { child: entry, column }];
  }
  work.transaction.write(entry, row);
  return undefined;
}

/** Lets those refer to a record again whose lookups its delete cleared, unless they were set anew. */
function restoreLookups(entry: Entry, work: Work): void {
  for (const { child, column } of entry.cleared ?? []) {
    const isThere = child.table.column(column.field.name) === column;
    const isEmpty = isThere && child.row !== undefined && !isDeleted(child.row) && read(child.row, column) === null;
    if (isEmpty) relink(child, column, entry, work);
  }
}

/** The references of a row to records that are deleted, or gone for good. */
function missingParents(table: Table, row: Row): readonly { readonly column: Column; readonly parent: Entry }[] {
  const missing: { column: Column; parent: Entry }[] = [];
  for (const column of table.columns.values()) {
    const parent = column.field.type === 'reference' ? read(row, column) : null;
    if (!(parent instanceof Entry)) continue;
    if (parent.row === undefined || isDeleted(parent.row)) missing.push({ column, parent });
  }
  return missing;
}

function removeWith(entry: Entry, root: Entry, work: Work): Problem | undefined {
  if (entry.row === undefined || isDeleted(entry.row)) return undefined;
  const row = stamped(entry, work);
  row[slots.deleted] = true;
  row[slots.deletedWith] = entry === root ? null : root;
  const children = childrenOf(entry, work);
  const emptied: { child: Entry; column: Column }[] = [];
  const soft = entry.table.definition.fields.has('IsDeleted');
  work.transaction.write(entry, row);
  for (const [child, column] of children) {
    if (child.row === undefined || isDeleted(child.row)) continue;
    const { deleteConstraint } = column.field;
    if (deleteConstraint === 'Restrict') return restricted(entry, row, child);
    if (deleteConstraint === 'Cascade') {
      const problem = removeWith(child, root, work);
      if (problem !== undefined) return problem;
    } else {
      const cleared = [...child.row];
      cleared[column.slot] = null;
      cleared[slots.stamp] = work.now;
      work.transaction.write(child, cleared);
      emptied.push({ child, column });
    }
  }
  entry.cleared = emptied.length === 0 ? undefined : emptied;
  if (!soft) work.transaction.write(entry, undefined);
  return undefined;
}

function restricted(entry: Entry, row: Row, child: Entry): Problem {
  const field = nameFieldOf(entry.table.definition);
  const column = field === undefined ? undefined : entry.table.column(field.name);
  const name = column === undefined ? entry.id : String(read(row, column) ?? entry.id);
  const label = child.table.definition.labelPlural.toLowerCase();
  return new Problem(
    'DELETE_FAILED',
    `Your attempt to delete ${name} could not be completed because it is associated with the following ${label}.: ${child.id}`,
  );
}
