import type { Clock, RecordFilter, Store, WorkItem } from '../ports/index.ts';
import type { CompiledSync } from '../run/index.ts';

const most = 1_000;

/**
 * Tries the records that wait for a parent again, in the other syncs over the connection of `read`, which was just read
 * in full: its records may be the parents (K-27). Without it they would wait until their own next try.
 */
export async function retryOrphans(
  read: string,
  syncs: Iterable<Pick<CompiledSync, 'name' | 'connection'>>,
  { store, clock }: { readonly store: Pick<Store, 'records' | 'commit'>; readonly clock: Pick<Clock, 'now'> },
  wake: (sync: string) => void,
): Promise<void> {
  const all = [...syncs];
  const connection = all.find(({ name }) => name === read)?.connection;
  for (const sync of all) {
    if (sync.connection !== connection || sync.name === read) continue;
    for (let after: RecordFilter['after']; ;) {
      const filter = { sync: sync.name, reason: 'waiting-for-parent', limit: most, ...(after && { after }) } as const;
      const rows = await store.records(filter);
      const dueAt = clock.now();
      const enqueue = rows.map(({ source, run }): WorkItem => {
        return { sync: sync.name, source, urgency: 1, dueAt, cause: 'retry', ...(run !== '' && { run }) };
      });
      if (enqueue.length > 0) await store.commit({ enqueue });
      if (enqueue.length > 0) wake(sync.name);
      const last = rows.at(-1);
      if (!last || rows.length < most) break;
      after = { sync: sync.name, source: last.source };
    }
  }
}
