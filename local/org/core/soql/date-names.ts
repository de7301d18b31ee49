/** A span of days, [from, to), in days since 1970. */
export interface DaySpan {
  readonly from: number;
  readonly to: number;
}

/**
 * The days that a date literal stands for (`TODAY`, `LAST_N_DAYS:7`, `THIS_FISCAL_QUARTER` …) on a day; weeks begin on
 * Sunday, the fiscal year in January. `undefined` for what is none.
 */
export function spanOf(literal: string, today: number): DaySpan | undefined {
  const [name = '', count] = literal.replaceAll('FISCAL_', '').split(':');
  if (name === 'TODAY') return { from: today, to: today + 1 };
  if (name === 'YESTERDAY') return { from: today - 1, to: today };
  if (name === 'TOMORROW') return { from: today + 1, to: today + 2 };
  if (name === 'LAST_90_DAYS') return { from: today - 90, to: today + 1 };
  if (name === 'NEXT_90_DAYS') return { from: today + 1, to: today + 91 };
  return count === undefined ? nearSpan(name, today) : countedSpan(name, Number(count), today);
}

function nearSpan(name: string, today: number): DaySpan | undefined {
  const match = /^(LAST|THIS|NEXT)_(WEEK|MONTH|QUARTER|YEAR)$/.exec(name);
  const start = match === null ? undefined : starts[match[2] ?? ''];
  if (match === null || start === undefined) return undefined;
  const shift = match[1] === 'LAST' ? -1 : match[1] === 'NEXT' ? 1 : 0;
  return { from: start(today, shift), to: start(today, shift + 1) };
}

function countedSpan(name: string, count: number, today: number): DaySpan | undefined {
  const ago = /^N_(DAY|WEEK|MONTH|QUARTER|YEAR)S_AGO$/.exec(name);
  const start = starts[(ago ?? /^(?:LAST|NEXT)_N_(DAY|WEEK|MONTH|QUARTER|YEAR)S$/.exec(name))?.[1] ?? ''];
  if (start === undefined) return undefined;
  if (ago !== null) return { from: start(today, -count), to: start(today, 1 - count) };
  if (name === 'LAST_N_DAYS') return { from: today - count, to: today + 1 };
  if (name.startsWith('LAST')) return { from: start(today, -count), to: start(today, 0) };
  return { from: start(today, 1), to: start(today, count + 1) };
}

/** The first day of the period that is `shift` periods from the one of `today`. */
const starts: Readonly<Record<string, (today: number, shift: number) => number>> = {
  DAY: (today, shift) => today + shift,
  WEEK: (today, shift) => today - new Date(today * 86_400_000).getUTCDay() + 7 * shift,
  MONTH: (today, shift) => firstOfMonth(today, 1, shift),
  QUARTER: (today, shift) => firstOfMonth(today, 3, shift),
  YEAR: (today, shift) => firstOfMonth(today, 12, shift),
};

function firstOfMonth(today: number, months: number, shift: number): number {
  const date = new Date(today * 86_400_000);
  const month = Math.floor(date.getUTCMonth() / months) * months + shift * months;
  return Date.UTC(date.getUTCFullYear(), month, 1) / 86_400_000;
}
