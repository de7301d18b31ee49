import { placeOf } from './path.ts';
import type { FieldMapping } from './types.ts';

/** What an admin should know of a mapping that can run. */
export interface MappingAdvice {
  /** The mapping it is about: `Email → email`. */
  readonly place: string;
  readonly advice: string;
}

/** What a source says about a field, as far as advice depends on it. */
export interface AdvisedField {
  readonly type: string;
  /** Its system computes it: it changes without a stamp of its record. */
  readonly computed?: boolean;
}

/**
 * What is told at mapping time, since it would surprise later: a computed field that changes alone is seen by the next
 * full read only (K-38); a field mapped anew is filled by a full read (K-38); an amount without its currency (K-35).
 * @param fields Of the source, by path, every own field included.
 * @param before Mappings of the version that runs; absent when none does.
 */
export function adviseMapping(
  mappings: readonly FieldMapping[],
  fields: ReadonlyMap<string, AdvisedField>,
  before: readonly FieldMapping[] | undefined,
): readonly MappingAdvice[] {
  const advice: MappingAdvice[] = [];
  const add = (mapping: FieldMapping, text: string): void =>
    void advice.push({ place: placeOf(mapping), advice: text });
  const carriesCurrency = mappings.some(({ source }) => source === 'CurrencyIsoCode');
  const ran = new Set(before?.map(({ source, target }) => `${source}\n${target}`));
  for (const mapping of mappings) {
    const { source, target } = mapping;
    const field = fields.get(source);
    if (field?.computed === true) {
      add(mapping, `${source} is computed: when it changes by itself, the next sweep or full read brings it along.`);
    }
    if (field?.type === 'currency' && fields.has('CurrencyIsoCode') && !carriesCurrency) {
      add(mapping, `${source} is an amount, and this org has several currencies: map CurrencyIsoCode beside it.`);
    }
    if (before && !ran.has(`${source}\n${target}`)) {
      add(mapping, `${target} is new: records that do not change get it by a full read, such as a backfill.`);
    }
  }
  return advice;
}
