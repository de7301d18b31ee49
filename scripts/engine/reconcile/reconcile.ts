import type { Clock, Commit, RunRow, Store, WorkItem } from '../ports/index.ts';
import { differences } from '../rehearsal/index.ts';
import { gapOf, mapRow, type CompiledSync, type Pipeline } from '../run/index.ts';

/** What comparing both sides after a full read has found. */
export interface Reconciliation {
  readonly run: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Records chosen at random, and those of them whose values the target should hold as the source says them. */
  readonly sampled: number;
  readonly compared: number;
  /** Of those compared, records that the target holds with other values, or not at all: queued to be sent again. */
  readonly drifted: number;
  /** Records that the source counts beyond those that the run read; absent when it did not say. */
  readonly gap?: number;
  /** Nothing drifted and nothing is missing. */
  readonly reconciled: boolean;
}

/**
 * Compares counts and sampled records on both sides (K-46, N-16): a run can be finished, and not reconciled. Reads the
 * target through its lane of reads, and what differs once more after the time in which a request can be applied late.
 * Throws the errors of the source and of the target.
 */
export async function reconcile(
  sync: CompiledSync,
  run: RunRow,
  sources: readonly string[],
  ports: {
    readonly store: Pick<Store, 'rows' | 'commit'>;
    readonly clock: Clock;
    readonly pipeline: Pick<Pipeline, 'distrust'>;
    readonly signal: AbortSignal;
  },
): Promise<Reconciliation> {
  const { store, clock, pipeline, signal } = ports;
  const held = await heldBy(sync, sources, store);
  let differing = await different(sync, held);
  if (differing.size > 0) {
    await clock.sleep(sync.target.limits.lateApplyMilliseconds, signal);
    differing = await different(sync, await heldBy(sync, [...differing], store));
  }
  const at = clock.now();
  const gap = gapOf(run);
  const drifted = differing.size;
  const found: Reconciliation = {
    run: run.id,
    at,
    sampled: sources.length,
    compared: held.size,
    drifted,
    ...(gap !== undefined && { gap }),
    reconciled: drifted === 0 && gap === 0,
  };
  for (const source of differing) pipeline.distrust(sync.name, source);
  const enqueue = [...differing].map((source): WorkItem => ({
    sync: sync.name,
    source,
    urgency: 1,
    dueAt: at,
    cause: 'retry',
  }));
  const commit: Commit = { enqueue, cursors: [{ name: nameOf(sync.name), cursor: JSON.stringify(found) }] };
  await store.commit(commit);
  return found;
}

/** What the last reconciliation of a sync has found; absent when there was none. */
export async function readReconciliation(
  store: Pick<Store, 'cursor'>,
  sync: string,
): Promise<Reconciliation | undefined> {
  const text = await store.cursor(nameOf(sync));
  return text === undefined ? undefined : (JSON.parse(text) as Reconciliation);
}

/** Kept among the cursors, which say how far a source was read; this says how far it is known to be in step. */
function nameOf(sync: string): string {
  return `reconciled/${sync}`;
}

interface Held {
  readonly key: string;
  readonly json: string;
}

/** Of these records, those that were delivered with the values that they have now: the others are on their way. */
async function heldBy(
  sync: CompiledSync,
  sources: readonly string[],
  store: Pick<Store, 'rows'>,
): Promise<ReadonlyMap<string, Held>> {
  const rows = await store.rows(sync.name, sources);
  const delivered = sources.filter((source) => rows.get(source)?.hash !== undefined);
  if (delivered.length === 0) return new Map();
  const { rows: current } = await sync.source.hydrate(sync.shape, delivered);
  const held = new Map<string, Held>();
  for (const row of current) {
    const { key, hash } = rows.get(row.id) ?? {};
    const mapped = mapRow(sync, row);
    if (key !== undefined && mapped?.key === key && mapped.hash === hash) held.set(row.id, { key, json: mapped.json });
  }
  return held;
}

async function different(sync: CompiledSync, held: ReadonlyMap<string, Held>): Promise<ReadonlySet<string>> {
  if (held.size === 0) return new Set();
  const keys = [...held.values()].map(({ key }) => key);
  const present = await sync.target.read(sync.targetObject, keys);
  const differing = [...held].filter(([, { key, json }]) => differences(present.get(key), JSON.parse(json)).length > 0);
  return new Set(differing.map(([source]) => source));
}
