import type {
  FieldDefinition,
  ObjectDefinition,
  PicklistValue,
  RecordTypeDefinition,
  SchemaChange,
  ValidationRule,
} from '../contract/index.ts';
import { OrgError } from '../contract/index.ts';
import { checkField, checkObjectName, checkReferences } from './check.ts';
import { applyDuplicates } from './apply-duplicates.ts';
import { applySharing } from './apply-sharing.ts';
import { checkSummaries } from './check-summary.ts';
import { checkRecordType } from './check-record-type.ts';
import type { SchemaState } from './registry.ts';
import { SchemaState as State } from './registry.ts';
import { isMaster } from './master.ts';
import {
  currencyField,
  customMetadataFields,
  customSettingFields,
  eventFields,
  fieldMap,
  mirrorContactFields,
  recordTypeField,
  systemFields,
  text,
} from './standard/index.ts';

/**
 * The schema after `change`. Adds what the platform adds to custom objects: system fields, a name, a key prefix, names
 * of relationships. Throws `OrgError` for the first thing that is wrong; the state given is never changed.
 */
export function applyChange(state: SchemaState, change: SchemaChange): SchemaState {
  const definitions = new Map(state.definitions);
  const prefixes = new Set([...definitions.values()].map((definition) => definition.keyPrefix));
  const touched = new Set<string>();

  for (const { object, model } of change.sharing ?? []) {
    const definition = existing(definitions, object);
    definitions.set(definition.name.toLowerCase(), { ...definition, sharingModel: model });
  }
  for (const { object, rule } of change.removedRules ?? []) {
    const definition = existing(definitions, object);
    if (!definition.validationRules?.has(rule)) throw missing(`No validation rule '${rule}' on ${object} to remove`);
    replaceRules(definitions, definition, (rules) => rules.delete(rule));
  }
  for (const { object, field } of change.removedFields) {
    const definition = existing(definitions, object);
    const found = state.field(definition, field);
    if (found === undefined) throw missing(`No field '${field}' on ${definition.name} to remove`);
    if (!found.custom) throw missing(`${definition.name}.${found.name} is a standard field and cannot be removed`);
    replaceFields(
      definitions,
      definition,
      [...definition.fields.values()].filter((item) => item !== found),
    );
  }
  for (const name of change.removedObjects) {
    const definition = existing(definitions, name);
    if (definition.kind === 'standard') throw missing(`${definition.name} is a standard object and cannot be removed`);
    definitions.delete(definition.name.toLowerCase());
  }
  for (const object of change.objects) {
    const key = object.name.toLowerCase();
    const before = definitions.get(key);
    if (before?.kind === 'standard') throw missing(`${object.name} is a standard object: change its fields`);
    checkObjectName(object);
    const keyPrefix = before?.keyPrefix ?? nextPrefix(object.kind, prefixes);
    prefixes.add(keyPrefix);
    definitions.set(key, completeObject(object, keyPrefix, before, definitions.has('currencytype')));
    touched.add(key);
  }
  for (const { object, field } of change.fields) {
    const definition = existing(definitions, object);
    const kept = [...definition.fields.values()].filter((item) => item.name.toLowerCase() !== field.name.toLowerCase());
    replaceFields(definitions, definition, [...kept, completeField(field)]);
    touched.add(definition.name.toLowerCase());
  }
  for (const { object, field, values } of change.picklists ?? []) {
    replacePicklist(definitions, existing(definitions, object), field, values);
  }
  for (const { object, recordType } of change.recordTypes ?? []) {
    const definition = existing(definitions, object);
    checkRecordType(definition, recordType);
    addRecordType(definitions, definition, recordType);
  }
  applyDuplicates(definitions, change);
  applySharing(definitions, change);
  for (const { object, rule } of change.rules ?? []) {
    replaceRules(definitions, existing(definitions, object), (rules) => rules.set(rule.name, rule));
  }
  for (const key of touched) {
    const definition = definitions.get(key);
    if (definition === undefined) continue;
    for (const field of definition.fields.values())
      if (field.custom && field.contactField === undefined) checkField(definition, field);
  }
  if (definitions.get('contact') !== state.definitions.get('contact')) mirrorContactFields(definitions);
  checkReferences(definitions);
  checkSummaries(definitions);
  return new State(definitions, state.revision + 1);
}

