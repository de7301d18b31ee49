import type { FieldDefinition, InputRecord, ObjectDefinition, Schema } from '../core/index.ts';

/** The cell that empties a field; an empty cell leaves it as it is. */
const NULL_CELL = '#N/A';

/** Puts the cell of one column into a record. */
export type ColumnWriter = (record: Record<string, unknown>, cell: string) => void;

const TRUE_CELLS = new Set(['true', 't', 'yes', 'y', '1', 'on']);
const FALSE_CELLS = new Set(['false', 'f', 'no', 'n', '0', 'off']);
const NUMERIC = new Set(['double', 'int', 'currency', 'percent']);

/** A cell as JSON would bring it for a field of this type; what does not fit stays text, for DML to refuse. */
function cellValue(field: FieldDefinition, cell: string): unknown {
  if (field.type === 'boolean') {
    const word = cell.trim().toLowerCase();
    if (TRUE_CELLS.has(word)) return true;
    return FALSE_CELLS.has(word) ? false : cell;
  }
  if (NUMERIC.has(field.type) && cell.trim() !== '' && Number.isFinite(Number(cell))) return Number(cell);
  return cell;
}

function findField(object: ObjectDefinition, name: string): FieldDefinition | undefined {
  const exact = object.fields.get(name);
  if (exact) return exact;
  return [...object.fields.values()].find((field) => field.name.toLowerCase() === name.toLowerCase());
}

/** `Owner.Ext__c` and `Owner:User.Ext__c`: the parent by one of its keys. */
function relationshipColumn(schema: Schema, object: ObjectDefinition, heading: string): ColumnWriter | undefined {
  const parsed = /^(\w+)(?::(\w+))?\.(\w+)$/.exec(heading);
  const [, relationship = '', type, key = ''] = parsed ?? [];
  const reference = [...object.fields.values()].find(
    (field) => field.relationshipName?.toLowerCase() === relationship.toLowerCase(),
  );
  const name = reference?.relationshipName;
  const parent = reference && schema.object(type ?? reference.referenceTo.at(-1) ?? '');
  const field = parent && findField(parent, key);
  if (!reference || name === undefined || !field) return undefined;
  const attributes = type === undefined ? {} : { attributes: { type: parent.name } };
  return (record, cell) => {
    if (cell === NULL_CELL) record[reference.name] = null;
    else record[name] = { ...attributes, [field.name]: cellValue(field, cell) };
  };
}

/** What each column writes; the heading of the first that the object does not have is given back as unknown. */
export function columnWriters(
  schema: Schema,
  object: ObjectDefinition,
  headings: readonly string[],
): { readonly writers: readonly ColumnWriter[]; readonly unknown: string | undefined } {
  const writers: ColumnWriter[] = [];
  for (const heading of headings.map((text) => text.trim())) {
    const field = findField(object, heading);
    const writer: ColumnWriter | undefined = field
      ? (record, cell) => {
          record[field.name] = cell === NULL_CELL ? null : cellValue(field, cell);
        }
      : relationshipColumn(schema, object, heading);
    if (!writer) return { writers, unknown: heading };
    writers.push(writer);
  }
  return { writers, unknown: undefined };
}

/** The record of one row; empty cells say nothing. */
export function recordOfRow(writers: readonly ColumnWriter[], cells: readonly string[]): InputRecord {
  const record: Record<string, unknown> = {};
  writers.forEach((write, index) => {
    const cell = cells[index];
    if (cell !== undefined && cell !== '') write(record, cell);
  });
  return record;
}
