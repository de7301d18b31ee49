import { read, type Entry, type Row, type Stored } from '../storage/index.ts';
import { classOf } from '../values/index.ts';
import type { FieldDefinition } from '../contract/index.ts';
import { currencyOfRow, ratesOf } from './currency.ts';
import type { Scope } from './scope.ts';

/** Writes a value as the user's locale has it; `row` is the record that it is of, for its currency. */
export type Format = (value: Stored, row: Row | undefined) => string | null;

/** The currency of an org without multi-currency. */
const usualCurrency = 'USD';

/** `FORMAT()` of a field. Throws `OrgError` INVALID_FIELD for a type that is not formatted. */
export function formatOf(scope: Scope, field: FieldDefinition, at: number): Format {
  const locale = localeOf(scope.user);
  const kind = classOf(field.type);
  if (field.type === 'currency') return currencyFormat(scope, locale);
  if (kind === 'number') {
    const format = new Intl.NumberFormat(locale, { maximumFractionDigits: field.scale ?? 10 });
    const suffix = field.type === 'percent' ? '%' : '';
    return (value) => (typeof value === 'number' ? format.format(value) + suffix : null);
  }
  if (kind === 'date') return timeFormat(locale, { ...day, timeZone: 'UTC' }, 86_400_000);
  if (kind === 'datetime') return timeFormat(locale, { ...day, ...hour, timeZone: scope.zone.name }, 1000);
  if (kind === 'time') return timeFormat(locale, { ...hour, timeZone: 'UTC' }, 1);
  throw scope.errors.invalidField(`field '${field.name}' cannot be used with the function FORMAT`, at);
}

const day = { year: 'numeric', month: 'numeric', day: 'numeric' } as const;
const hour = { hour: 'numeric', minute: '2-digit' } as const;

function localeOf(user: Entry): string {
  const column = user.table.column('LocaleSidKey');
  const locale = column === undefined || user.row === undefined ? null : read(user.row, column);
  return typeof locale === 'string' ? locale.replaceAll('_', '-') : 'en-US';
}

/** Newer Unicode data puts a narrow space before AM and PM. */
function timeFormat(locale: string, options: Intl.DateTimeFormatOptions, unit: number): Format {
  const format = new Intl.DateTimeFormat(locale, options);
  return (value) => (typeof value === 'number' ? format.format(value * unit).replaceAll('\u202F', ' ') : null);
}

/** With one currency by its sign (`$1,234.00`), with several by its code (`USD 1,234.00`). */
function currencyFormat(scope: Scope, locale: string): Format {
  const several = ratesOf(scope) !== undefined;
  return (value, row) => {
    if (typeof value !== 'number') return null;
    const currency = (row === undefined ? undefined : currencyOfRow(row)) ?? usualCurrency;
    if (several) {
      const digits = { minimumFractionDigits: 2, maximumFractionDigits: 2 };
      return `${currency} ${new Intl.NumberFormat(locale, digits).format(value)}`;
    }
    return new Intl.NumberFormat(locale, { style: 'currency', currency }).format(value);
  };
}
