import type { Claim, RecordRow, Sending, WorkItem } from '../ports/index.ts';
import type { PipelineOptions } from './options.ts';

/**
 * After a crash: what a request without an answer did is not known, so no hash behind its keys is to be trusted. The
 * owners of these keys are queued, due when the request can no longer be applied, and will be sent. Returns the
 * requests that may still be applied; the store forgets the others.
 */
export async function recoverUnanswered(
  options: Pick<PipelineOptions, 'store' | 'keySpace' | 'clock'>,
): Promise<readonly Sending[]> {
  const { store, keySpace, clock } = options;
  const now = clock.now();
  const sendings = (await store.unanswered(0)).filter((sending) => sending.keySpace === keySpace);
  for (const sending of sendings) {
    const claims = [...(await store.topClaims(keySpace, sending.keys)).values()];
    const rows: RecordRow[] = [];
    for (const [sync, group] of Map.groupBy(claims, (claim: Claim) => claim.sync)) {
      const found = await store.rows(
        sync,
        group.map((claim) => claim.source),
      );
      for (const row of found.values()) rows.push({ ...row, hash: undefined });
    }
    const enqueue = rows.map(({ sync, source }): WorkItem => ({
      sync,
      source,
      urgency: 1,
      dueAt: Math.max(now, sending.until),
      cause: 'retry',
    }));
    await store.commit({ rows, enqueue, answered: sending.until <= now ? [sending.batch] : [] });
  }
  return sendings.filter((sending) => sending.until > now);
}
