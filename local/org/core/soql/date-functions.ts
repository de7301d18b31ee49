const dateOf = (days: number) => new Date(days * 86_400_000);
const dayOfYear = (days: number) => days - Date.UTC(dateOf(days).getUTCFullYear(), 0, 1) / 86_400_000 + 1;

/** Functions of a day, in days since 1970; the fiscal year begins in January. `HOUR_IN_DAY` is of hours since 1970. */
export const dateFunctions: Readonly<Record<string, (days: number) => number>> = {
  DAY_ONLY: (days) => days,
  CALENDAR_YEAR: (days) => dateOf(days).getUTCFullYear(),
  CALENDAR_QUARTER: (days) => Math.floor(dateOf(days).getUTCMonth() / 3) + 1,
  CALENDAR_MONTH: (days) => dateOf(days).getUTCMonth() + 1,
  FISCAL_YEAR: (days) => dateOf(days).getUTCFullYear(),
  FISCAL_QUARTER: (days) => Math.floor(dateOf(days).getUTCMonth() / 3) + 1,
  FISCAL_MONTH: (days) => dateOf(days).getUTCMonth() + 1,
  DAY_IN_MONTH: (days) => dateOf(days).getUTCDate(),
  DAY_IN_WEEK: (days) => dateOf(days).getUTCDay() + 1,
  DAY_IN_YEAR: dayOfYear,
  WEEK_IN_MONTH: (days) => Math.floor((dateOf(days).getUTCDate() - 1) / 7) + 1,
  WEEK_IN_YEAR: (days) => Math.floor((dayOfYear(days) - 1) / 7) + 1,
  HOUR_IN_DAY: (hours) => ((hours % 24) + 24) % 24,
};
