import type { RunRow } from '../ports/index.ts';
import { readReconciliation } from '../reconcile/index.ts';
import type { CommandContext } from './context.ts';

/** What is active, what waits, what runs, and how the last runs went. */
export async function status({ session, store, control, clock }: CommandContext): Promise<unknown> {
  const backlog = await store.backlog();
  const pauses = await control.pauses();
  const syncs = [];
  for (const { name, connection, configuration, target } of session?.syncs.values() ?? []) {
    const runs = await store.runs({ sync: name, limit: 5 });
    const reconciled = await readReconciliation(store, name);
    const waiting = backlog.filter((each) => each.sync === name);
    const queued = waiting.reduce((sum, each) => sum + each.count, 0);
    const oldest = Math.min(...waiting.map((each) => each.oldestDueAt));
    syncs.push({
      sync: name,
      connection,
      direction: configuration.direction,
      paused: pauses.has('*') || pauses.has(connection) || pauses.has(name),
      backlog: queued,
      ...(waiting.length > 0 && {
        drainsInSeconds: Math.ceil(queued / (target.limits.maxRecords * target.limits.requestsPerSecond)),
        oldestWaitsMilliseconds: Math.max(0, clock.now() - oldest),
      }),
      runs: runs.map(summary),
      // Green means reconciled, not ran: absent until both sides were compared for the first time.
      ...(reconciled && { reconciled }),
    });
  }
  return { version: session?.version.id ?? null, store: store.id, syncs, waits: session?.waits ?? [] };
}

function summary({ id, kind, state, startedAt, finishedAt, expected, counts, reasons }: RunRow): unknown {
  return { id, kind, state, startedAt, finishedAt: finishedAt ?? null, expected: expected ?? null, ...counts, reasons };
}
