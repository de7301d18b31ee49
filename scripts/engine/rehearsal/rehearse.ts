import type { Clock, MakeId, Random, Store, Target } from '../ports/index.ts';
import { Pipeline, type CompiledSync, type Exclusions } from '../run/index.ts';
import { OverlayStore } from './overlay-store.ts';
import { pretendTarget, type Sent } from './pretend-target.ts';

export interface RehearsalPorts {
  readonly store: Pick<Store, 'rows' | 'topClaims' | 'runnersUp' | 'waiting' | 'run'>;
  readonly clock: Clock;
  readonly random: Random;
  readonly makeId: MakeId;
  readonly exclusions: Exclusions;
}

/**
 * The very pipeline of a real run over a store that writes nothing and a target that takes everything, so that a
 * rehearsal and a run cannot disagree. `keep`: how many of the records that would be sent are kept.
 */
export function rehearsal(
  sync: CompiledSync,
  ports: RehearsalPorts,
  keep: number,
): {
  readonly sync: CompiledSync;
  readonly pipeline: Pipeline;
  readonly store: OverlayStore;
  readonly kept: readonly { readonly key: string; readonly json: string; readonly action: 'upsert' | 'delete' }[];
  readonly sent: Readonly<Sent>;
  readonly real: Target;
} {
  const { target, kept, sent } = pretendTarget(sync.target, keep);
  const store = new OverlayStore(ports.store);
  const pipeline = new Pipeline({
    ...ports,
    connection: sync.connection,
    keySpace: sync.keySpace,
    targetObject: sync.targetObject,
    target,
    store,
    pauses: async () => new Set(),
    changedRuns: () => undefined,
    queued: () => undefined,
    signal: new AbortController().signal,
  });
  return { sync: { ...sync, target }, pipeline, store, kept, sent, real: sync.target };
}
