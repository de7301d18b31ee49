import type { FieldDefinition } from '../contract/index.ts';
import type { Database } from '../database.ts';
import { normaliseId } from '../ids/index.ts';
import { MASTER_RECORD_TYPE } from '../schema/index.ts';
import { isDeleted, type Stored } from '../storage/index.ts';
import { parseDate, parseDateTime, parseTime } from '../values/index.ts';
import { convertedLead, isConvertedLead } from './converted-lead.ts';
import { asText, entityIsDeleted, invalidCrossReference, malformedId, Problem } from './problem.ts';

/** Turns a value as JSON or CSV brings it into one as it is kept, or says what is wrong with it. */
export type Converter = (value: unknown) => Stored | Problem;

/** The converter of a field. Null and blank text become null, whatever the type. */
export function converterOf(field: FieldDefinition, database: Database): Converter {
  const convert = converterOfType(field, database);
  return (value) => (value === null || value === undefined || value === '' ? null : convert(value));
}

function converterOfType(field: FieldDefinition, database: Database): Converter {
  switch (field.type) {
    case 'boolean':
      return booleanConverter(field);
    case 'int':
    case 'double':
    case 'currency':
    case 'percent':
      return numberConverter(field);
    case 'date':
      return (value) => fromText(field, value, (text) => parseDate(text) ?? dateOfDateTime(text));
    case 'datetime':
      return (value) => fromText(field, value, parseDateTime);
    case 'time':
      return (value) => fromText(field, value, parseTime);
    case 'reference':
      return referenceConverter(field, database);
    case 'picklist':
      return picklistConverter(field);
    case 'multipicklist':
      return multipicklistConverter(field);
    case 'id':
    case 'address':
    case 'location':
    case 'anyType':
      return () =>
        new Problem('INVALID_FIELD_FOR_INSERT_UPDATE', `Unable to create/update fields: ${field.name}.`, [field.name]);
    default:
      return textConverter(field);
  }
}

function textConverter(field: FieldDefinition): Converter {
  const length = field.length ?? Infinity;
  const trims = field.type !== 'textarea';
  const isEmail = field.type === 'email';
  return (value) => {
    if (typeof value !== 'string' && typeof value !== 'number') return wrongType(field, value);
    const given = typeof value === 'number' ? String(value) : value;
    const text = trims ? given.trim() : given;
    if (text === '') return null;
    if (text.length > length) return tooLong(field, text, length);
    if (isEmail && !emailPattern.test(text)) {
      return new Problem('INVALID_EMAIL_ADDRESS', `${field.label}: invalid email address: ${text}`, [field.name]);
    }
    return text;
  };
}

function booleanConverter(field: FieldDefinition): Converter {
  return (value) => {
    if (typeof value === 'boolean') return value;
    if (value === 1 || value === 0) return value === 1;
    if (typeof value !== 'string') return wrongType(field, value);
    const text = value.trim().toLowerCase();
    if (text === 'true' || text === '1') return true;
    if (text === 'false' || text === '0') return false;
    return wrongType(field, value);
  };
}

function numberConverter(field: FieldDefinition): Converter {
  const scale = field.type === 'int' ? 0 : (field.scale ?? 0);
  const limit = field.type === 'int' ? 10 ** (field.precision ?? 9) : 10 ** ((field.precision ?? 18) - scale);
  const factor = 10 ** scale;
  return (value) => {
    const number = typeof value === 'string' && numberPattern.test(value.trim()) ? Number(value) : value;
    if (typeof number !== 'number' || !Number.isFinite(number)) return wrongType(field, value);
    if (field.type === 'int' && !Number.isInteger(number)) return wrongType(field, value);
    const rounded = Math.abs(number) < Number.MAX_SAFE_INTEGER / factor ? round(number, scale) : number;
    if (Math.abs(rounded) >= limit) {
      return new Problem(
        'NUMBER_OUTSIDE_VALID_RANGE',
        `${field.label}: value outside of valid range on numeric field: ${number}`,
        [field.name],
      );
    }
    return rounded;
  };
}

