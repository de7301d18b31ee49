import type { FieldType } from '../contract/index.ts';
import { Entry, type Stored } from '../storage/index.ts';
import { formatDate, formatDateTime, formatTime } from './dates.ts';

/** A kept value as REST shows it. */
export function toJson(type: FieldType, value: Stored): string | number | boolean | null {
  if (value === null || value === undefined) return null;
  if (value instanceof Entry) return value.id;
  if (typeof value === 'number') {
    if (type === 'datetime') return formatDateTime(value);
    if (type === 'date') return formatDate(value);
    if (type === 'time') return formatTime(value);
  }
  return value;
}

/** The parts of an address that its compound shows: name in the compound, and the end of the field's name. */
export const addressParts = [
  ['city', 'City'],
  ['country', 'Country'],
  ['geocodeAccuracy', 'GeocodeAccuracy'],
  ['latitude', 'Latitude'],
  ['longitude', 'Longitude'],
  ['postalCode', 'PostalCode'],
  ['state', 'State'],
  ['street', 'Street'],
] as const;
