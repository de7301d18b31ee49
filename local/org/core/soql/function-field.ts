import type { FieldDefinition, FieldType } from '../contract/index.ts';

/** A made-up field that stands for the values of a function. */
export function functionField(name: string, type: FieldType): FieldDefinition {
  return {
    name,
    label: name,
    type,
    custom: false,
    required: false,
    unique: false,
    caseSensitive: false,
    externalId: false,
    idLookup: false,
    createable: false,
    updateable: false,
    nillable: true,
    filterable: true,
    referenceTo: [],
    calculated: true,
  };
}
