import type { FieldDefinition, ObjectDefinition } from '../../contract/index.ts';
import { choice, day, decimal, fieldMap, flag, integer, kept, readOnly, standardObject, text } from './shorthand.ts';
import { systemFields } from './system-fields.ts';

/** Currencies of a new org with multi-currency, and what one of the first, the corporate one, is worth in them. */
export const currencies: readonly (readonly [isoCode: string, rate: number, decimals: number])[] = [
  ['USD', 1, 2],
  ['EUR', 0.9, 2],
  ['GBP', 0.8, 2],
  ['JPY', 150, 0],
];

const codes = currencies.map(([code], index) => (index === 0 ? `${code}*` : code));

/** The field that every record has in an org with multi-currency. */
export const currencyField: FieldDefinition = choice('CurrencyIsoCode', 'Currency ISO Code', codes, {
  length: 3,
  restricted: true,
});

/** The objects of an org that was switched to multi-currency: those given, each with a currency, and the rates. */
export function withMultiCurrency(
  objects: readonly ObjectDefinition[],
  isSetup: (name: string) => boolean,
): readonly ObjectDefinition[] {
  const ofUser = choice('DefaultCurrencyIsoCode', 'Default Currency ISO Code', codes, { length: 3, restricted: true });
  const added = (name: string): readonly FieldDefinition[] => {
    if (name === 'User') return [currencyField, ofUser];
    return isSetup(name) ? [] : [currencyField];
  };
  const changed = objects.map((object) => ({
    ...object,
    fields: fieldMap([...object.fields.values(), ...added(object.name)]),
  }));
  return [...changed, ...rates];
}

const rates: readonly ObjectDefinition[] = [
  standardObject('CurrencyType', 'Currency Type', 'Currency Types', '01L', [
    ...systemFields({ deletable: false }),
    text('IsoCode', 'Currency ISO Code', 3, kept),
    decimal('ConversionRate', 'Conversion Rate', 18, 6, kept),
    integer('DecimalPlaces', 'Decimal Places', 1, kept),
    flag('IsActive', 'Active', readOnly),
    flag('IsCorporate', 'Corporate Currency', readOnly),
  ]),
  standardObject('DatedConversionRate', 'Dated Conversion Rate', 'Dated Conversion Rates', '04w', [
    ...systemFields({ deletable: false }),
    text('IsoCode', 'Currency ISO Code', 3, kept),
    day('StartDate', 'Start Date', kept),
    day('NextStartDate', 'Next Start Date', readOnly),
    decimal('ConversionRate', 'Conversion Rate', 18, 6, kept),
  ]),
];