function completeObject(
  object: ObjectDefinition,
  keyPrefix: string,
  before: ObjectDefinition | undefined,
  multiCurrency: boolean,
): ObjectDefinition {
  const given = [...object.fields.values()].map(completeField);
  const names = new Set(given.map((field) => field.name.toLowerCase()));
  const currency = multiCurrency && object.kind === 'custom' ? [currencyField] : [];
  const own = [...platformFields(object, given), ...currency];
  const added = own.filter((field) => !names.has(field.name.toLowerCase()));
  for (const field of added) names.add(field.name.toLowerCase());
  const earlier = [...(before?.fields.values() ?? [])].filter((field) => !names.has(field.name.toLowerCase()));
  const validationRules = new Map([...(before?.validationRules ?? []), ...(object.validationRules ?? [])]);
  const recordTypes = new Map([...(before?.recordTypes ?? []), ...(object.recordTypes ?? [])]);
  const fields = fieldMap([...added, ...given, ...earlier]);
  const { matchingRules = new Map(), duplicateRules = new Map(), sharingRules = new Map() } = before ?? {};
  return { matchingRules, duplicateRules, sharingRules, ...object, keyPrefix, fields, validationRules, recordTypes };
}

function platformFields(object: ObjectDefinition, given: readonly FieldDefinition[]): FieldDefinition[] {
  if (object.kind === 'event') return eventFields();
  if (object.kind === 'customSetting') return customSettingFields();
  return object.kind === 'customMetadata' ? customMetadataFields() : customFields(given);
}

function customFields(given: readonly FieldDefinition[]): FieldDefinition[] {
  const hasMaster = given.some(isMaster);
  const system = systemFields({ deletable: true, ...(hasMaster ? {} : { owner: 'userOrGroup' }) });
  const [id, ...rest] = system;
  const name = text('Name', 'Name', 80, { idLookup: true });
  return id === undefined ? [name, ...rest] : [id, name, ...rest];
}

function completeField(field: FieldDefinition): FieldDefinition {
  if (field.name === 'Name' && field.autoNumber !== undefined) {
    return { ...field, createable: false, updateable: false, nillable: false, idLookup: true };
  }
  const idLookup = field.idLookup || field.externalId;
  if (field.type !== 'reference' || !field.custom) return { ...field, idLookup };
  return {
    ...field,
    idLookup,
    length: 18,
    relationshipName: field.relationshipName ?? field.name.replace(/__c$/, '__r'),
    deleteConstraint: field.deleteConstraint ?? 'SetNull',
  };
}

function nextPrefix(kind: ObjectDefinition['kind'], taken: ReadonlySet<string>): string {
  const letter = kind === 'event' ? 'e' : kind === 'customMetadata' ? 'm' : 'a';
  const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
  for (const second of digits) {
    for (const third of digits) {
      const prefix = letter + second + third;
      if (!taken.has(prefix)) return prefix;
    }
  }
  throw new OrgError(400, 'LIMIT_EXCEEDED', 'reached maximum number of custom objects');
}

function existing(definitions: ReadonlyMap<string, ObjectDefinition>, name: string): ObjectDefinition {
  const definition = definitions.get(name.toLowerCase());
  if (definition === undefined) throw missing(`no CustomObject named ${name} found`);
  return definition;
}

function replaceFields(
  definitions: Map<string, ObjectDefinition>,
  definition: ObjectDefinition,
  fields: readonly FieldDefinition[],
): void {
  definitions.set(definition.name.toLowerCase(), { ...definition, fields: fieldMap(fields) });
}

function replaceRules(
  definitions: Map<string, ObjectDefinition>,
  definition: ObjectDefinition,
  change: (rules: Map<string, ValidationRule>) => unknown,
): void {
  const validationRules = new Map(definition.validationRules);
  change(validationRules);
  definitions.set(definition.name.toLowerCase(), { ...definition, validationRules });
}

function replacePicklist(
  definitions: Map<string, ObjectDefinition>,
  definition: ObjectDefinition,
  name: string,
  picklistValues: readonly PicklistValue[],
): void {
  const field = definition.fields.get(name);
  if (field?.picklistValues === undefined) throw missing(`${definition.name}.${name} is no picklist`);
  const { defaultValue: _, ...kept } = field;
  const usual = picklistValues.find(({ defaultValue }) => defaultValue)?.value;
  const replaced = { ...kept, picklistValues, ...(usual === undefined ? {} : { defaultValue: usual }) };
  const fields = [...definition.fields.values()].map((item) => (item === field ? replaced : item));
  replaceFields(definitions, definition, fields);
}

/** An object has the field `RecordTypeId` from its first record type on. */
function addRecordType(
  definitions: Map<string, ObjectDefinition>,
  definition: ObjectDefinition,
  recordType: RecordTypeDefinition,
): void {
  const recordTypes = new Map(definition.recordTypes).set(recordType.name, recordType);
  const fields = definition.fields.has('RecordTypeId')
    ? definition.fields
    : fieldMap([...definition.fields.values(), recordTypeField]);
  definitions.set(definition.name.toLowerCase(), { ...definition, fields, recordTypes });
}

const missing = (message: string) => new OrgError(400, 'INVALID_CROSS_REFERENCE_KEY', message);
