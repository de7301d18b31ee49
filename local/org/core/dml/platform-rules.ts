import { Entry, type Column, type Stored, type Table } from '../storage/index.ts';
import { requiredMissing, type Problem } from './problem.ts';
import type { Work } from './work.ts';

/** What the platform sees to in records of an object before they are written; it may still change the row. */
export type PlatformRule = (row: Stored[], work: Work) => Problem | undefined;

/** The platform's own rules of an object. */
export function platformRulesOf(table: Table): readonly PlatformRule[] {
  switch (table.definition.name) {
    case 'PermissionSetAssignment':
      return [assignmentOfGroup(table)];
    default:
      return [];
  }
}

/** A group is assigned by the permission set that stands for it. */
function assignmentOfGroup(table: Table): PlatformRule {
  const [set, group] = [columnOf(table, 'PermissionSetId'), columnOf(table, 'PermissionSetGroupId')];
  return (row, { database }) => {
    const given = valueIn(row, group);
    if (valueIn(row, set) === null && given instanceof Entry) {
      const sets = database.table('PermissionSet');
      const [own] = sets.lookupIndex(columnOf(sets, 'PermissionSetGroupId')).childrenOf(given);
      row[table.slotOf(set)] = own ?? null;
    }
    return valueIn(row, set) === null ? requiredMissing([set.field.name]) : undefined;
  };
}

function columnOf(table: Table, name: string): Column {
  const column = table.column(name);
  if (column === undefined) throw new Error(`${table.definition.name} has no ${name}`);
  return column;
}

function valueIn(row: readonly Stored[], column: Column): Stored {
  return column.slot < 0 ? null : (row[column.slot] ?? null);
}
