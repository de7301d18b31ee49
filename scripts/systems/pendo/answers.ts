import { z } from 'zod';
import type { Delivery } from '../../engine/index.ts';
import type { Outgoing } from './outgoing.ts';

/** Counts always come; both lists may be absent or null when they are empty (Engage API, bulk set values). */
const answer = z.looseObject({
  failed: z.int().min(0),
  missing: z.array(z.string()).nullish(),
  /** What an entry looks like is not published: words, or an object that names the record. */
  errors: z.array(z.unknown()).nullish(),
});

const delivered: Delivery = { kind: 'delivered' };
/** P-33: what Pendo does not know is left alone, and none is made. */
const unknown: Delivery = { kind: 'rejected', reason: 'create-not-allowed', detail: '' };

/**
 * What became of each record of a bulk call; `undefined` for a record of which Pendo says only that some failed. Absent
 * altogether when the body is not the answer of a bulk call.
 */
export function readAnswer(
  body: unknown,
  records: readonly Outgoing[],
  group: string,
): readonly (Delivery | undefined)[] | undefined {
  const parsed = answer.safeParse(body);
  if (!parsed.success) return undefined;
  const { failed, missing, errors } = parsed.data;
  const deliveries: (Delivery | undefined)[] = records.map(() => delivered);
  if (failed === 0) return deliveries;
  const places = new Map(records.map(({ id }, place) => [id, place]));
  const named = new Set<number>();
  const settle = (place: number | undefined, delivery: Delivery): void => {
    if (place === undefined) return;
    named.add(place);
    deliveries[place] = delivery;
  };
  for (const id of missing ?? []) settle(places.get(id), unknown);
  for (const error of errors ?? []) {
    const words = wordsOf(error);
    for (const word of words) {
      const place = places.get(word);
      const record = place === undefined ? undefined : records[place];
      if (record) settle(place, refusalOf(record, group, words));
    }
  }
  return named.size >= failed
    ? deliveries
    : deliveries.map((delivery, place) => (named.has(place) ? delivery : undefined));
}

/** Why one record was refused: the fields that Pendo's words name; the words themselves may quote a value. */
export function refusalOf({ groups }: Outgoing, group: string, words: ReadonlySet<string>): Delivery {
  const small = new Set([...words].map((word) => word.toLowerCase()));
  const fields = Object.keys(groups.get(group) ?? {}).filter((name) => small.has(name.toLowerCase()));
  const paths = fields.map((name) => `${group}.${name}`).join(', ');
  const typed = ['type', 'integer', 'number', 'boolean', 'date', 'parse'].some((word) => small.has(word));
  if (typed && paths !== '') return { kind: 'rejected', reason: 'rejected-type-mismatch', detail: paths };
  const detail = paths === '' ? 'Pendo refused this record and names no field.' : `Pendo refused ${paths}.`;
  return { kind: 'rejected', reason: 'rejected-by-target', detail };
}

/** The words of an error of any shape, and its texts as a whole: IDs may have blanks in them. */
export function wordsOf(error: unknown): ReadonlySet<string> {
  const words = new Set<string>();
  for (const text of textsOf(error)) {
    words.add(text);
    for (const word of text.match(/[^\s"'`,;:()[\]{}]+/g) ?? []) {
      words.add(word);
      // The last word of a sentence, and a path's parts.
      words.add(word.replace(/\.$/, ''));
      for (const part of word.split('.')) if (part !== '') words.add(part);
    }
  }
  return words;
}

function textsOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsOf) : [];
}
