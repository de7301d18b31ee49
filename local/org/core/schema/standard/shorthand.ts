import type { FieldDefinition, FieldType, ObjectDefinition, PicklistValue } from '../../contract/index.ts';

/** Short ways to write down the fields of standard objects. */
type Options = Partial<Omit<FieldDefinition, 'name' | 'label' | 'type'>>;

export function field(type: FieldType, name: string, label: string, options: Options = {}): FieldDefinition {
  const required = options.required ?? false;
  return {
    name,
    label,
    type,
    custom: false,
    required,
    unique: false,
    caseSensitive: false,
    externalId: false,
    idLookup: false,
    createable: true,
    updateable: true,
    nillable: !required && type !== 'boolean',
    filterable: type !== 'base64' && type !== 'address' && type !== 'location' && !isLong(type, options.length),
    referenceTo: [],
    calculated: false,
    ...(type === 'boolean' ? { defaultValue: false } : {}),
    ...options,
  };
}

export const text = (name: string, label: string, length: number, options: Options = {}) =>
  field('string', name, label, { length, ...options });
export const area = (name: string, label: string, length: number, options: Options = {}) =>
  field('textarea', name, label, { length, ...options });
export const email = (name: string, label: string, options: Options = {}) =>
  field('email', name, label, { length: 80, idLookup: true, ...options });
export const phone = (name: string, label: string, options: Options = {}) =>
  field('phone', name, label, { length: 40, ...options });
export const url = (name: string, label: string, options: Options = {}) =>
  field('url', name, label, { length: 255, ...options });
export const flag = (name: string, label: string, options: Options = {}) => field('boolean', name, label, options);
export const day = (name: string, label: string, options: Options = {}) => field('date', name, label, options);
export const moment = (name: string, label: string, options: Options = {}) => field('datetime', name, label, options);
export const integer = (name: string, label: string, precision: number, options: Options = {}) =>
  field('int', name, label, { precision, scale: 0, ...options });
export const decimal = (name: string, label: string, precision: number, scale: number, options: Options = {}) =>
  field('double', name, label, { precision, scale, ...options });
export const currency = (name: string, label: string, options: Options = {}) =>
  field('currency', name, label, { precision: 18, scale: 0, ...options });
export const percent = (name: string, label: string, precision: number, scale: number, options: Options = {}) =>
  field('percent', name, label, { precision, scale, ...options });

/** A picklist whose values are `values`, the one that ends in `*` being the default; `meanings` of those that have one. */
export function choice(
  name: string,
  label: string,
  values: readonly string[],
  options: Options = {},
  meanings: Readonly<Record<string, NonNullable<PicklistValue['means']>>> = {},
): FieldDefinition {
  const picklistValues = values.map(picklistValue).map((made) => {
    const means = meanings[made.value];
    return means === undefined ? made : { ...made, means };
  });
  const defaultValue = picklistValues.find((value) => value.defaultValue)?.value;
  return field('picklist', name, label, {
    length: 255,
    picklistValues,
    ...(defaultValue === undefined ? {} : { defaultValue }),
    ...options,
  });
}

export function reference(
  name: string,
  label: string,
  to: string | readonly string[],
  childRelationshipName?: string,
  options: Options = {},
): FieldDefinition {
  return field('reference', name, label, {
    length: 18,
    referenceTo: typeof to === 'string' ? [to] : to,
    relationshipName: name.replace(/Id$/, ''),
    deleteConstraint: 'SetNull',
    ...(childRelationshipName === undefined ? {} : { childRelationshipName }),
    ...options,
  });
}

export const readOnly = { createable: false, updateable: false } as const;
/** What the platform alone writes, and always does. */
export const kept = { ...readOnly, nillable: false } as const;
export const required = { required: true, nillable: false } as const;

/** The parts of an address and the compound that shows them: `prefix` is `Billing`, `Mailing` or empty. */
export function address(prefix: string, label: string): FieldDefinition[] {
  const compoundFieldName = `${prefix}Address`;
  const part = { compoundFieldName };
  const title = (word: string) => `${label === '' ? '' : `${label} `}${word}`;
  return [
    area(`${prefix}Street`, title('Street'), 255, { ...part, filterable: true }),
    text(`${prefix}City`, title('City'), 40, part),
    text(`${prefix}State`, title('State/Province'), 80, part),
    text(`${prefix}PostalCode`, title('Zip/Postal Code'), 20, part),
    text(`${prefix}Country`, title('Country'), 80, part),
    decimal(`${prefix}Latitude`, title('Latitude'), 18, 15, part),
    decimal(`${prefix}Longitude`, title('Longitude'), 18, 15, part),
    choice(`${prefix}GeocodeAccuracy`, title('Geocode Accuracy'), geocodeAccuracies, {
      length: 40,
      ...part,
      restricted: true,
    }),
    field('address', compoundFieldName, title('Address'), readOnly),
  ];
}

export function standardObject(
  name: string,
  label: string,
  labelPlural: string,
  keyPrefix: string,
  fields: readonly FieldDefinition[],
): ObjectDefinition {
  return { name, label, labelPlural, keyPrefix, kind: 'standard', fields: fieldMap(fields) };
}

export function fieldMap(fields: readonly FieldDefinition[]): ReadonlyMap<string, FieldDefinition> {
  return new Map(fields.map((item) => [item.name, item]));
}

function picklistValue(written: string): PicklistValue {
  const defaultValue = written.endsWith('*');
  const value = defaultValue ? written.slice(0, -1) : written;
  return { value, label: value, active: true, defaultValue };
}

function isLong(type: FieldType, length: number | undefined): boolean {
  return type === 'textarea' && (length ?? 0) > 255;
}

const geocodeAccuracies = [
  'Address',
  'NearAddress',
  'Block',
  'Street',
  'ExtendedZip',
  'Zip',
  'Neighborhood',
  'City',
  'County',
  'State',
  'Unknown',
];
