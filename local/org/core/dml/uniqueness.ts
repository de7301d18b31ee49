import { Entry, LockedError, slots, type Row, type Table } from '../storage/index.ts';
import { Problem } from './problem.ts';

/**
 * Whether another record holds a value that must be unique. Throws `LockedError` when an uncommitted transaction is
 * about to take it: an org would wait for that one, in vain.
 */
export function findDuplicate(table: Table, row: Row, self: Entry | undefined): Problem | undefined {
  for (const index of table.valueIndexes) {
    if (!index.column.field.unique) continue;
    const key = index.keyOfRow(row);
    if (key === undefined) continue;
    const other = index.find(key).find((entry) => entry !== self);
    const { name } = index.column.field;
    if (other !== undefined) {
      return new Problem(
        'DUPLICATE_VALUE',
        `duplicate value found: ${name} duplicates value on record with id: ${other.id}`,
      );
    }
    if (index.reservedBy(key) !== undefined) throw new LockedError(self?.id ?? 'unknown');
  }
  return undefined;
}

/** A parent that an uncommitted transaction deletes cannot be referred to. */
export function checkParents(row: Row): undefined {
  for (const value of row) {
    if (value instanceof Entry && value !== row[slots.self] && value.lock?.removes(value) === true) {
      throw new LockedError(value.id);
    }
  }
  return undefined;
}
