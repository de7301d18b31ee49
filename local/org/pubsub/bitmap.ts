import type { EventShape } from './avro-schema.ts';

/** A bitmap in hexadecimal: bit i, from the least significant, is the field at index i. */
export function toBitmap(indexes: readonly number[]): string {
  let bits = 0n;
  for (const index of indexes) bits |= 1n << BigInt(index);
  const digits = bits.toString(16).toUpperCase();
  return `0x${digits.length % 2 === 0 ? digits : `0${digits}`}`;
}

/** Where a field of the object is within the Avro record of its change event; index 0 is the header. */
export type FieldPlace = { readonly at: number; readonly part?: number };

/**
 * `changedFields` and `nulledFields` as the wire has them: `0x…` over the record's own fields, then `N-0x…` over the
 * parts of the compound field at index N. Source: Pub/Sub API guide, event deserialization.
 */
export function fieldBitmaps(names: readonly string[], places: ReadonlyMap<string, FieldPlace>): readonly string[] {
  const top: number[] = [];
  const nested = new Map<number, number[]>();
  for (const name of names) {
    const place = places.get(name);
    if (place === undefined) continue;
    if (place.part === undefined) top.push(place.at);
    else nested.set(place.at, [...(nested.get(place.at) ?? []), place.part]);
  }
  const bitmaps = top.length === 0 ? [] : [toBitmap(top)];
  for (const [at, parts] of [...nested].sort(([left], [right]) => left - right))
    bitmaps.push(`${at}-${toBitmap(parts)}`);
  return bitmaps;
}

/** The place of each field by its name in the object: the parts of `BillingAddress` are named `BillingCity` there. */
export function fieldPlaces(shape: EventShape): ReadonlyMap<string, FieldPlace> {
  const places = new Map<string, FieldPlace>();
  shape.fields.forEach((field, index) => {
    const at = shape.isChange ? index + 1 : index;
    if (!('parts' in field)) places.set(field.name, { at });
    else field.parts.forEach(({ objectField }, part) => places.set(objectField, { at, part }));
  });
  return places;
}
