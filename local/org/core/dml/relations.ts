import { slots, type Column, type Entry, type Stored } from '../storage/index.ts';
import type { Work } from './work.ts';

/** A new version of a record, stamped as changed now by the caller; `before` as it was. */
export function stamped(entry: Entry, work: Work): Stored[] {
  const row: Stored[] = entry.row === undefined ? [] : [...entry.row];
  const { table } = entry;
  while (row.length < table.width) row.push(null);
  const [date, person] = [table.column('LastModifiedDate'), table.column('LastModifiedById')];
  if (date !== undefined) row[table.slotOf(date)] = work.now;
  if (person !== undefined) row[table.slotOf(person)] = work.user;
  row[slots.stamp] = work.now;
  return row;
}

/** Every record that refers to this one, deleted ones too, with the field by which it does. */
export function childrenOf(entry: Entry, work: Work): readonly (readonly [Entry, Column])[] {
  const children: (readonly [Entry, Column])[] = [];
  for (const { object, field } of work.database.schema.childrenOf(entry.table.definition.name)) {
    const table = work.database.table(object);
    const column = table.column(field.name);
    if (column === undefined || column.slot < 0) continue;
    for (const child of table.lookupIndex(column).childrenOf(entry)) children.push([child, column]);
  }
  return children;
}

/** Lets a record refer to another parent, whether or not the field may be written by a caller. */
export function relink(child: Entry, column: Column, parent: Entry, work: Work): void {
  setValues(child, { [column.field.name]: parent }, work);
}

/** Sets fields that callers cannot write: the platform does. */
export function setValues(entry: Entry, values: Readonly<Record<string, Stored>>, work: Work): void {
  const row = stamped(entry, work);
  for (const [name, value] of Object.entries(values)) {
    const column = entry.table.column(name);
    if (column === undefined) throw new Error(`${entry.table.definition.name} has no field ${name}`);
    row[entry.table.slotOf(column)] = value;
  }
  work.transaction.write(entry, row);
}
