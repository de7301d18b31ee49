/** The fields of a schedule: seconds, minutes, hours, days, months, weekdays (1 is Sunday), years. */
const BOUNDS = [
  [0, 59],
  [0, 59],
  [0, 23],
  [1, 31],
  [1, 12],
  [1, 7],
  [1970, 2099],
] as const;

const NAMES: Readonly<Record<string, number>> = {
  JAN: 1,
  FEB: 2,
  MAR: 3,
  APR: 4,
  MAY: 5,
  JUN: 6,
  JUL: 7,
  AUG: 8,
  SEP: 9,
  OCT: 10,
  NOV: 11,
  DEC: 12,
  SUN: 1,
  MON: 2,
  TUE: 3,
  WED: 4,
  THU: 5,
  FRI: 6,
  SAT: 7,
};

type Allowed = ReadonlySet<number> | undefined;

export interface Cron {
  readonly text: string;
  readonly fields: readonly Allowed[];
}

/** Reads a schedule of `System.schedule`; undefined when it is none (Apex Reference, "System.schedule"). */
export function parseCron(text: string): Cron | undefined {
  const parts = text.trim().split(/\s+/);
  if (parts.length < 6 || parts.length > 7) return undefined;
  const fields: Allowed[] = [];
  for (const [at, bounds] of BOUNDS.entries()) {
    const part = parts[at] ?? '*';
    const allowed = part === '*' || part === '?' ? undefined : valuesOf(part.toUpperCase(), bounds);
    if (allowed?.size === 0) return undefined;
    fields.push(allowed);
  }
  // A schedule runs once an hour at most.
  return fields[0]?.size === 1 && fields[1]?.size === 1 ? { text, fields } : undefined;
}

function valuesOf(part: string, [low, high]: readonly [number, number]): ReadonlySet<number> {
  const values = new Set<number>();
  for (const item of part.split(',')) {
    const match = /^(\w+|\*)(?:-(\w+))?(?:\/(\d+))?$/.exec(item);
    if (match === null) return new Set();
    const [, first = '', last, step] = match;
    const from = first === '*' ? low : (NAMES[first] ?? Number(first));
    const to = last === undefined ? (step === undefined && first !== '*' ? from : high) : (NAMES[last] ?? Number(last));
    if (!(from >= low && to <= high && from <= to)) return new Set();
    for (let value = from; value <= to; value += Number(step ?? 1)) values.add(value);
  }
  return values;
}

const MOST_DAYS = 366 * 5;

/** The first moment after `now` that a schedule names, in milliseconds since 1970, UTC; undefined when there is none in five years. */
export function nextRun({ fields }: Cron, now: number): number | undefined {
  const [seconds, minutes, hours, days, months, weekdays, years] = fields;
  const fits = (allowed: Allowed, value: number) => allowed === undefined || allowed.has(value);
  const start = new Date(now);
  for (let ahead = 0; ahead <= MOST_DAYS; ahead++) {
    const day = new Date(Date.UTC(start.getUTCFullYear(), start.getUTCMonth(), start.getUTCDate() + ahead));
    const isDay =
      fits(days, day.getUTCDate()) &&
      fits(months, day.getUTCMonth() + 1) &&
      fits(weekdays, day.getUTCDay() + 1) &&
      fits(years, day.getUTCFullYear());
    if (!isDay) continue;
    for (let hour = 0; hour < 24; hour++) {
      if (!fits(hours, hour)) continue;
      const at =
        day.getTime() + ((hour * 60 + Number([...(minutes ?? [0])][0])) * 60 + Number([...(seconds ?? [0])][0])) * 1000;
      if (at > now) return at;
    }
  }
  return undefined;
}
