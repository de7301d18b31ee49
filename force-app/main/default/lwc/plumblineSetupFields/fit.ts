import type { FieldInfo, MappingDraft } from 'plumbline/setup';
import type { SystemField } from 'plumbline/answers';

type Kind = 'text' | 'number' | 'boolean' | 'date' | 'datetime' | 'list';

const kinds: Readonly<Record<string, Kind>> = {
  boolean: 'boolean',
  checkbox: 'boolean',
  currency: 'number',
  date: 'date',
  datetime: 'datetime',
  double: 'number',
  integer: 'number',
  list: 'list',
  long: 'number',
  number: 'number',
  percent: 'number',
};

/** What a transform gives; absent: what its source is. */
const given: Readonly<Record<string, Kind>> = {
  boolean: 'boolean',
  date: 'date',
  datetime: 'datetime',
  lowercase: 'text',
  number: 'number',
  splitMultiPicklist: 'list',
  text: 'text',
  trim: 'text',
  twoDecimals: 'number',
  uppercase: 'text',
  whole: 'number',
};

/** The transforms that a mapping may name. */
export const transformNames: readonly string[] = Object.keys(given);

/** False when a value of the source, transformed, is of another kind than the target holds. Unknown kinds fit. */
export function fits(
  mapping: MappingDraft,
  source: Pick<FieldInfo, 'type'> | undefined,
  target: SystemField | undefined,
): boolean {
  if (!source || !target) return true;
  const wanted = kinds[target.type.toLowerCase()] ?? (target.type.toLowerCase() === 'text' ? 'text' : undefined);
  if (wanted === undefined) return true;
  const own = kinds[source.type.toLowerCase()] ?? 'text';
  const kind = mapping.transform ? (given[mapping.transform] ?? own) : own;
  return kind === wanted;
}
