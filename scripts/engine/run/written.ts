import type { SendResult } from '../ports/index.ts';

/** The target's own IDs of the records that a request really changed, as far as the target tells them. */
export function writtenRecords(result: SendResult): readonly string[] {
  if (result.kind !== 'answered') return [];
  return result.deliveries.flatMap((delivery) =>
    delivery.kind === 'delivered' && !delivery.unchanged && delivery.record !== undefined ? [delivery.record] : [],
  );
}
