/**
 * Dates and times as an org keeps and writes them: dates as days since 1970, datetimes as whole seconds since 1970
 * (UTC), times as milliseconds since midnight. Parsers answer `undefined` for what is none.
 */

const datePattern = /^(\d{4})-(\d{2})-(\d{2})$/;
const dateTimePattern = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d{1,9})?)?\s?(Z|z|[+-]\d{2}:?\d{2})?$/;
const timePattern = /^(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,3}))?)?Z?$/;

export const secondsPerDay = 86_400;

export function parseDate(text: string): number | undefined {
  const match = datePattern.exec(text);
  if (match === null) return undefined;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const milliseconds = Date.UTC(year, month - 1, day);
  const date = new Date(milliseconds);
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day || year < 1700) return undefined;
  return milliseconds / 86_400_000;
}

/** A datetime with its zone (none: UTC), or a date alone, which is its midnight in UTC. Parts of seconds are dropped. */
export function parseDateTime(text: string): number | undefined {
  const match = dateTimePattern.exec(text);
  if (match === null) {
    const days = parseDate(text);
    return days === undefined ? undefined : days * secondsPerDay;
  }
  const days = parseDate(match[1] ?? '');
  const [hours, minutes, seconds] = [Number(match[2]), Number(match[3]), Number(match[4] ?? 0)];
  if (days === undefined || hours > 23 || minutes > 59 || seconds > 59) return undefined;
  return days * secondsPerDay + hours * 3600 + minutes * 60 + seconds - offsetSeconds(match[5]);
}

export function parseTime(text: string): number | undefined {
  const match = timePattern.exec(text);
  if (match === null) return undefined;
  const [hours, minutes, seconds] = [Number(match[1]), Number(match[2]), Number(match[3] ?? 0)];
  if (hours > 23 || minutes > 59 || seconds > 59) return undefined;
  return ((hours * 60 + minutes) * 60 + seconds) * 1000 + Number((match[4] ?? '').padEnd(3, '0'));
}

/** `2026-01-31` */
export function formatDate(days: number): string {
  const known = dateTexts.get(days);
  if (known !== undefined) return known;
  const text = new Date(days * 86_400_000).toISOString().slice(0, 10);
  if (dateTexts.size > 100_000) dateTexts.clear();
  dateTexts.set(days, text);
  return text;
}

/** `2026-01-31T10:00:00.000+0000`, as REST writes it. */
export function formatDateTime(seconds: number): string {
  return `${withoutZone(seconds)}+0000`;
}

/** `2026-01-31T10:00:00.000Z`, as Bulk 2.0 writes it. */
export function formatDateTimeForBulk(seconds: number): string {
  return `${withoutZone(seconds)}Z`;
}

/** `10:00:00.000Z` */
export function formatTime(milliseconds: number): string {
  const seconds = Math.floor(milliseconds / 1000);
  return `${clockText(seconds)}.${String(milliseconds % 1000).padStart(3, '0')}Z`;
}

function withoutZone(seconds: number): string {
  const days = Math.floor(seconds / secondsPerDay);
  return `${formatDate(days)}T${clockText(seconds - days * secondsPerDay)}.000`;
}

function clockText(secondOfDay: number): string {
  const minutes = Math.floor(secondOfDay / 60);
  const hours = Math.floor(minutes / 60);
  return `${twoDigits[hours]}:${twoDigits[minutes % 60]}:${twoDigits[secondOfDay % 60]}`;
}

function offsetSeconds(zone: string | undefined): number {
  if (zone === undefined || zone === 'Z' || zone === 'z') return 0;
  const sign = zone.startsWith('-') ? -1 : 1;
  const digits = zone.replace(/\D/g, '');
  return sign * (Number(digits.slice(0, 2)) * 3600 + Number(digits.slice(2)) * 60);
}

const dateTexts = new Map<number, string>();
const twoDigits = Array.from({ length: 60 }, (_, number) => String(number).padStart(2, '0'));
