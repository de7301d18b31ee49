import { throwApex } from '../runtime/throw.ts';
import type { Thread } from '../runtime/thread.ts';
import { addMonths, DatetimeValue, DateValue, TimeValue, type Value } from '../values/index.ts';
import { formatDatetime } from './date-format.ts';
import { define } from './define.ts';

const DAY = 86_400_000;

/** Now, on the org's clock. */
export const now = (thread: Thread): DatetimeValue => new DatetimeValue(thread.host.org.clock.now());
export const today = (thread: Thread): DateValue => new DateValue(Math.floor(thread.host.org.clock.now() / DAY));

function parsedDate(thread: Thread, text: string): DateValue {
  const match = /^(\d{4})-(\d{1,2})-(\d{1,2})(?: .*)?$/.exec(text.trim());
  const date = match === null ? undefined : DateValue.of(Number(match[1]), Number(match[2]), Number(match[3]));
  const exact = date !== undefined && date.date.getUTCDate() === Number(match?.[3]);
  return exact ? date : throwApex(thread, 'TypeException', `Invalid date: ${text}`);
}

function parsedDatetime(thread: Thread, text: string): DatetimeValue {
  const match = /^(\d{4})-(\d{1,2})-(\d{1,2}) (\d{1,2}):(\d{2}):(\d{2})$/.exec(text.trim());
  if (match === null) return throwApex(thread, 'TypeException', `Invalid date/time: ${text}`);
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = match.slice(1).map(Number);
  return new DatetimeValue(Date.UTC(year, month - 1, day, hour, minute, second));
}

define('Date', {
  statics: {
    'Date newInstance(Integer, Integer, Integer)': (_thread: Thread, year: number, month: number, day: number) =>
      DateValue.of(year, month, day),
    'Date today()': today,
    'Date valueOf(String)': parsedDate,
    'Date valueOf(Datetime)': (_thread: Thread, moment: DatetimeValue) =>
      new DateValue(Math.floor(moment.milliseconds / DAY)),
    'Integer daysInMonth(Integer, Integer)': (_thread: Thread, year: number, month: number) =>
      new Date(Date.UTC(year, month, 0)).getUTCDate(),
    'Boolean isLeapYear(Integer)': (_thread: Thread, year: number) =>
      new Date(Date.UTC(year, 2, 0)).getUTCDate() === 29,
  },
  methods: {
    'Date addDays(Integer)': (_thread: Thread, date: DateValue, days: number) => new DateValue(date.days + days),
    'Date addMonths(Integer)': (_thread: Thread, date: DateValue, months: number) =>
      new DateValue(addMonths(date.date, months) / DAY),
    'Date addYears(Integer)': (_thread: Thread, date: DateValue, years: number) =>
      new DateValue(addMonths(date.date, 12 * years) / DAY),
    'Integer day()': (_thread: Thread, date: DateValue) => date.date.getUTCDate(),
    'Integer month()': (_thread: Thread, date: DateValue) => date.date.getUTCMonth() + 1,
    'Integer year()': (_thread: Thread, date: DateValue) => date.date.getUTCFullYear(),
    'Integer dayOfYear()': (_thread: Thread, date: DateValue) =>
      date.days - DateValue.of(date.date.getUTCFullYear(), 1, 1).days + 1,
    'Integer daysBetween(Date)': (_thread: Thread, date: DateValue, other: DateValue) => other.days - date.days,
    'Integer monthsBetween(Date)': (_thread: Thread, date: DateValue, other: DateValue) =>
      (other.date.getUTCFullYear() - date.date.getUTCFullYear()) * 12 +
      other.date.getUTCMonth() -
      date.date.getUTCMonth(),
    'Boolean isSameDay(Date)': (_thread: Thread, date: DateValue, other: DateValue) => date.days === other.days,
    'Date toStartOfMonth()': (_thread: Thread, date: DateValue) =>
      DateValue.of(date.date.getUTCFullYear(), date.date.getUTCMonth() + 1, 1),
    'Date toStartOfWeek()': (_thread: Thread, date: DateValue) => new DateValue(date.days - date.date.getUTCDay()),
    'String format()': (_thread: Thread, date: DateValue) => formatDatetime(date.date, 'M/d/yyyy'),
    'String toString()': (_thread: Thread, date: DateValue) => date.toString(),
  },
});

const moved = (by: number) => (_thread: Thread, moment: DatetimeValue, count: number) =>
  new DatetimeValue(moment.milliseconds + count * by);
const part = (read: (date: Date) => number) => (_thread: Thread, moment: DatetimeValue) => read(moment.date);
const make = (_thread: Thread, year: number, month: number, day: number, hour = 0, minute = 0, second = 0) =>
  new DatetimeValue(Date.UTC(year, month - 1, day, hour, minute, second));
const combine = (_thread: Thread, date: DateValue, time: TimeValue) =>
  new DatetimeValue(date.days * DAY + time.milliseconds);
