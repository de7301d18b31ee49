import { Entry, type Column, type Row, type Stored, type Table } from '../storage/index.ts';
import { isPersonAccount } from './person-accounts.ts';
import { Problem, requiredMissing } from './problem.ts';
import type { Work } from './work.ts';

/** What the platform sees to in records of an object before they are written; it may still change the row. */
export type PlatformRule = (row: Stored[], work: Work, before: Row | undefined) => Problem | undefined;

/** The platform's own rules of an object. */
export function platformRulesOf(table: Table): readonly PlatformRule[] {
  if (table.definition.name === 'PermissionSetAssignment') return [assignmentOfGroup(table)];
  const owner = table.column('OwnerId');
  if (table.definition.name === 'Contact' && table.column('IsPersonAccount') !== undefined)
    return [noPersonsParent(columnOf(table, 'AccountId'))];
  return owner?.field.referenceTo.includes('Group') === true ? [queueOfObject(table, owner)] : [];
}

/** A record's owner may be a queue, if it is one for records of this object. */
function queueOfObject(table: Table, owner: Column): PlatformRule {
  return (row, { database }, before) => {
    const given = valueIn(row, owner);
    if (!(given instanceof Entry) || given.table.definition.name !== 'Group') return undefined;
    if (before !== undefined && valueIn(before, owner) === given) return undefined;
    const supported = database.table('QueueSobject');
    const queues = supported.lookupIndex(columnOf(supported, 'QueueId')).childrenOf(given);
    const type = columnOf(supported, 'SobjectType');
    const fits = [...queues].some(
      ({ row: each }) => each !== undefined && valueIn(each, type) === table.definition.name,
    );
    if (fits) return undefined;
    return new Problem('INVALID_OPERATION', 'Queue not associated with this SObject type', ['OwnerId']);
  };
}

/** A person account has its own contact and no other. */
function noPersonsParent(account: Column): PlatformRule {
  return (row) => {
    const given = valueIn(row, account);
    if (!(given instanceof Entry) || !isPersonAccount(given)) return undefined;
    return new Problem('FIELD_INTEGRITY_EXCEPTION', 'a person account cannot have other contacts', ['AccountId']);
  };
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

function valueIn(row: Row, column: Column): Stored {
  return column.slot < 0 ? null : (row[column.slot] ?? null);
}
