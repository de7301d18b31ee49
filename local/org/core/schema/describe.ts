import type { FieldDefinition, FieldType, ObjectDefinition } from '../contract/index.ts';
import { activityListsOf, type ActivityList } from './activities.ts';
import { isMaster } from './master.ts';
import { describePicklist } from './describe-picklist.ts';
import { describeRecordTypes, type RecordTypeInfo } from './describe-record-types.ts';
import { isKept, isPermissionable } from './permissionable.ts';
import { nameFieldOf } from './registry.ts';
import type { ChildRelationship, SchemaState } from './registry.ts';

/** Objects that the platform lets nobody create, change or delete through the API. */
const fixedObjects: ReadonlySet<string> = new Set([
  'Organization',
  'Profile',
  'UserLicense',
  'RecordType',
  'LeadStatus',
  'DuplicateRule',
  'MatchingRule',
  'MatchingRuleItem',
  'CurrencyType',
  'DatedConversionRate',
]);

export interface ObjectRights {
  readonly createable: boolean;
  readonly updateable: boolean;
  readonly deletable: boolean;
  readonly undeletable: boolean;
  readonly queryable: boolean;
}

/** What the kind of an object allows, whoever asks. */
export function rightsOfObject(object: ObjectDefinition): ObjectRights {
  if (object.kind === 'event') {
    return { createable: true, updateable: false, deletable: false, undeletable: false, queryable: false };
  }
  const open = !fixedObjects.has(object.name) && object.kind !== 'customMetadata';
  const undeletable = object.fields.has('IsDeleted');
  return {
    createable: open,
    updateable: open || object.name === 'Organization',
    deletable: open && object.name !== 'User',
    undeletable,
    queryable: true,
  };
}

/** Who a describe is for; a `grant` that is absent denies nothing. */
export interface Audience {
  readonly grant?: { readonly create: boolean; readonly edit: boolean; readonly delete: boolean } | undefined;
  hasObject(name: string): boolean;
  /** The object's record types, as the user may use them. */
  readonly recordTypes: readonly RecordTypeInfo[];
}

/** The REST describe of an object (`/sobjects/<name>/describe`, API 66.0), with the fields that `object` has. */
export function describeObject(
  state: SchemaState,
  object: ObjectDefinition,
  audience: Audience,
): Record<string, unknown> {
  const rights = allowedRights(rightsOfObject(object), audience);
  const children = state.childrenOf(object.name).filter((child) => audience.hasObject(child.object));
  const stored = object.kind !== 'event';
  const activities = audience.hasObject('Task') ? activityListsOf(object) : [];
  const base = `/services/data/v66.0/sobjects/${object.name}`;
  const layouts = object.kind === 'standard' || object.kind === 'custom';
  return {
    actionOverrides: [],
    activateable: false,
    associateEntityType: null,
    associateParentEntity: null,
    childRelationships: stored ? [...children.map(describeChild), ...activities.map(describeActivities)] : [],
    compactLayoutable: layouts,
    createable: rights.createable,
    custom: object.kind !== 'standard',
    customSetting: object.kind === 'customSetting',
    deepCloneable: false,
    defaultImplementation: null,
    deletable: rights.deletable,
    deprecatedAndHidden: false,
    extendedBy: null,
    extendsInterfaces: null,
    feedEnabled: false,
    fields: [...object.fields.values()].map((field) => describeField(object, field)),
    hasSubtypes: false,
    implementedBy: null,
    implementsInterfaces: null,
    isInterface: false,
    isSubtype: false,
    keyPrefix: object.keyPrefix,
    label: object.label,
    labelPlural: object.labelPlural,
    layoutable: layouts,
    listviewable: null,
    lookupLayoutable: null,
    mergeable:
      object.name === 'Lead' || object.name === 'Contact' || object.name === 'Account' || object.name === 'Case',
    mruEnabled: layouts,
    name: object.name,
    namedLayoutInfos: [],
    networkScopeFieldName: null,
    queryable: rights.queryable,
    recordTypeInfos: layouts ? describeRecordTypes(base, audience.recordTypes) : [],
    replicateable: stored,
    retrieveable: stored,
    searchLayoutable: layouts,
    searchable: layouts,
    sobjectDescribeOption: 'FULL',
    supportedScopes: layouts ? [{ label: `All ${object.labelPlural.toLowerCase()}`, name: 'everything' }] : [],
    triggerable: rights.createable,
    undeletable: rights.undeletable,
    updateable: rights.updateable,
    urls: urlsOf(base, layouts),
  };
}

function allowedRights(rights: ObjectRights, { grant }: Audience): ObjectRights {
  if (grant === undefined) return rights;
  return {
    ...rights,
    createable: rights.createable && grant.create,
    updateable: rights.updateable && grant.edit,
    deletable: rights.deletable && grant.delete,
    undeletable: rights.undeletable && grant.delete,
  };
}

