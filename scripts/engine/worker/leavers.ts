import type { Clock, RecordFilter, RunRow, Store, WorkItem } from '../ports/index.ts';
import type { CompiledSync } from '../run/index.ts';

const most = 1_000;

/**
 * Where nothing tells of changes, a record is known to be gone when a full read no longer meets it. Those that claim a
 * key are looked at once more, so that they give it up, and whoever comes next to it is delivered.
 */
export async function recheckLeavers(
  run: Pick<RunRow, 'id' | 'sync' | 'startedAt'>,
  sync: Pick<CompiledSync, 'source'> | undefined,
  { store, clock }: { readonly store: Pick<Store, 'records' | 'commit'>; readonly clock: Pick<Clock, 'now'> },
  wake: (sync: string) => void,
): Promise<void> {
  if (!sync || sync.source.changes) return;
  for (let after: RecordFilter['after']; ;) {
    const rows = await store.records({ sync: run.sync, limit: most, ...(after && { after }) });
    const gone = rows.filter(
      ({ key, bulkRun, settledAt }) => key !== undefined && bulkRun !== run.id && settledAt < run.startedAt,
    );
    const dueAt = clock.now();
    const enqueue = gone.map(({ source }): WorkItem => {
      return { sync: run.sync, source, urgency: 1, dueAt, cause: 'deleted' };
    });
    if (enqueue.length > 0) await store.commit({ enqueue });
    if (enqueue.length > 0) wake(run.sync);
    const last = rows.at(-1);
    if (!last || rows.length < most) return;
    after = { sync: run.sync, source: last.source };
  }
}