const dateOf = (_thread: Thread, moment: DatetimeValue) => new DateValue(Math.floor(moment.milliseconds / DAY));
const timeOf = (_thread: Thread, moment: DatetimeValue) => new TimeValue(((moment.milliseconds % DAY) + DAY) % DAY);

define('Datetime', {
  statics: {
    'Datetime now()': now,
    'Datetime newInstance(Long)': (_thread: Thread, milliseconds: bigint) => new DatetimeValue(Number(milliseconds)),
    'Datetime newInstance(Date, Time)': combine,
    'Datetime newInstance(Integer, Integer, Integer)': make,
    'Datetime newInstance(Integer, Integer, Integer, Integer, Integer, Integer)': make,
    'Datetime newInstanceGmt(Date, Time)': combine,
    'Datetime newInstanceGmt(Integer, Integer, Integer)': make,
    'Datetime newInstanceGmt(Integer, Integer, Integer, Integer, Integer, Integer)': make,
    'Datetime valueOf(Object)': (thread: Thread, value: Value) => {
      if (value instanceof DatetimeValue) return value;
      return parsedDatetime(thread, typeof value === 'string' ? value : '');
    },
    'Datetime valueOfGmt(String)': parsedDatetime,
  },
  methods: {
    'Datetime addDays(Integer)': moved(DAY),
    'Datetime addHours(Integer)': moved(3_600_000),
    'Datetime addMinutes(Integer)': moved(60_000),
    'Datetime addSeconds(Integer)': moved(1_000),
    'Datetime addMonths(Integer)': (_thread: Thread, moment: DatetimeValue, months: number) =>
      new DatetimeValue(addMonths(moment.date, months)),
    'Datetime addYears(Integer)': (_thread: Thread, moment: DatetimeValue, years: number) =>
      new DatetimeValue(addMonths(moment.date, 12 * years)),
    'Date date()': dateOf,
    'Date dateGmt()': dateOf,
    'Time time()': timeOf,
    'Time timeGmt()': timeOf,
    'Integer day()': part((date) => date.getUTCDate()),
    'Integer dayGmt()': part((date) => date.getUTCDate()),
    'Integer hour()': part((date) => date.getUTCHours()),
    'Integer hourGmt()': part((date) => date.getUTCHours()),
    'Integer minute()': part((date) => date.getUTCMinutes()),
    'Integer minuteGmt()': part((date) => date.getUTCMinutes()),
    'Integer second()': part((date) => date.getUTCSeconds()),
    'Integer millisecond()': part((date) => date.getUTCMilliseconds()),
    'Integer month()': part((date) => date.getUTCMonth() + 1),
    'Integer monthGmt()': part((date) => date.getUTCMonth() + 1),
    'Integer year()': part((date) => date.getUTCFullYear()),
    'Integer yearGmt()': part((date) => date.getUTCFullYear()),
    'Long getTime()': (_thread: Thread, moment: DatetimeValue) => BigInt(moment.milliseconds),
    'Boolean isSameDay(Datetime)': (thread: Thread, moment: DatetimeValue, other: DatetimeValue) =>
      dateOf(thread, moment).days === dateOf(thread, other).days,
    'String format()': (_thread: Thread, moment: DatetimeValue) => formatDatetime(moment.date, 'M/d/yyyy, h:mm a'),
    'String format(String)': (_thread: Thread, moment: DatetimeValue, pattern: string) =>
      formatDatetime(moment.date, pattern),
    'String formatGmt(String)': (_thread: Thread, moment: DatetimeValue, pattern: string) =>
      formatDatetime(moment.date, pattern),
    'String format(String, String)': (thread: Thread, moment: DatetimeValue, pattern: string, zone: string) =>
      /^(utc|gmt)$/i.test(zone)
        ? formatDatetime(moment.date, pattern)
        : throwApex(thread, 'InvalidParameterValueException', `unsupported time zone ${zone} in the local org`),
    'String toString()': (_thread: Thread, moment: DatetimeValue) => moment.toString(),
  },
});

define('Time', {
  statics: {
    'Time newInstance(Integer, Integer, Integer, Integer)': (
      _thread: Thread,
      hour: number,
      minute: number,
      second: number,
      millisecond: number,
    ) => new TimeValue(((hour * 60 + minute) * 60 + second) * 1000 + millisecond),
  },
  methods: {
    'Integer hour()': (_thread: Thread, time: TimeValue) => Math.floor(time.milliseconds / 3_600_000),
    'Integer minute()': (_thread: Thread, time: TimeValue) => Math.floor(time.milliseconds / 60_000) % 60,
    'Integer second()': (_thread: Thread, time: TimeValue) => Math.floor(time.milliseconds / 1_000) % 60,
    'Time addHours(Integer)': (_thread: Thread, time: TimeValue, hours: number) =>
      new TimeValue((time.milliseconds + hours * 3_600_000) % DAY),
    'Time addMinutes(Integer)': (_thread: Thread, time: TimeValue, minutes: number) =>
      new TimeValue((time.milliseconds + minutes * 60_000) % DAY),
  },
});
