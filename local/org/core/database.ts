import { OrgError } from './contract/index.ts';
import type { FieldDefinition, ObjectDefinition } from './contract/index.ts';
import { compileFieldFormula, type FieldFormula } from './formula/index.ts';
import { RecordTypeAccess } from './record-types.ts';
import type { SchemaState } from './schema/index.ts';
import { Table, type Entry } from './storage/index.ts';

/** The records of an org, by object, under its present schema. */
export class Database {
  #schema: SchemaState;
  readonly pod: string;
  readonly recordTypes: RecordTypeAccess;
  readonly #tables = new Map<string, Table>();
  /** Compiled on first use, for the present schema. */
  readonly #formulas = new Map<FieldDefinition, FieldFormula>();

  constructor(schema: SchemaState, pod: string) {
    this.#schema = schema;
    this.pod = pod;
    this.recordTypes = new RecordTypeAccess(this);
  }

  get schema(): SchemaState {
    return this.#schema;
  }

  /** Takes a new schema over; records of removed objects and values of removed fields are gone. */
  adopt(schema: SchemaState): void {
    this.#schema = schema;
    this.#formulas.clear();
    for (const [name, table] of this.#tables) {
      const definition = schema.object(name);
      if (definition === undefined) this.#tables.delete(name);
      else if (definition !== table.definition) table.redefine(definition);
    }
  }

  /** Throws `OrgError` INVALID_TYPE when there is no such object. */
  definition(name: string): ObjectDefinition {
    const definition = this.#schema.object(name);
    if (definition === undefined) throw new OrgError(400, 'INVALID_TYPE', `sObject type '${name}' is not supported.`);
    return definition;
  }

  table(name: string): Table {
    const definition = this.definition(name);
    let table = this.#tables.get(definition.name);
    if (table === undefined) {
      table = new Table(definition, this.pod);
      this.#tables.set(definition.name, table);
    }
    return table;
  }

  /** The formula of a field that has one. */
  formulaOf(object: ObjectDefinition, field: FieldDefinition): FieldFormula {
    const known = this.#formulas.get(field);
    if (known !== undefined) return known;
    const formula = compileFieldFormula(this.#schema, object, field);
    this.#formulas.set(field, formula);
    return formula;
  }

  get tables(): Iterable<Table> {
    return this.#tables.values();
  }

  /** The record of this 18-character ID, deleted or not. */
  find(id: string): Entry | undefined {
    const definition = this.#schema.objectOfPrefix(id.slice(0, 3));
    return definition === undefined ? undefined : this.#tables.get(definition.name)?.find(id);
  }
}
