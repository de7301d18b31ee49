import { MASTER_RECORD_TYPE, objectFor } from './world.ts';
import type { UiApiWorld } from './world.ts';
import { OrgError } from '../core/index.ts';
import type { FieldDefinition, PicklistValue, Session } from '../core/index.ts';

function valueJson({ label, value }: PicklistValue): Record<string, unknown> {
  return { attributes: null, label, validFor: [], value };
}

function valuesJson(field: FieldDefinition): Record<string, unknown> {
  const values = (field.picklistValues ?? []).filter(({ active }) => active);
  const usual = values.find(({ defaultValue }) => defaultValue);
  return {
    controllerValues: {},
    defaultValue: usual ? valueJson(usual) : null,
    values: values.map(valueJson),
  };
}

const isPicklist = ({ type }: FieldDefinition): boolean => type === 'picklist' || type === 'multipicklist';

/**
 * `/ui-api/object-info/{object}/picklist-values/{recordTypeId}[/{field}]`: the active values of one field, or of all
 * picklists. The local org has the master record type alone: throws `OrgError` for another.
 */
export function picklistValues(
  world: UiApiWorld,
  session: Session,
  objectName: string,
  recordTypeId: string,
  fieldName: string | undefined,
): Record<string, unknown> {
  const object = objectFor(world, session, objectName);
  if (recordTypeId.slice(0, 15) !== MASTER_RECORD_TYPE.slice(0, 15)) {
    throw new OrgError(400, 'INVALID_RECORDTYPE', `not yet: ${object.name} has no record type ${recordTypeId} here`);
  }
  if (fieldName === undefined) {
    const fields = [...object.fields.values()].filter(isPicklist);
    return { picklistFieldValues: Object.fromEntries(fields.map((field) => [field.name, valuesJson(field)])) };
  }
  const field = [...object.fields.values()].find(({ name }) => name.toLowerCase() === fieldName.toLowerCase());
  if (field && isPicklist(field)) return valuesJson(field);
  throw new OrgError(400, 'INVALID_FIELD', `Field ${fieldName} of ${object.name} is no picklist that you can read`);
}
