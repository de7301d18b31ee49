import type { FieldDefinition, QueryValue } from '../core/index.ts';

/** Users of the local org have the locale en_US and the time zone GMT. */
const LOCALE = 'en-US';
const TIME_ZONE = 'UTC';

const dateTime = new Intl.DateTimeFormat(LOCALE, {
  timeZone: TIME_ZONE,
  dateStyle: 'short',
  timeStyle: 'short',
});
const date = new Intl.DateTimeFormat(LOCALE, { timeZone: TIME_ZONE, dateStyle: 'short' });

function picklistLabel(field: FieldDefinition, value: string): string {
  const labelOf = (one: string): string => field.picklistValues?.find((known) => known.value === one)?.label ?? one;
  return value.split(';').map(labelOf).join('; ');
}

/**
 * The `displayValue` of a field: what a page shows in place of the value, null where the value itself is shown
 * (User Interface API Developer Guide, "Field Value").
 */
export function displayValue(field: FieldDefinition, value: QueryValue): string | null {
  if (typeof value === 'number') {
    const digits = { minimumFractionDigits: field.scale ?? 0, maximumFractionDigits: field.scale ?? 0 };
    if (field.type === 'currency')
      return value.toLocaleString(LOCALE, { style: 'currency', currency: 'USD', ...digits });
    if (field.type === 'percent') return `${value.toLocaleString(LOCALE, digits)}%`;
    return value.toLocaleString(LOCALE, digits);
  }
  if (typeof value !== 'string') return null;
  switch (field.type) {
    case 'datetime':
      return dateTime.format(new Date(value));
    case 'date':
      return date.format(new Date(value));
    case 'picklist':
    case 'multipicklist':
      return picklistLabel(field, value);
    default:
      return null;
  }
}
