import type { FieldDefinition, ObjectDefinition } from '../contract/index.ts';

/** A list of children, as its parent's SOQL and describe know it. */
export interface ChildRelationship {
  readonly object: string;
  readonly field: FieldDefinition;
  /** Absent when the list cannot be asked for in SOQL. */
  readonly name: string | undefined;
}

/** All definitions of an org at one moment. Never changes: a schema change makes another. */
export class SchemaState {
  readonly definitions: ReadonlyMap<string, ObjectDefinition>;
  readonly revision: number;
  readonly #byPrefix = new Map<string, ObjectDefinition>();
  readonly #fields = new Map<ObjectDefinition, ReadonlyMap<string, FieldDefinition>>();
  #children: ReadonlyMap<string, readonly ChildRelationship[]> | undefined;

  /** `definitions` by lower-case name. */
  constructor(definitions: ReadonlyMap<string, ObjectDefinition>, revision: number) {
    this.definitions = definitions;
    this.revision = revision;
    for (const definition of definitions.values()) this.#byPrefix.set(definition.keyPrefix, definition);
  }

  object(name: string): ObjectDefinition | undefined {
    return this.definitions.get(name.toLowerCase());
  }

  objectOfPrefix(keyPrefix: string): ObjectDefinition | undefined {
    return this.#byPrefix.get(keyPrefix);
  }

  /** A field by its name in any case. */
  field(object: ObjectDefinition, name: string): FieldDefinition | undefined {
    const exact = object.fields.get(name);
    if (exact !== undefined) return exact;
    let fields = this.#fields.get(object);
    if (fields === undefined) {
      fields = new Map([...object.fields.values()].map((field) => [field.name.toLowerCase(), field]));
      this.#fields.set(object, fields);
    }
    return fields.get(name.toLowerCase());
  }

  /** Every reference that points to this object, in the order of the objects. */
  childrenOf(object: string): readonly ChildRelationship[] {
    this.#children ??= collectChildren(this.definitions.values());
    return this.#children.get(object) ?? [];
  }
}

function collectChildren(definitions: Iterable<ObjectDefinition>): ReadonlyMap<string, readonly ChildRelationship[]> {
  const children = new Map<string, ChildRelationship[]>();
  for (const definition of definitions) {
    for (const field of definition.fields.values()) {
      for (const parent of field.referenceTo) {
        const list = children.get(parent) ?? [];
        list.push({ object: definition.name, field, name: field.childRelationshipName });
        children.set(parent, list);
      }
    }
  }
  return children;
}

/** Which field shows a record's name. */
export function nameFieldOf(object: ObjectDefinition): FieldDefinition | undefined {
  return (
    object.fields.get('Name') ??
    object.fields.get('CaseNumber') ??
    object.fields.get('Subject') ??
    object.fields.get('DeveloperName')
  );
}
