import type { Outcome } from '../outcomes.ts';
import type { RecordRow, Store } from '../ports/index.ts';
import { reasonTexts, sentenceOf, type ReasonCode } from '../reasons/index.ts';
import type { CompiledSync } from '../run/index.ts';
import { rehearsal, type RehearsalPorts } from './rehearse.ts';

export interface Explanation {
  readonly sync: string;
  readonly source: string;
  /** What would happen if it were sent now. */
  readonly outcome: Outcome;
  readonly reason?: ReasonCode;
  /** The answer, in plain words, and what to do about it. */
  readonly sentence: string;
  readonly nextStep?: string;
  /** True when a change of it waits to be sent. */
  readonly waiting: boolean;
  /** The record that owns its target key, when it is another. */
  readonly winner?: string;
  /** What happened last. */
  readonly last?: { readonly outcome: Outcome; readonly sentence?: string; readonly at: number; readonly run: string };
}

const sentences: Readonly<Record<'created' | 'updated' | 'unchanged', string>> = {
  created: 'The record would be created in the other system now.',
  updated: 'The record would be updated in the other system now.',
  unchanged: 'The other system holds what this record says.',
};

/** "Why didn't this record sync?" (N-04): reads it, and replays the planner for it. Writes nothing. */
export async function explain(
  sync: CompiledSync,
  source: string,
  ports: RehearsalPorts & { readonly store: Pick<Store, 'rows' | 'topClaims' | 'runnersUp' | 'waiting'> },
): Promise<Explanation> {
  const { store, pipeline, sync: staged } = rehearsal(sync, ports, 0);
  const last = (await ports.store.rows(sync.name, [source])).get(source);
  const waiting = (await ports.store.waiting(sync.name, [source])).has(source);
  const hydrated = await sync.source.hydrate(sync.shape, [source]);
  const dueAt = ports.clock.now();
  const work = { sync: sync.name, source, urgency: 0, dueAt, cause: 'asked', sequence: 0, attempts: 0 } as const;
  await pipeline.live({ sync: staged, liveRun: 'explanation', work: [work], hydrated });
  await pipeline.settled();
  const row = store.rowsWritten.get(`${sync.name}/${source}`);
  if (!row) throw new Error(`The planner gave no answer for ${sync.name}/${source}`);
  return {
    sync: sync.name,
    source,
    outcome: row.outcome,
    waiting,
    ...(row.reason === undefined
      ? { sentence: row.outcome in sentences ? sentences[row.outcome as keyof typeof sentences] : (row.detail ?? '') }
      : {
          reason: row.reason,
          sentence: sentenceOf(row.reason, row.detail),
          nextStep: reasonTexts[row.reason].nextStep,
        }),
    ...(row.reason === 'another-record-owns-key' && row.detail !== undefined && { winner: row.detail }),
    ...(last && { last: lastOf(last) }),
  };
}

function lastOf({ outcome, reason, detail, settledAt, run }: RecordRow): NonNullable<Explanation['last']> {
  return { outcome, at: settledAt, run, ...(reason && { sentence: sentenceOf(reason, detail) }) };
}
