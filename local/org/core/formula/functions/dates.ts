import { parseDate, parseDateTime, secondsPerDay } from '../../values/index.ts';
import { EvaluationError } from '../errors.ts';
import type { Moment } from '../values.ts';
import { insistCount, ofNumbers, parameter, type FunctionCompiler } from './call.ts';

const now: FunctionCompiler = (call) => {
  insistCount(call, 0);
  return { type: 'DateTime', at: call.at, evaluate: (moment) => moment.now };
};

const today: FunctionCompiler = (call) => {
  insistCount(call, 0);
  return { type: 'Date', at: call.at, evaluate: ({ now: seconds, ...moment }) => dayIn(zoneOf(moment), seconds) };
};

/** The user's own time zone decides which day it is. */
function zoneOf({ user, tables }: Pick<Moment, 'user' | 'tables'>): string {
  const column = tables.table('User').column('TimeZoneSidKey');
  const zone = column === undefined || column.slot < 0 ? null : user.row?.[column.slot];
  if (typeof zone !== 'string') throw new Error(`the user ${user.id} has no time zone`);
  return zone;
}

function dayIn(zone: string, seconds: number): number {
  if (zone === 'GMT') return Math.floor(seconds / secondsPerDay);
  // Swedish writes dates as 2026-01-31.
  const text = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short' }).format(seconds * 1000);
  const day = parseDate(text);
  if (day === undefined) throw new Error(`no day in the time zone ${zone}: ${text}`);
  return day;
}

const date: FunctionCompiler = (call) => {
  insistCount(call, 3);
  for (const index of call.parameters.keys()) parameter(call, index, 'Number');
  return ofNumbers(call, 'Date', (year = 0, month = 0, day = 0) => {
    const text = [String(year).padStart(4, '0'), ...[month, day].map((part) => String(part).padStart(2, '0'))].join(
      '-',
    );
    const days = parseDate(text);
    if (days === undefined) throw new EvaluationError(`DATE(${year}, ${month}, ${day}) is no date`);
    return days;
  });
};

/** The day of a datetime in GMT, as an org has it, or of a text `2026-01-31`. */
const dateValue: FunctionCompiler = (call) => {
  insistCount(call, 1);
  const part = parameter(call, 0, 'Text', 'DateTime', 'Date');
  return {
    type: 'Date',
    at: call.at,
    evaluate: (moment) => {
      const value = part.evaluate(moment);
      if (typeof value === 'number') return part.type === 'Date' ? value : Math.floor(value / secondsPerDay);
      return typeof value === 'string' && value !== '' ? read(value, parseDate, call.name) : null;
    },
  };
};

/** The datetime of a text `2026-01-31 10:00:00` in GMT. */
const dateTimeValue: FunctionCompiler = (call) => {
  insistCount(call, 1);
  const part = parameter(call, 0, 'Text', 'DateTime', 'Date');
  return {
    type: 'DateTime',
    at: call.at,
    evaluate: (moment) => {
      const value = part.evaluate(moment);
      if (typeof value === 'number') return part.type === 'Date' ? value * secondsPerDay : value;
      return typeof value === 'string' && value !== '' ? read(value, parseDateTime, call.name) : null;
    },
  };
};

function read(text: string, parse: (text: string) => number | undefined, name: string): number {
  const value = parse(text.trim());
  if (value === undefined) throw new EvaluationError(`${name}() cannot read "${text}"`);
  return value;
}

const partOfDate =
  (work: (date: Date) => number): FunctionCompiler =>
  (call) => {
    insistCount(call, 1);
    parameter(call, 0, 'Date');
    return ofNumbers(call, 'Number', (days = 0) => work(new Date(days * secondsPerDay * 1000)));
  };

export const dateFunctions: Readonly<Record<string, FunctionCompiler>> = {
  NOW: now,
  TODAY: today,
  DATE: date,
  DATEVALUE: dateValue,
  DATETIMEVALUE: dateTimeValue,
  YEAR: partOfDate((day) => day.getUTCFullYear()),
  MONTH: partOfDate((day) => day.getUTCMonth() + 1),
  DAY: partOfDate((day) => day.getUTCDate()),
};