/** Rounds half away from zero, as decimals do: 1.005 to two places is 1.01. */
function round(number: number, scale: number): number {
  const written = String(Math.abs(number));
  if (written.includes('e')) return Number(number.toFixed(scale));
  return Math.sign(number) * Number(`${Math.round(Number(`${written}e${scale}`))}e-${scale}`) || 0;
}

function picklistConverter(field: FieldDefinition): Converter {
  const known = valuesByLowerCase(field);
  const length = field.length ?? 255;
  return (value) => {
    if (typeof value !== 'string' && typeof value !== 'number') return wrongType(field, value);
    const text = String(value).trim();
    if (text === '') return null;
    const found = known.get(text.toLowerCase());
    if (found !== undefined) return found;
    if (field.restricted) return badPicklist(field, text);
    return text.length > length ? tooLong(field, text, length) : text;
  };
}

function multipicklistConverter(field: FieldDefinition): Converter {
  const known = valuesByLowerCase(field);
  const order = [...known.values()];
  return (value) => {
    if (typeof value !== 'string') return wrongType(field, value);
    const chosen = new Set<string>();
    for (const part of value.split(';')) {
      const text = part.trim();
      if (text === '') continue;
      const found = known.get(text.toLowerCase());
      if (found === undefined && field.restricted) return badPicklist(field, text);
      chosen.add(found ?? text);
    }
    const sorted = [
      ...order.filter((item) => chosen.has(item)),
      ...[...chosen].filter((item) => !order.includes(item)),
    ];
    return sorted.length === 0 ? null : sorted.join(';');
  };
}

function referenceConverter(field: FieldDefinition, database: Database): Converter {
  return (value) => {
    if (typeof value !== 'string') return wrongType(field, value);
    const id = normaliseId(value.trim());
    if (id === undefined) return malformedId(value, field.label, [field.name]);
    if (id === MASTER_RECORD_TYPE && field.name === 'RecordTypeId') return null;
    const definition = database.schema.objectOfPrefix(id.slice(0, 3));
    if (definition === undefined || !field.referenceTo.includes(definition.name)) {
      return new Problem('FIELD_INTEGRITY_EXCEPTION', `${field.label}: id value of incorrect type: ${value}`, [
        field.name,
      ]);
    }
    const entry = database.find(id);
    if (entry?.row === undefined) return invalidCrossReference([field.name]);
    if (isDeleted(entry.row)) return entityIsDeleted();
    return isConvertedLead(entry) ? convertedLead([field.name]) : entry;
  };
}

function valuesByLowerCase(field: FieldDefinition): ReadonlyMap<string, string> {
  const values = (field.picklistValues ?? []).filter((value) => value.active);
  return new Map(values.map(({ value }) => [value.toLowerCase(), value]));
}

function fromText(
  field: FieldDefinition,
  value: unknown,
  parse: (text: string) => number | undefined,
): Stored | Problem {
  return (typeof value === 'string' ? parse(value.trim()) : undefined) ?? wrongType(field, value);
}

function dateOfDateTime(text: string): number | undefined {
  return parseDateTime(text) === undefined ? undefined : parseDate(text.slice(0, 10));
}

function wrongType(field: FieldDefinition, value: unknown): Problem {
  return new Problem(
    'INVALID_TYPE_ON_FIELD_IN_RECORD',
    `${field.label}: value not of required type: ${asText(value)}`,
    [field.name],
  );
}

function tooLong(field: FieldDefinition, text: string, length: number): Problem {
  const message = `${field.label}: data value too large: ${text.slice(0, 255)} (max length=${length})`;
  return new Problem('STRING_TOO_LONG', message, [field.name]);
}

/** The problem of a value that a restricted picklist does not have. */
export function badPicklist(field: FieldDefinition, text: string): Problem {
  if (field.name === 'CurrencyIsoCode') {
    return new Problem('INVALID_CURRENCY_ISO', `${field.label}: invalid currency ISO code: ${text}`, [field.name]);
  }
  const message = `${field.label}: bad value for restricted picklist field: ${text}`;
  return new Problem('INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST', message, [field.name]);
}

const numberPattern = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;
const emailPattern =
  /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)+$/;
