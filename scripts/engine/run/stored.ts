import type { Candidate } from '../plan/index.ts';
import type { Claim, RecordRow } from '../ports/index.ts';
import type { PipelineOptions } from './options.ts';

/** What the store holds of a chunk's records and keys. */
export interface Stored {
  readonly rows: ReadonlyMap<string, RecordRow>;
  /** Sources of a full read's rows that have live work of their own. */
  readonly waiting: ReadonlySet<string>;
  readonly tops: ReadonlyMap<string, Claim>;
  /** The runs named by its work that are over. */
  readonly over: ReadonlySet<string>;
}

/** Asks by set, for candidates of one sync and entrance. */
export async function lookUp(
  candidates: readonly Candidate[],
  options: Pick<PipelineOptions, 'store' | 'keySpace'>,
): Promise<Stored> {
  const [first] = candidates;
  if (!first) return { rows: new Map(), waiting: new Set(), tops: new Map(), over: new Set() };
  const { store } = options;
  const { policy, entrance } = first;
  const sources = candidates.map((candidate) => candidate.source);
  const [rows, waiting, tops, over] = await Promise.all([
    store.rows(policy.name, sources),
    entrance === 'bulk' ? store.waiting(policy.name, sources) : new Set<string>(),
    topClaims(candidates, options),
    overRuns(candidates, options),
  ]);
  return { rows, waiting, tops, over };
}

/** The greatest stored claim on each key that the candidates claim. */
async function topClaims(
  candidates: readonly Candidate[],
  { store, keySpace }: Pick<PipelineOptions, 'store' | 'keySpace'>,
): Promise<ReadonlyMap<string, Claim>> {
  const keys: string[] = [];
  for (const { key } of candidates) if (key !== undefined) keys.push(key);
  return keys.length === 0 ? new Map<string, Claim>() : store.topClaims(keySpace, keys);
}

async function overRuns(
  candidates: readonly Candidate[],
  { store }: Pick<PipelineOptions, 'store'>,
): Promise<ReadonlySet<string>> {
  const over = new Set<string>();
  const named = new Set<string>();
  for (const { work } of candidates) if (work?.run !== undefined) named.add(work.run);
  for (const run of named) {
    const stored = await store.run(run);
    if (stored && stored.state !== 'running') over.add(run);
  }
  return over;
}
