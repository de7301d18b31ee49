import LOCALE from '@salesforce/i18n/locale';
import TIME_ZONE from '@salesforce/i18n/timeZone';

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;

const numbers = new Intl.NumberFormat(LOCALE);
const relative = new Intl.RelativeTimeFormat(LOCALE, { numeric: 'auto' });
const instants = new Intl.DateTimeFormat(LOCALE, { dateStyle: 'medium', timeStyle: 'medium', timeZone: TIME_ZONE });
const days = new Intl.DateTimeFormat(LOCALE, { day: 'numeric', month: 'short', timeZone: 'UTC' });

/** A label with its places `{0}`, `{1}` … filled. */
export function fill(text: string, ...values: readonly (string | number)[]): string {
  return text.replaceAll(/\{(\d+)\}/g, (place, index: string) => {
    const value = values[Number(index)];
    if (value === undefined) return place;
    return typeof value === 'number' ? count(value) : value;
  });
}

/** A number as the reader writes it. */
export function count(value: number): string {
  return numbers.format(value);
}

/** How long before or after `now` a time is: "5 minutes ago". Times are ISO 8601 or milliseconds since 1970. */
export function ago(time: string | number, now: number): string {
  const seconds = Math.round((instantOf(time) - now) / 1000);
  const size = Math.abs(seconds);
  if (size < minute) return relative.format(seconds, 'second');
  if (size < hour) return relative.format(Math.round(seconds / minute), 'minute');
  if (size < day) return relative.format(Math.round(seconds / hour), 'hour');
  return relative.format(Math.round(seconds / day), 'day');
}

/** The time to the second, in the reader's time zone. */
export function exact(time: string | number): string {
  return instants.format(instantOf(time));
}

/** A day `YYYY-MM-DD`, short. */
export function shortDay(isoDay: string): string {
  return days.format(Date.parse(`${isoDay}T00:00:00Z`));
}

/** A length of time in its greatest fitting unit, rounded up: "3 minutes". */
export function duration(seconds: number): string {
  if (seconds < minute) return inUnit(Math.ceil(seconds), 'second');
  if (seconds < hour) return inUnit(Math.ceil(seconds / minute), 'minute');
  if (seconds < 2 * day) return inUnit(Math.ceil(seconds / hour), 'hour');
  return inUnit(Math.ceil(seconds / day), 'day');
}

/** A value of a field as text; `empty` stands for none. */
export function valueText(value: unknown, empty: string): string {
  if (value === undefined || value === null || value === '') return empty;
  if (typeof value === 'string') return value;
  return typeof value === 'number' ? count(value) : JSON.stringify(value);
}

function instantOf(time: string | number): number {
  return typeof time === 'number' ? time : Date.parse(time);
}

function inUnit(value: number, unit: string): string {
  return new Intl.NumberFormat(LOCALE, { style: 'unit', unit, unitDisplay: 'long' }).format(value);
}
