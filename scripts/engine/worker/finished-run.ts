import type { Clock, Log, RunRow, Store } from '../ports/index.ts';
import { reconcile } from '../reconcile/index.ts';
import { gapOf, type CompiledSync, type Patience, type Pipeline } from '../run/index.ts';

/** Tells of a full read that is over, as loudly as what it found. */
export function tellFinished(run: RunRow, log: Log): void {
  const { counts, id, sync, kind, state } = run;
  const gap = gapOf(run) ?? 0;
  const facts = { run: id, sync, kind, ...counts, gap };
  if (state === 'failed') log({ level: 'error', message: `A run of ${sync} does not balance`, facts });
  else if (gap !== 0)
    log({ level: 'warn', message: `The source of ${sync} has ${gap} more records than were read`, facts });
  else log({ level: 'info', message: `A run of ${sync} is finished`, facts });
}

export interface ReconcilePorts {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly signal: AbortSignal;
  /** Until the target has had time to show what it took. */
  readonly waitMilliseconds: number;
  readonly patience: Patience;
  /** Called when the sync has work by it. */
  readonly wake: () => void;
}

/** Compares both sides of a full read that is over, in a while (K-46). `sampled` are sources of records it delivered. */
export async function reconcileLater(
  run: RunRow,
  sampled: readonly string[],
  { sync, pipeline }: { readonly sync: CompiledSync; readonly pipeline: Pipeline },
  { store, clock, log, signal, waitMilliseconds, patience, wake }: ReconcilePorts,
): Promise<void> {
  await clock.sleep(waitMilliseconds, signal);
  for (;;) {
    try {
      const { drifted, compared, gap } = await reconcile(sync, run, sampled, { store, clock, pipeline, signal });
      patience.succeeded();
      if (drifted === 0) return;
      wake();
      const facts = { run: run.id, compared, drifted, gap: gap ?? 0 };
      log({ level: 'warn', message: `The target of ${run.sync} held other values than were sent`, facts });
      return;
    } catch (error) {
      signal.throwIfAborted();
      await patience.wait(error);
    }
  }
}
