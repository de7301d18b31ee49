import type { FieldDefinition } from '../contract/index.ts';
import { OrgError } from '../contract/index.ts';
import type { Database } from '../database.ts';
import { normaliseId } from '../ids/index.ts';
import { isDeleted, type Column, type Entry, type Stored, type Table } from '../storage/index.ts';
import { converterOf, type Converter } from './convert.ts';
import { asText, entityIsDeleted, invalidCrossReference, malformedId, Problem } from './problem.ts';

/** What one key of an input record sets. */
export interface Setter {
  readonly column: Column;
  readonly convert: Converter;
}

/** Finds what the keys of input records of one object set; remembers it, since records of a request look alike. */
export class Setters {
  readonly #database: Database;
  readonly #table: Table;
  readonly #byKey = new Map<string, Setter | 'ignored' | 'id'>();

  constructor(database: Database, table: Table) {
    this.#database = database;
    this.#table = table;
  }

  /** Throws `OrgError` INVALID_FIELD, for the whole request, when the object has no such field. */
  of(key: string): Setter | 'ignored' | 'id' {
    const known = this.#byKey.get(key);
    if (known !== undefined) return known;
    const found = this.#find(key);
    this.#byKey.set(key, found);
    return found;
  }

  #find(key: string): Setter | 'ignored' | 'id' {
    const lower = key.toLowerCase();
    if (lower === 'attributes') return 'ignored';
    if (lower === 'id') return 'id';
    const column = this.#table.column(key);
    if (column !== undefined) return { column, convert: converterOf(column.field, this.#database) };
    for (const parent of this.#table.columns.values()) {
      if (parent.field.relationshipName?.toLowerCase() === lower) {
        return { column: parent, convert: parentConverter(parent.field, this.#database) };
      }
    }
    const message = `No such column '${key}' on sobject of type ${this.#table.definition.name}`;
    throw new OrgError(400, 'INVALID_FIELD', message, [key]);
  }
}

/** A parent given by an external ID: `{"Account":{"Ext__c":"4711"}}`. */
function parentConverter(field: FieldDefinition, database: Database): Converter {
  return (value) => {
    if (value === null || value === undefined) return null;
    if (typeof value !== 'object') {
      return new Problem(
        'INVALID_FIELD',
        `${field.relationshipName}: a parent must be an object with its external ID`,
        [field.name],
      );
    }
    const given = new Map(Object.entries(value));
    const object = parentObject(field, given);
    if (object instanceof Problem) return object;
    const keys = [...given].filter(([name]) => name !== 'attributes' && name !== 'type');
    const [only] = keys;
    if (keys.length !== 1 || only === undefined) {
      return new Problem(
        'INVALID_FIELD',
        `${field.relationshipName}: exactly one external ID of the parent must be given`,
        [field.name],
      );
    }
    return findParent(database.table(object), field, only[0], only[1]);
  };
}

function parentObject(field: FieldDefinition, given: ReadonlyMap<string, unknown>): string | Problem {
  const attributes = given.get('attributes');
  const type =
    typeof attributes === 'object' && attributes !== null && 'type' in attributes ? attributes.type : given.get('type');
  const [first] = field.referenceTo;
  if (type === undefined && field.referenceTo.length === 1 && first !== undefined) return first;
  const found = field.referenceTo.find((name) => typeof type === 'string' && name.toLowerCase() === type.toLowerCase());
  if (found !== undefined) return found;
  return new Problem(
    'INVALID_FIELD',
    `${field.relationshipName}: attributes.type must be one of ${field.referenceTo.join(', ')}`,
    [field.name],
  );
}

function findParent(table: Table, field: FieldDefinition, key: string, value: unknown): Stored | Problem {
  const object = table.definition.name;
  const column = table.column(key);
  if (column === undefined)
    throw new OrgError(400, 'INVALID_FIELD', `No such column '${key}' on sobject of type ${object}`, [key]);
  if (column.field.type === 'id') return findById(table, field, asText(value));
  const index = table.valueIndex(column);
  if (index === undefined) {
    return new Problem(
      'INVALID_FIELD',
      `Field name provided, ${key} does not match an External ID, Salesforce Id, or indexed field for ${object}`,
      [field.name],
    );
  }
  const wanted = value === null || value === undefined ? undefined : index.keyOf(asText(value));
  const found = wanted === undefined ? [] : index.find(wanted);
  const [parent] = found;
  if (parent === undefined) {
    return new Problem(
      'INVALID_FIELD',
      `Foreign key external ID: ${asText(value)} not found for field ${column.field.name} in entity ${object}`,
    );
  }
  if (found.length > 1) {
    return new Problem(
      'DUPLICATE_EXTERNAL_ID',
      `Foreign key external ID: ${asText(value)} matches more than one record of ${object}`,
      [field.name],
    );
  }
  return parent;
}

function findById(table: Table, field: FieldDefinition, given: string): Entry | Problem {
  const id = normaliseId(given);
  if (id === undefined) return malformedId(given, field.label, [field.name]);
  const entry = table.find(id);
  if (entry?.row === undefined) return invalidCrossReference([field.name]);
  return isDeleted(entry.row) ? entityIsDeleted() : entry;
}
