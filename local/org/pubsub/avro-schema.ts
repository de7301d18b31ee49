import type { FieldDefinition, FieldType, ObjectDefinition } from '../core/index.ts';
import { changeEventName } from './topics.ts';

export type AvroPrimitive = 'string' | 'boolean' | 'int' | 'double' | 'long';

/** One field of an event's Avro record, in its order; a compound one has parts. */
export interface EventField {
  readonly name: string;
  readonly type: AvroPrimitive;
  readonly source: FieldType;
}

export interface CompoundPart extends EventField {
  /** Its name as a field of the object. */
  readonly objectField: string;
}

export interface CompoundField {
  readonly name: string;
  readonly parts: readonly CompoundPart[];
}

export interface EventShape {
  /** The name of the Avro record. */
  readonly name: string;
  readonly isChange: boolean;
  readonly fields: readonly (EventField | CompoundField)[];
}

/** Never part of a change event: the ID is in the header, the others are kept by the platform for itself. */
const left = new Set([
  'Id',
  'IsDeleted',
  'SystemModstamp',
  'LastViewedDate',
  'LastReferencedDate',
  'LastActivityDate',
  'PhotoUrl',
]);

/** The parts of a person's name. */
const personName = new Set(['Salutation', 'FirstName', 'MiddleName', 'LastName', 'Suffix']);

/** What every platform event brings, before its own fields. */
const eventFields: readonly EventField[] = [
  { name: 'CreatedDate', type: 'long', source: 'datetime' },
  { name: 'CreatedById', type: 'string', source: 'reference' },
  { name: 'EventUuid', type: 'string', source: 'string' },
];

function primitiveOf(type: FieldType): AvroPrimitive {
  switch (type) {
    case 'boolean':
      return 'boolean';
    case 'int':
      return 'int';
    case 'double':
    case 'currency':
    case 'percent':
      return 'double';
    case 'date':
    case 'datetime':
    case 'time':
      return 'long';
    default:
      return 'string';
  }
}

function eventField({ name, type }: FieldDefinition): EventField {
  return { name, type: primitiveOf(type), source: type };
}

/** The fields of an object's change event: names and addresses are compound, formulas never appear. */
export function changeShape(definition: ObjectDefinition): EventShape {
  // An account's name is its own field, even where it may be a person's.
  const hasPersonName =
    ['FirstName', 'LastName'].every((name) => definition.fields.has(name)) &&
    definition.fields.get('Name')?.createable === false;
  const compoundOf = ({ name, compoundFieldName }: FieldDefinition): string | undefined => {
    if (hasPersonName && personName.has(name)) return 'Name';
    return compoundFieldName === name ? undefined : compoundFieldName;
  };
  const all = [...definition.fields.values()];
  const fields: (EventField | CompoundField)[] = [];
  for (const field of all) {
    const parts = all.filter((each) => compoundOf(each) === field.name);
    if (parts.length > 0) fields.push({ name: field.name, parts: parts.map((part) => partOf(field.name, part)) });
    else if (compoundOf(field) === undefined && isTold(field)) fields.push(eventField(field));
  }
  return { name: changeEventName(definition.name), isChange: true, fields };
}

function isTold(field: FieldDefinition): boolean {
  const compound = field.type === 'address' || field.type === 'location' || field.type === 'base64';
  return !left.has(field.name) && !compound && !(field.calculated && field.autoNumber === undefined);
}

/** `BillingCity` is `City` within `BillingAddress`; the parts of a name keep theirs. */
function partOf(compound: string, field: FieldDefinition): CompoundPart {
  const prefix = compound.endsWith('Address') ? compound.slice(0, -'Address'.length) : '';
  const name = prefix !== '' && field.name.startsWith(prefix) ? field.name.slice(prefix.length) : field.name;
  return { ...eventField(field), name, objectField: field.name };
}

export function platformEventShape(definition: ObjectDefinition): EventShape {
  const own = [...definition.fields.values()].filter(({ custom }) => custom).map(eventField);
  return { name: definition.name, isChange: false, fields: [...eventFields, ...own] };
}

const names = { type: 'array', items: 'string' };
const changeTypes = ['CREATE', 'UPDATE', 'DELETE', 'UNDELETE'];
const symbols = [...changeTypes, ...changeTypes.map((type) => `GAP_${type}`), 'GAP_OVERFLOW', 'SNAPSHOT'];

const header = {
  name: 'ChangeEventHeader',
  type: {
    type: 'record',
    name: 'ChangeEventHeader',
    fields: [
      { name: 'entityName', type: 'string' },
      { name: 'recordIds', type: names },
      { name: 'changeType', type: { type: 'enum', name: 'ChangeType', symbols } },
      { name: 'changeOrigin', type: 'string' },
      { name: 'transactionKey', type: 'string' },
      { name: 'sequenceNumber', type: 'int' },
      { name: 'commitTimestamp', type: 'long' },
      { name: 'commitNumber', type: 'long' },
      { name: 'commitUser', type: 'string' },
      { name: 'nulledFields', type: names },
      { name: 'diffFields', type: names },
      { name: 'changedFields', type: names },
    ],
  },
};

/** The Avro schema of an event, as `GetSchema` tells it. */
export function avroSchema({ name, isChange, fields }: EventShape): Record<string, unknown> {
  const own = fields.map((field) => {
    if (!('parts' in field))
      return isChange ? optional(field.name, field.type) : (required(field) ?? optional(field.name, field.type));
    const parts = field.parts.map((part) => optional(part.name, part.type));
    return optional(field.name, { type: 'record', name: `${name}_${field.name}`, fields: parts });
  });
  return { name, namespace: 'com.sforce.eventbus', type: 'record', fields: isChange ? [header, ...own] : own };
}

function required({ name, type }: EventField): Record<string, unknown> | undefined {
  return name === 'CreatedDate' || name === 'CreatedById' ? { name, type } : undefined;
}

function optional(name: string, type: unknown): Record<string, unknown> {
  return { name, type: ['null', type], default: null };
}
