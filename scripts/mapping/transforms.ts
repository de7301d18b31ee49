import type { Kind } from './kinds.ts';
import type { Cell, MappedValue } from './types.ts';

/** One of the closed list of transforms: what it takes, what it gives, and the function (absent result: not mappable). */
export interface Transform {
  readonly takes: readonly Kind[];
  readonly gives: Kind;
  /** What the value has to be, for the record's reason: "… is not <expected>". */
  readonly expected: string;
  readonly apply: (value: Exclude<Cell, null>) => MappedValue | undefined;
}

const anyKind: readonly Kind[] = ['text', 'number', 'boolean', 'date', 'datetime', 'list'];
const dateText = /^(\d{4})-(\d{2})-(\d{2})$/;
const datetimeText = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})$/;

function text(change: (value: string) => string): Transform {
  return {
    takes: ['text'],
    gives: 'text',
    expected: 'a text',
    apply: (value) => (typeof value === 'string' ? change(value) : undefined),
  };
}

/** A date is never a timestamp (K-32): it is passed on as the calendar day that it is. */
function toDate(value: Exclude<Cell, null>): string | undefined {
  const parts = typeof value === 'string' ? dateText.exec(value) : null;
  if (!parts) return undefined;
  const day = new Date(`${String(value)}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.getUTCDate() === Number(parts[3]) ? String(value) : undefined;
}

/** An instant, in UTC with milliseconds (K-33). */
function toDatetime(value: Exclude<Cell, null>): string | undefined {
  if (typeof value !== 'string' || !datetimeText.test(value)) return undefined;
  const instant = new Date(value.replace(/([+-]\d{2})(\d{2})$/, '$1:$2'));
  return Number.isNaN(instant.getTime()) ? undefined : instant.toISOString();
}

function toNumber(value: Exclude<Cell, null>): number | undefined {
  if (typeof value === 'boolean') return undefined;
  const number = typeof value === 'number' ? value : value.trim() === '' ? Number.NaN : Number(value);
  return Number.isFinite(number) ? number : undefined;
}

/** Half goes away from zero, as Salesforce and people round; by digits, since 1.005 is stored as a little less. */
function rounded(decimals: number): (value: Exclude<Cell, null>) => number | undefined {
  return (value) => {
    if (typeof value !== 'number' || !Number.isFinite(value)) return undefined;
    const size = Math.abs(value);
    // So large a number, or so small a one, is written with an exponent, and has no decimals that count.
    if (size >= 1e15) return value;
    if (size < 1e-6) return 0;
    const magnitude = Number(`${Math.round(Number(`${size}e${decimals}`))}e-${decimals}`);
    // There is no minus nought in JSON.
    return magnitude === 0 ? 0 : Math.sign(value) * magnitude;
  };
}

function toBoolean(value: Exclude<Cell, null>): boolean | undefined {
  if (typeof value === 'boolean') return value;
  if (typeof value !== 'string') return undefined;
  const word = value.toLowerCase();
  return word === 'true' ? true : word === 'false' ? false : undefined;
}

/** `A;B` → `['A', 'B']` (K-29). */
function toList(value: Exclude<Cell, null>): readonly string[] | undefined {
  return typeof value === 'string' ? value.split(';').filter((entry) => entry !== '') : undefined;
}

export const transforms = {
  trim: text((value) => value.trim()),
  lowercase: text((value) => value.toLowerCase()),
  uppercase: text((value) => value.toUpperCase()),
  date: { takes: ['text', 'date'], gives: 'date', expected: 'a date (YYYY-MM-DD)', apply: toDate },
  datetime: {
    takes: ['text', 'datetime'],
    gives: 'datetime',
    expected: 'a date and time with a zone',
    apply: toDatetime,
  },
  number: { takes: ['text', 'number'], gives: 'number', expected: 'a number', apply: toNumber },
  // Rounding is asked for by its name: a field of an org would do it in silence.
  whole: { takes: ['number'], gives: 'number', expected: 'a number', apply: rounded(0) },
  twoDecimals: { takes: ['number'], gives: 'number', expected: 'a number', apply: rounded(2) },
  boolean: { takes: ['text', 'boolean'], gives: 'boolean', expected: 'true or false', apply: toBoolean },
  text: { takes: anyKind, gives: 'text', expected: 'a text', apply: (value) => String(value) },
  splitMultiPicklist: { takes: ['text'], gives: 'list', expected: 'a list separated by semicolons', apply: toList },
} as const satisfies Readonly<Record<string, Transform>>;

type TransformName = keyof typeof transforms;

/** The transform of that name; absent for a name that is not one. */
export function transformNamed(name: string): Transform | undefined {
  return Object.hasOwn(transforms, name) ? transforms[name as TransformName] : undefined;
}
