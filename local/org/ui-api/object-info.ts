import { defaultRecordTypeId, recordTypeInfos } from './record-types.ts';
import { nameFieldOf, objectFor } from './world.ts';
import type { UiApiWorld } from './world.ts';
import type { FieldType, ObjectDefinition, Session } from '../core/index.ts';

/** Data types as the UI API spells them (User Interface API Developer Guide, "Field"); an ID is a reference there. */
const DATA_TYPES: Readonly<Record<FieldType, string>> = {
  id: 'Reference',
  string: 'String',
  textarea: 'TextArea',
  boolean: 'Boolean',
  int: 'Int',
  double: 'Double',
  currency: 'Currency',
  percent: 'Percent',
  date: 'Date',
  datetime: 'DateTime',
  time: 'Time',
  email: 'Email',
  phone: 'Phone',
  url: 'Url',
  picklist: 'Picklist',
  multipicklist: 'MultiPicklist',
  combobox: 'ComboBox',
  reference: 'Reference',
  address: 'Address',
  location: 'Location',
  base64: 'Base64',
  encryptedstring: 'EncryptedString',
  anyType: 'Anytype',
};

interface DescribedField {
  readonly name: string;
  readonly type: FieldType;
  readonly referenceTo: readonly string[];
  readonly nillable: boolean;
  readonly defaultedOnCreate: boolean;
  readonly createable: boolean;
  readonly nameField: boolean;
  readonly [property: string]: unknown;
}

interface Described {
  readonly fields: readonly DescribedField[];
  readonly childRelationships: readonly Readonly<Record<string, unknown>>[];
  readonly [property: string]: unknown;
}

/** Properties of a field that the UI API has under the names of the REST describe. */
const SAME = [
  'calculated', 'compoundFieldName', 'controllerName', 'createable', 'custom', 'extraTypeInfo', 'filterable',
  'filteredLookupInfo', 'highScaleNumber', 'htmlFormatted', 'inlineHelpText', 'label', 'length', 'nameField',
  'polymorphicForeignKey', 'precision', 'referenceTargetField', 'relationshipName', 'scale', 'searchPrefilterable',
  'sortable', 'unique', 'updateable',
]; // prettier-ignore

function fieldInfo(world: UiApiWorld, session: Session, field: DescribedField): Record<string, unknown> {
  const parents = field.referenceTo.flatMap((name) => world.org.schemaFor(session).object(name) ?? []);
  return {
    ...Object.fromEntries(SAME.map((name) => [name, field[name] ?? null])),
    apiName: field.name,
    compound: field.type === 'address' || field.type === 'location',
    compoundComponentName: null,
    controllingFields: [],
    dataType: DATA_TYPES[field.type],
    reference: field.type === 'reference',
    referenceToInfos: parents.map((parent) => ({
      apiName: parent.name,
      nameFields: [nameFieldOf(world, session, parent)].filter((name) => name !== undefined),
    })),
    required: field.createable && !field.nillable && !field.defaultedOnCreate,
  };
}

/** `/ui-api/object-info/{object}`: what the caller may see of an object and do with it. */
export function objectInfo(world: UiApiWorld, session: Session, name: string): Record<string, unknown> {
  const object: ObjectDefinition = objectFor(world, session, name);
  const described = world.org.schemaFor(session).describe(object.name, session) as unknown as Described;
  const take = (...names: readonly string[]): Record<string, unknown> =>
    Object.fromEntries(names.map((each) => [each, described[each] ?? null]));
  return {
    apiName: object.name,
    ...take('associateEntityType', 'associateParentEntity', 'createable', 'custom', 'deletable', 'feedEnabled'),
    ...take('keyPrefix', 'label', 'labelPlural', 'layoutable', 'mruEnabled', 'queryable', 'searchable', 'updateable'),
    childRelationships: described.childRelationships
      .filter(({ relationshipName }) => relationshipName !== null)
      .map(({ childSObject, field, junctionIdListNames, junctionReferenceTo, relationshipName }) => ({
        childObjectApiName: childSObject,
        fieldName: field,
        junctionIdListNames,
        junctionReferenceTo,
        relationshipName,
      })),
    compactLayoutable: described['compactLayoutable'],
    defaultRecordTypeId: defaultRecordTypeId(world, session, object),
    dependentFields: {},
    fields: Object.fromEntries(described.fields.map((field) => [field.name, fieldInfo(world, session, field)])),
    nameFields: described.fields.filter(({ nameField }) => nameField).map((field) => field.name),
    recordTypeInfos: Object.fromEntries(recordTypeInfos(world, session, object)),
    themeInfo: null,
  };
}
