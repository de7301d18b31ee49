import type { FieldDescription, FieldRules } from '../../engine/index.ts';

/** P-27: what a Salesforce type is in Pendo. A type that is not here is refused (P-28). */
const typeMap: Readonly<Record<string, string>> = {
  int: 'integer',
  string: 'string',
  boolean: 'boolean',
  date: 'date',
  datetime: 'time',
  double: 'float',
  combobox: 'string',
  currency: 'float',
  email: 'string',
  id: 'string',
  multipicklist: 'string',
  percent: 'float',
  phone: 'string',
  picklist: 'string',
  url: 'string',
  number: 'integer',
};

/** The type that a Salesforce field has in Pendo; undefined for one that Pendo does not take. */
export function pendoType({ type, scale }: Pick<FieldDescription, 'type' | 'scale'>): string | undefined {
  // P-X3: Salesforce describes every Number field as double; one without decimals holds whole numbers.
  return type === 'double' && scale === 0 ? 'integer' : typeMap[type];
}

/** Which fields of Salesforce may be pulled into Pendo, and into which of its fields. */
export const fieldRules: FieldRules = {
  refusal(object, field) {
    const { path, label } = field;
    const name = path.slice(path.lastIndexOf('.') + 1);
    if (/^pendo/i.test(name)) return reserved(label, name);
    if (field.type === 'reference') return `${label} is ${referenceOf(object, field)}, which Pendo does not take.`;
    if (field.type === 'address' || field.type === 'location') {
      return `${label} is an ${field.type}, which Pendo does not take; map its parts, such as ${partsOf(path)}.`;
    }
    if (field.computed === true) return `${label} is a formula or is computed otherwise, which Pendo does not take.`;
    if (pendoType(field) === undefined) return `${label} is of the type ${field.type}, which Pendo does not take.`;
    return undefined;
  },
  mismatch(from, to) {
    const type = pendoType(from);
    if (type === undefined || type === to.type) return undefined;
    // Every whole number is a number.
    if (type === 'integer' && to.type === 'float') return undefined;
    return `${from.path} is a ${type} for Pendo, and its field ${to.path} takes a ${to.type}`;
  },
};

/** P-25, P-X1: what begins with Pendo is kept for what comes from Pendo, else both directions would feed each other. */
function reserved(label: string, name: string): string {
  const own = /^Pendo_/.test(name) ? '' : ', though only Pendo_ fields can be written from Pendo';
  return `${label} (${name}) begins with Pendo, which is kept for values that come from Pendo${own}.`;
}

function referenceOf(object: string, { path, references, nillable }: FieldDescription): string {
  if (path === 'RecordTypeId') return 'a record type';
  if (references?.length === 1 && references[0] === object) return 'a hierarchy';
  return nillable ? 'a lookup' : 'a lookup or master-detail';
}

function partsOf(path: string): string {
  const base = path.replace(/(Address|__c)$/, '');
  return `${base}Street and ${base}City`;
}
