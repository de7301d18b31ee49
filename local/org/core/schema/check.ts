import type { FieldDefinition, ObjectDefinition } from '../contract/index.ts';
import { OrgError } from '../contract/index.ts';

/** Checks of what a schema change brings. Each throws `OrgError` that names the object, the field and the mend. */

const apiName = /^[A-Za-z](?:_?[A-Za-z0-9])*$/;
const suffixOfKind = {
  custom: '__c',
  customSetting: '__c',
  event: '__e',
  customMetadata: '__mdt',
  standard: '',
} as const;

export function checkObjectName(object: ObjectDefinition): void {
  const suffix = suffixOfKind[object.kind];
  const bare = object.name.endsWith(suffix) ? object.name.slice(0, object.name.length - suffix.length) : '';
  if (suffix === '' || !apiName.test(bare) || bare.length > 40) {
    throw invalid(
      `${object.name}: the name must be letters, digits and single underscores, at most 40, and end in ${suffix || '__c'}`,
    );
  }
  if (object.label === '' || object.label.length > 40) {
    throw invalid(`${object.name}: the label must have 1 to 40 characters`);
  }
}

export function checkField(object: ObjectDefinition, field: FieldDefinition): void {
  const place = `${object.name}.${field.name}`;
  if (!field.name.endsWith('__c') || !apiName.test(field.name.slice(0, -3)) || field.name.length > 43) {
    throw invalid(`${place}: the name must be letters, digits and single underscores, at most 40, and end in __c`);
  }
  if (field.label === '' || field.label.length > 40) throw invalid(`${place}: the label must have 1 to 40 characters`);
  if (field.calculated && field.formula === undefined && field.summary === undefined)
    throw invalid(`${place}: a field that is worked out needs a formula or a summary`);
  const [low, high] = (field.formula === undefined ? lengthsOfType[field.type] : undefined) ?? [undefined, undefined];
  if (low !== undefined && (field.length === undefined || field.length < low || field.length > high)) {
    throw invalid(`${place}: the length must be ${low} to ${high}`);
  }
  if (isNumeric(field)) {
    const scale = field.scale ?? 0;
    if (
      field.precision === undefined ||
      field.precision < 1 ||
      field.precision > 18 ||
      scale < 0 ||
      scale > field.precision
    ) {
      throw invalid(`${place}: the precision must be 1 to 18 and not less than the scale`);
    }
  }
  if (field.type === 'picklist' || field.type === 'multipicklist') checkPicklist(place, field);
  if (field.externalId && !['string', 'email', 'double', 'int'].includes(field.type)) {
    throw invalid(`${place}: only text, email and number fields can be external IDs`);
  }
  if (field.type === 'reference' && field.referenceTo.length === 0)
    throw invalid(`${place}: a lookup must say which object it refers to`);
  if (field.type !== 'reference' && field.referenceTo.length > 0)
    throw invalid(`${place}: only a lookup refers to an object`);
  if (field.deleteConstraint === 'SetNull' && field.required) {
    throw invalid(`${place}: a required lookup cannot be cleared when its parent is deleted; restrict the delete`);
  }
}

/** Every reference points to an object that is there, and no two child lists of a parent have one name. */
export function checkReferences(definitions: ReadonlyMap<string, ObjectDefinition>): void {
  const lists = new Map<string, string>();
  for (const object of definitions.values()) {
    for (const field of object.fields.values()) {
      for (const parent of field.referenceTo) {
        const place = `${object.name}.${field.name}`;
        if (definitions.get(parent.toLowerCase())?.name !== parent)
          throw invalid(`${place}: referenceTo value of '${parent}' does not resolve to a valid sObject type`);
        if (field.childRelationshipName === undefined) continue;
        const key = `${parent}.${field.childRelationshipName}`.toLowerCase();
        const other = lists.get(key);
        if (field.custom && other !== undefined) {
          throw invalid(
            `${place}: the child relationship name ${field.childRelationshipName} is taken on ${parent} by ${other}`,
          );
        }
        lists.set(key, place);
      }
    }
  }
}

function checkPicklist(place: string, field: FieldDefinition): void {
  const seen = new Set<string>();
  for (const { value } of field.picklistValues ?? []) {
    if (value === '' || value.length > 255) throw invalid(`${place}: a picklist value must have 1 to 255 characters`);
    if (seen.has(value.toLowerCase())) throw invalid(`${place}: the picklist value ${value} is there twice`);
    seen.add(value.toLowerCase());
  }
}

function isNumeric(field: FieldDefinition): boolean {
  return field.type === 'int' || field.type === 'double' || field.type === 'currency' || field.type === 'percent';
}

const lengthsOfType: Partial<Record<FieldDefinition['type'], readonly [number, number]>> = {
  string: [1, 255],
  textarea: [1, 131072],
  encryptedstring: [1, 175],
};

const invalid = (message: string) => new OrgError(400, 'INVALID_FIELD', message);
