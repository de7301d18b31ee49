import { z } from 'zod';
import type { Delivery, ReasonCode, TargetRecord } from '../../engine/index.ts';

const names = z.array(z.string()).default([]);
const buckets = z.object({
  invalidEmails: names,
  invalidUserIds: names,
  notFoundEmails: names,
  notFoundUserIds: names,
  invalidDataEmails: names,
  invalidDataUserIds: names,
  conflictEmails: names,
  conflictUserIds: names,
  forgottenEmails: names,
  forgottenUserIds: names,
});
const result = z.object({
  successCount: z.int(),
  failCount: z.int(),
  /** Mirrors of `failedUpdates`, from before there was one. */
  invalidEmails: names,
  invalidUserIds: names,
  failedUpdates: buckets.optional(),
});

const delivered: Delivery = { kind: 'delivered' };

/** Reasons and words by the name of a bucket without its ending. */
const meanings: Readonly<Record<string, { readonly reason: ReasonCode; readonly detail: string }>> = {
  invalid: { reason: 'rejected-invalid-key', detail: 'Iterable does not take this key.' },
  notFound: { reason: 'rejected-not-found', detail: 'Iterable knows no user of this key.' },
  invalidData: { reason: 'rejected-type-mismatch', detail: 'A field has another type in the Iterable project.' },
  conflict: { reason: 'rejected-conflict', detail: 'Email and user ID belong to two users in Iterable.' },
  forgotten: { reason: 'rejected-forgotten', detail: 'Iterable was told to forget this user.' },
};

/**
 * The delivery of each record of a bulk update that was taken; `undefined` for a record of which Iterable says only
 * that some record failed. Absent altogether when the body is not the result of a bulk update.
 */
export function readBuckets(
  body: unknown,
  records: readonly TargetRecord[],
): readonly (Delivery | undefined)[] | undefined {
  const parsed = result.safeParse(body);
  if (!parsed.success) return undefined;
  const { failCount, failedUpdates, invalidEmails, invalidUserIds } = parsed.data;
  const failed = failedUpdates ?? { invalidEmails, invalidUserIds };
  const named = Object.entries(failed).flatMap(([bucket, keys]) =>
    keys.map((key) => ({ key, meaning: meanings[bucket.replace(/(Emails|UserIds)$/, '')] })),
  );
  const deliveries: (Delivery | undefined)[] = records.map(() => delivered);
  if (failCount === 0 && named.length === 0) return deliveries;
  const places = placesOf(records);
  const culprits = new Set<number>();
  for (const { key, meaning } of named) {
    const place = places.get(key.trim().toLowerCase());
    if (place === undefined || !meaning) continue;
    culprits.add(place);
    deliveries[place] = { kind: 'rejected', ...meaning };
  }
  if (culprits.size >= failCount) return deliveries;
  return deliveries.map((delivery, place) => (culprits.has(place) ? delivery : undefined));
}

/** Places of records by key and by every identifier they carry, whatever the case Iterable writes it in. */
function placesOf(records: readonly TargetRecord[]): ReadonlyMap<string, number> {
  const places = new Map<string, number>();
  for (const [place, { json }] of records.entries()) {
    const { email, userId } = JSON.parse(json) as Record<string, unknown>;
    for (const identifier of [email, userId]) {
      if (typeof identifier === 'string') places.set(identifier.trim().toLowerCase(), place);
    }
  }
  for (const [place, { key }] of records.entries()) places.set(key.toLowerCase(), place);
  return places;
}
