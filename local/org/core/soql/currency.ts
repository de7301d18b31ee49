import { entryOf, read, type Entry, type Row, type Stored } from '../storage/index.ts';
import type { Access, Scope } from './scope.ts';

/** Currency codes of the org with their rates: units of the currency for one of the corporate currency. */
type Rates = ReadonlyMap<string, number>;

/** The rates of an org with multi-currency; `undefined` in one without. */
export function ratesOf({ database }: Pick<Scope, 'database'>): Rates | undefined {
  if (database.schema.object('CurrencyType') === undefined) return undefined;
  const table = database.table('CurrencyType');
  const [code, rate] = [table.column('IsoCode'), table.column('ConversionRate')];
  if (code === undefined || rate === undefined) return undefined;
  const rates = new Map<string, number>();
  for (const { row } of table.entries) {
    if (row !== undefined) rates.set(String(read(row, code)), Number(read(row, rate)));
  }
  return rates.size === 0 ? undefined : rates;
}

/** The currency that a user sees amounts in; `undefined` in an org without multi-currency. */
function currencyOfUser(user: Entry): string | undefined {
  const { row } = user;
  if (row === undefined) return undefined;
  for (const name of ['DefaultCurrencyIsoCode', 'CurrencyIsoCode']) {
    const column = user.table.column(name);
    const code = column === undefined ? null : read(row, column);
    if (typeof code === 'string') return code;
  }
  return undefined;
}

/** The currency of a record; `undefined` for one without. */
export function currencyOfRow(row: Row): string | undefined {
  const column = entryOf(row).table.column('CurrencyIsoCode');
  const code = column === undefined ? null : read(row, column);
  return typeof code === 'string' ? code : undefined;
}

/**
 * `convertCurrency()`: the amount, in the record that has it, in the user's currency by today's rates. Throws `OrgError`
 * for what is no amount of money, and in an org without multi-currency.
 */
export function convertedCurrency(
  scope: Scope,
  { field, own }: Pick<Access, 'field' | 'own'>,
  at: number,
): (row: Row) => Stored {
  if (field.type !== 'currency') {
    throw scope.errors.invalidField(`field '${field.name}' cannot be used with the function convertCurrency`, at);
  }
  const wanted = currencyOfUser(scope.user);
  if (ratesOf(scope) === undefined || wanted === undefined) {
    throw scope.errors.malformed('convertCurrency is only supported in orgs with multiple currencies', at);
  }
  return (row) => {
    const amount = own(row);
    const rates = ratesOf(scope);
    const [from, to] = [rates?.get(currencyOfRow(row) ?? ''), rates?.get(wanted)];
    return typeof amount !== 'number' || from === undefined || to === undefined ? amount : (amount / from) * to;
  };
}