function describeField(object: ObjectDefinition, field: FieldDefinition): Record<string, unknown> {
  const text = isText(field.type);
  const long = field.type === 'textarea' && (field.length ?? 0) > 255;
  const compound = field.type === 'address' || field.type === 'location';
  const length = text || field.type === 'id' || field.type === 'reference' ? (field.length ?? 0) : 0;
  const orderable = !long && !compound && field.type !== 'multipicklist' && field.type !== 'base64';
  return {
    aggregatable: orderable && field.type !== 'boolean',
    aiPredictionField: false,
    autoNumber: field.autoNumber !== undefined,
    byteLength:
      length * 3 > 1_000_000 ? length : field.type === 'id' || field.type === 'reference' ? length : length * 3,
    calculated: field.calculated,
    calculatedFormula: field.formula ?? null,
    cascadeDelete: isMaster(field),
    caseSensitive: field.caseSensitive,
    compoundFieldName: field.compoundFieldName ?? null,
    controllerName: field.controllingField ?? null,
    createable: field.createable,
    custom: field.custom,
    defaultValue: field.defaultValue ?? null,
    defaultValueFormula: field.defaultFormula ?? null,
    defaultedOnCreate:
      field.type === 'boolean' ||
      field.defaultValue !== undefined ||
      field.defaultFormula !== undefined ||
      isKept(field),
    dependentPicklist: field.controllingField !== undefined,
    deprecatedAndHidden: false,
    digits: field.type === 'int' ? (field.precision ?? 8) : 0,
    displayLocationInDecimal: false,
    encrypted: field.type === 'encryptedstring',
    externalId: field.externalId,
    extraTypeInfo: field.type === 'textarea' ? 'plaintextarea' : null,
    filterable: field.filterable,
    filteredLookupInfo: null,
    formulaTreatNullNumberAsZero: field.formula !== undefined && field.formulaTreatBlanksAs !== 'BlankAsBlank',
    groupable: orderable && !['double', 'currency', 'percent', 'datetime', 'time'].includes(field.type),
    highScaleNumber: false,
    htmlFormatted: false,
    idLookup: field.idLookup,
    inlineHelpText: field.inlineHelpText ?? null,
    label: field.label,
    length,
    mask: null,
    maskType: null,
    name: field.name,
    nameField: nameFieldOf(object) === field,
    namePointing: field.referenceTo.length > 1,
    nillable: field.nillable && !field.required,
    permissionable: isPermissionable(object, field),
    picklistValues: describePicklist(object, field),
    polymorphicForeignKey: field.referenceTo.length > 1,
    precision: field.type === 'int' ? 0 : (field.precision ?? 0),
    queryByDistance: false,
    referenceTargetField: null,
    referenceTo: field.referenceTo,
    relationshipName: field.relationshipName ?? null,
    relationshipOrder: isMaster(field) ? 0 : null,
    restrictedDelete: field.type === 'reference' && field.deleteConstraint === 'Restrict',
    restrictedPicklist: field.restricted ?? false,
    scale: field.scale ?? 0,
    searchPrefilterable: field.type === 'reference',
    soapType: soapTypes[field.type],
    sortable: orderable,
    type: field.type,
    unique: field.unique,
    updateable: field.updateable,
    writeRequiresMasterRead: false,
  };
}

function describeChild({ object, field, name }: ChildRelationship): Record<string, unknown> {
  return {
    cascadeDelete: field.deleteConstraint === 'Cascade',
    childSObject: object,
    deprecatedAndHidden: false,
    field: field.name,
    junctionIdListNames: [],
    junctionReferenceTo: [],
    relationshipName: name ?? null,
    restrictedDelete: field.deleteConstraint === 'Restrict',
  };
}

function describeActivities({ type, field, name }: ActivityList): Record<string, unknown> {
  return {
    cascadeDelete: true,
    childSObject: type,
    deprecatedAndHidden: false,
    field,
    junctionIdListNames: [],
    junctionReferenceTo: [],
    relationshipName: name,
    restrictedDelete: false,
  };
}

function urlsOf(base: string, layouts: boolean): Record<string, string> {
  return {
    sobject: base,
    describe: `${base}/describe`,
    rowTemplate: `${base}/{ID}`,
    ...(layouts ? { layouts: `${base}/describe/layouts`, compactLayouts: `${base}/describe/compactLayouts` } : {}),
  };
}

const isText = (type: FieldType) =>
  ['string', 'textarea', 'email', 'phone', 'url', 'picklist', 'multipicklist', 'combobox', 'encryptedstring'].includes(
    type,
  );

const soapTypes: Readonly<Record<FieldType, string>> = {
  id: 'tns:ID',
  reference: 'tns:ID',
  boolean: 'xsd:boolean',
  int: 'xsd:int',
  double: 'xsd:double',
  currency: 'xsd:double',
  percent: 'xsd:double',
  date: 'xsd:date',
  datetime: 'xsd:dateTime',
  time: 'xsd:time',
  base64: 'xsd:base64Binary',
  address: 'urn:address',
  location: 'urn:location',
  anyType: 'xsd:anyType',
  string: 'xsd:string',
  textarea: 'xsd:string',
  email: 'xsd:string',
  phone: 'xsd:string',
  url: 'xsd:string',
  picklist: 'xsd:string',
  multipicklist: 'xsd:string',
  combobox: 'xsd:string',
  encryptedstring: 'xsd:string',
};
