import type { FieldDefinition, ObjectDefinition } from '../contract/index.ts';
import { Entry, entryOf, type Row, type Stored, type Table } from '../storage/index.ts';
import { classOf } from '../values/index.ts';
import type { Reference } from './ast.ts';
import { FormulaError, noSuchField, notYet } from './errors.ts';
import { plainNumber } from './numbers.ts';
import type { FormulaScope } from './scope.ts';
import type { Moment, Typed, Value, ValueType } from './values.ts';

/** As many parents may be walked through as in an org (Formula Cross-Object References: 10 relationships). */
const mostSteps = 10;

/** Compiles a field of the record or of one of its parents. Throws `FormulaError`. */
export function compileReference(scope: FormulaScope, reference: Reference): Typed {
  const { path, at } = reference;
  const names = path.split('.');
  const last = names.pop() ?? '';
  if (names.length > mostSteps) throw notYet(`a way through more than ${mostSteps} parents`, at);
  let object = scope.object;
  const steps: FieldDefinition[] = [];
  for (const name of names) {
    const step = stepOf(scope, object, name, path, at);
    steps.push(step.field);
    object = step.parent;
  }
  const field = scope.schema.field(object, last);
  if (field === undefined) throw noSuchField(path, at);
  return { ...compileOwn(scope, object, field, path, at, steps), path, field, at };
}

function stepOf(scope: FormulaScope, object: ObjectDefinition, name: string, path: string, at: number) {
  const [relationship = '', target] = name.split(':');
  const field = [...object.fields.values()].find(
    (candidate) => candidate.relationshipName?.toLowerCase() === relationship.toLowerCase(),
  );
  if (field === undefined) throw noSuchField(path, at);
  const [only] = field.referenceTo;
  if (target === undefined && field.referenceTo.length > 1) {
    const choices = field.referenceTo.map((parent) => `${relationship}:${parent}`).join(' or ');
    throw new FormulaError(`Error: Field ${path} does not exist. Check spelling. Say which object: ${choices}.`, at);
  }
  const wanted = target ?? only;
  const parent = field.referenceTo.find((candidate) => candidate.toLowerCase() === wanted?.toLowerCase());
  const definition = parent === undefined ? undefined : scope.schema.object(parent);
  if (definition === undefined) throw noSuchField(path, at);
  return { field, parent: definition };
}

function compileOwn(
  scope: FormulaScope,
  object: ObjectDefinition,
  field: FieldDefinition,
  path: string,
  at: number,
  steps: readonly FieldDefinition[],
): Typed {
  const parent = parentFinder(steps, object);
  if (field.formula !== undefined) {
    const inner = scope.compileField(object, field, scope.under, at);
    if (parent === undefined) return inner;
    return {
      ...inner,
      evaluate: (moment) => {
        const found = parent(moment);
        return found === undefined
          ? blankOf(inner.type, scope)
          : inner.evaluate({ ...moment, ...found, before: undefined });
      },
    };
  }
  const type = typeOfField(scope, field, path, at);
  const read = columnReader(field.name);
  const convert = field.type === 'percent' ? percentConverter(converterTo(type, scope)) : converterTo(type, scope);
  if (parent === undefined) return { type, at, evaluate: ({ table, row }) => convert(read(table, row)) };
  return {
    type,
    at,
    evaluate: (moment) => {
      const found = parent(moment);
      return convert(found === undefined ? null : read(found.table, found.row));
    },
  };
}

/** Reads a field of whatever table it is asked for; remembers the last one, which is mostly the next one too. */
function columnReader(name: string): (table: Table, row: Row) => Stored {
  let known: Table | undefined;
  let column: { readonly slot: number } | undefined;
  return (table, row) => {
    if (table !== known) {
      known = table;
      column = table.column(name);
    }
    return column === undefined || column.slot < 0 ? null : (row[column.slot] ?? null);
  };
}

/** Walks to a parent; `undefined` when one on the way is missing or of another object than the formula says. */
function parentFinder(steps: readonly FieldDefinition[], end: ObjectDefinition) {
  if (steps.length === 0) return undefined;
  const readers = steps.map((step) => columnReader(step.name));
  return (moment: Moment): { readonly table: Table; readonly row: Row } | undefined => {
    let { table, row } = moment;
    for (const read of readers) {
      const parent = read(table, row);
      if (!(parent instanceof Entry) || parent.row === undefined) return undefined;
      row = parent.row;
      table = entryOf(row).table;
    }
    return table.definition.name === end.name ? { table, row } : undefined;
  };
}

function typeOfField(scope: FormulaScope, field: FieldDefinition, path: string, at: number): ValueType {
  const long = field.type === 'textarea' && (field.length ?? 0) > 255;
  if (long && scope.place === 'field') {
    throw new FormulaError(
      `Error: You referenced an unsupported field type called "Long Text Area" using the following field: ${path}`,
      at,
    );
  }
  if (field.type === 'picklist') return 'Picklist';
  if (field.type === 'multipicklist') return 'Multipicklist';
  if (field.type === 'encryptedstring') throw notYet(`the encrypted field ${path}`, at);
  switch (classOf(field.type)) {
    case 'number':
      return 'Number';
    case 'boolean':
      return 'Boolean';
    case 'date':
      return 'Date';
    case 'datetime':
      return 'DateTime';
    case 'text':
    case 'id':
      return 'Text';
    default:
      throw notYet(`the field ${path} of type ${field.type}`, at);
  }
}

/** IDs are those of 15 characters, as in an org's formulas. */
function converterTo(type: ValueType, scope: FormulaScope): (stored: Stored) => Value {
  switch (type) {
    case 'Number':
      return (stored) => (typeof stored === 'number' ? stored : scope.blanksAreZero ? 0 : null);
    case 'Boolean':
      return (stored) => stored === true;
    case 'Date':
    case 'DateTime':
      return (stored) => (typeof stored === 'number' ? stored : null);
    default:
      return (stored) => (stored instanceof Entry ? stored.id.slice(0, 15) : typeof stored === 'string' ? stored : '');
  }
}

/** A percent field of 50 is 0.5 in formulas. */
function percentConverter(convert: (stored: Stored) => Value): (stored: Stored) => Value {
  return (stored) => {
    const value = convert(stored);
    return typeof value === 'number' ? plainNumber(value / 100) : value;
  };
}

function blankOf(type: ValueType, scope: FormulaScope): Value {
  return converterTo(type, scope)(null);
}
