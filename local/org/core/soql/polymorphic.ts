import type { FieldDefinition } from '../contract/index.ts';
import { entryOf, read, type Row } from '../storage/index.ts';
import { functionField } from './function-field.ts';

/**
 * What a query may name of a parent that can be of several types: fields of the object Name, and parents of it.
 * Source: Object Reference, "Name".
 */
const ofName: ReadonlySet<string> = new Set([
  'alias',
  'email',
  'firstname',
  'id',
  'isactive',
  'lastname',
  'middlename',
  'name',
  'nameoralias',
  'phone',
  'profile',
  'profileid',
  'recordtype',
  'recordtypeid',
  'suffix',
  'title',
  'type',
  'username',
  'userrole',
  'userroleid',
]);

export function isOfName(part: string): boolean {
  return ofName.has(part.toLowerCase());
}

/** `Owner.Type`: the type of the parent; a group that is a queue is a `Queue`. */
export const typeOfName: { readonly field: FieldDefinition; readonly get: (row: Row) => string } = {
  field: functionField('Type', 'string'),
  get(row) {
    const { table } = entryOf(row);
    const { name } = table.definition;
    const column = name === 'Group' ? table.column('Type') : undefined;
    return column !== undefined && read(row, column) === 'Queue' ? 'Queue' : name;
  },
};
