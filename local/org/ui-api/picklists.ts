import { recordTypeBehind } from './record-types.ts';
import { objectFor } from './world.ts';
import type { UiApiWorld } from './world.ts';
import { OrgError } from '../core/index.ts';
import type { FieldDefinition, ObjectDefinition, PicklistValue, RecordTypeDefinition, Session } from '../core/index.ts';

function valueJson({ label, value, controllingValues = [] }: PicklistValue, controlling: readonly string[]) {
  return { attributes: null, label, validFor: controllingValues.map((chosen) => controlling.indexOf(chosen)), value };
}

/** What the controlling field can be, in the order of its numbers. */
function controllingValues(object: ObjectDefinition, field: FieldDefinition): readonly string[] {
  const controller = field.controllingField === undefined ? undefined : object.fields.get(field.controllingField);
  if (controller?.type === 'boolean') return ['unchecked', 'checked'];
  return (controller?.picklistValues ?? []).map(({ value }) => value);
}

/** The UI API calls the two states of a checkbox by their values. */
const checkboxes: Readonly<Record<string, string>> = { unchecked: 'false', checked: 'true' };

/** The active values of a field, as far as records of the type may have them. */
function valuesJson(
  object: ObjectDefinition,
  field: FieldDefinition,
  type: RecordTypeDefinition | undefined,
): Record<string, unknown> {
  const limits = type?.picklists.get(field.name);
  const values = (field.picklistValues ?? []).filter(
    ({ active, value }) => active && (limits === undefined || limits.values.includes(value)),
  );
  const usual =
    limits?.defaultValue === undefined
      ? values.find(({ defaultValue }) => defaultValue)
      : values.find(({ value }) => value === limits.defaultValue);
  const controlling = controllingValues(object, field);
  return {
    controllerValues: Object.fromEntries(controlling.map((value, index) => [checkboxes[value] ?? value, index])),
    defaultValue: usual ? valueJson(usual, controlling) : null,
    values: values.map((value) => valueJson(value, controlling)),
  };
}

const isPicklist = ({ type }: FieldDefinition): boolean => type === 'picklist' || type === 'multipicklist';

/**
 * `/ui-api/object-info/{object}/picklist-values/{recordTypeId}[/{field}]`: the active values of one field, or of all
 * picklists, for records of that type. Throws `OrgError` for a type or a field that is not there.
 */
export function picklistValues(
  world: UiApiWorld,
  session: Session,
  objectName: string,
  recordTypeId: string,
  fieldName: string | undefined,
): Record<string, unknown> {
  const object = objectFor(world, session, objectName);
  const type = recordTypeBehind(world, session, object, recordTypeId);
  if (fieldName === undefined) {
    const fields = [...object.fields.values()].filter(isPicklist);
    return {
      picklistFieldValues: Object.fromEntries(fields.map((field) => [field.name, valuesJson(object, field, type)])),
    };
  }
  const field = [...object.fields.values()].find(({ name }) => name.toLowerCase() === fieldName.toLowerCase());
  if (field && isPicklist(field)) return valuesJson(object, field, type);
  throw new OrgError(400, 'INVALID_FIELD', `Field ${fieldName} of ${object.name} is no picklist that you can read`);
}
