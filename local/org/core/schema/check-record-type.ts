import type { ObjectDefinition, RecordTypeDefinition } from '../contract/index.ts';
import { OrgError } from '../contract/index.ts';

/** Throws `OrgError`, beginning with the record type's place, when it is not sound for its object. */
export function checkRecordType(object: ObjectDefinition, recordType: RecordTypeDefinition): void {
  const place = `${object.name}.${recordType.name}`;
  if (!/^[A-Za-z](?:_?[A-Za-z0-9])*$/.test(recordType.name) || recordType.name.length > 80) {
    throw invalid(`${place}: the name must be letters, digits and single underscores, at most 80`);
  }
  if (recordType.label === '' || recordType.label.length > 80) {
    throw invalid(`${place}: the label must have 1 to 80 characters`);
  }
  for (const [name, { values, defaultValue }] of recordType.picklists) {
    const field = object.fields.get(name);
    if (field?.picklistValues === undefined) throw invalid(`${place}: Picklist not found: ${name}`);
    const known = new Set(field.picklistValues.map(({ value }) => value.toLowerCase()));
    for (const value of values) {
      if (!known.has(value.toLowerCase())) {
        throw invalid(`${place}: Picklist value: ${value} in picklist: ${name} not found`);
      }
    }
    if (defaultValue !== undefined && !values.includes(defaultValue)) {
      throw invalid(`${place}: the default ${defaultValue} of ${name} is not among its values`);
    }
  }
}

const invalid = (message: string) => new OrgError(400, 'INVALID_FIELD', message);
