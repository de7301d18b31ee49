import type { Clock, FanOut, Store, WorkItem } from '../ports/index.ts';
import type { CompiledSync } from '../run/index.ts';

/** Queues the children of changed parents, page by page, at backfill's urgency; a crash goes on after the last page. */
export async function fanOutAll(
  syncs: ReadonlyMap<string, CompiledSync>,
  ports: { readonly store: Pick<Store, 'fanOuts' | 'commit'>; readonly clock: Pick<Clock, 'now'> },
  wake: (sync: string) => void,
): Promise<void> {
  for (;;) {
    const [next] = await ports.store.fanOuts(1);
    if (!next) return;
    const sync = syncs.get(next.sync);
    // A sync that is no longer part of the activated version has no children to tell.
    if (sync) await fanOut(next, sync, ports, wake);
    await ports.store.commit({ fanOuts: { done: [next] } });
  }
}

async function fanOut(
  { reference, parent, afterId }: FanOut,
  sync: CompiledSync,
  { store, clock }: Parameters<typeof fanOutAll>[1],
  wake: (sync: string) => void,
): Promise<void> {
  // A source that has no parents any more has no children to tell of either.
  for await (const ids of sync.source.children?.(sync.shape.object, reference, [parent], afterId) ?? []) {
    const last = ids.at(-1);
    if (last === undefined) continue;
    const dueAt = clock.now();
    const enqueue = ids.map((source): WorkItem => ({ sync: sync.name, source, urgency: 2, dueAt, cause: 'parent' }));
    await store.commit({ enqueue, fanOuts: { progress: [{ sync: sync.name, reference, parent, afterId: last }] } });
    wake(sync.name);
  }
}
