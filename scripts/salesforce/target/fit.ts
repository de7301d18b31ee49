import type { ReasonCode } from '../../engine/index.ts';
import type { OrgField, OrgObject } from '../describe.ts';
import type { Values } from './outgoing.ts';

/** Why a value does not fit its field. */
export interface Misfit {
  readonly reason: ReasonCode;
  readonly detail: string;
}

const texts = new Set(['string', 'textarea', 'email', 'phone', 'url', 'encryptedstring', 'combobox']);
const numbers = new Set(['int', 'double', 'currency', 'percent']);
const dateText = /^\d{4}-\d{2}-\d{2}$/;
const datetimeText = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})$/;
/** Sums of fractions are off by less, which nobody measured. */
const noise = 1e-12;

/**
 * Why a record's values would not arrive as they are: another type than the field's, a text longer than it, a number of
 * more digits than it keeps. An org rounds a number, and by a bulk job turns one into a text, without a word: so neither
 * leaves. No value is named.
 */
export function misfitOf(object: OrgObject, values: Values): Misfit | undefined {
  for (const [name, value] of Object.entries(values)) {
    const field = object.fields.get(name.toLowerCase());
    if (!field || value === null || typeof value === 'object') continue;
    const misfit = typeMisfit(field, value) ?? sizeMisfit(field, value);
    if (misfit) return misfit;
  }
  return undefined;
}

function typeMisfit({ name, type }: OrgField, value: string | number | boolean): Misfit | undefined {
  const wanted = wantedOf(type, value);
  if (wanted === undefined) return undefined;
  return { reason: 'rejected-type-mismatch', detail: `${name} takes ${wanted}, and would get a ${kindOf(value)}` };
}

/** What the type takes, where the value is something else. */
function wantedOf(type: string, value: string | number | boolean): string | undefined {
  if (texts.has(type)) return typeof value === 'string' ? undefined : 'a text';
  if (numbers.has(type)) return typeof value === 'number' ? undefined : 'a number';
  if (type === 'boolean') return typeof value === 'boolean' ? undefined : 'true or false';
  if (type === 'date') return typeof value === 'string' && dateText.test(value) ? undefined : 'a day (YYYY-MM-DD)';
  if (type === 'datetime') {
    return typeof value === 'string' && datetimeText.test(value) ? undefined : 'a date and time with a zone';
  }
  return undefined;
}

function kindOf(value: string | number | boolean): string {
  if (typeof value !== 'string') return typeof value;
  return dateText.test(value) ? 'day' : datetimeText.test(value) ? 'date and time' : 'text';
}

function sizeMisfit(
  { name, type, length, precision, scale }: OrgField,
  value: string | number | boolean,
): Misfit | undefined {
  const tooLarge = (detail: string): Misfit => ({ reason: 'value-not-allowed', detail });
  if (typeof value === 'string') {
    const isLong = texts.has(type) && length > 0 && value.length > length;
    return isLong ? tooLarge(`the text for ${name} has more than its ${length} characters`) : undefined;
  }
  if (typeof value !== 'number') return undefined;
  const size = Math.abs(value);
  if (Math.abs(Number(size.toFixed(scale)) - size) > noise * Math.max(1, size)) {
    const digits = scale === 0 ? 'whole numbers' : `${scale} decimals`;
    return tooLarge(
      `the number for ${name} has more decimals, and the field keeps ${digits}; have the mapping round it`,
    );
  }
  const places = precision - scale;
  const isWide = precision > 0 && size >= 10 ** places;
  return isWide
    ? tooLarge(`the number for ${name} has more than the ${places} digits that the field keeps`)
    : undefined;
}
