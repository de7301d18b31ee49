import { PlumblineError } from '../errors.ts';
import { claimId, compareRanks, givesUp, rankOf, type Candidate, type Knowledge } from '../plan/index.ts';
import type { Claim, RecordRow, Target } from '../ports/index.ts';
import type { PipelineOptions } from './options.ts';
import type { LostHash, RunMemory } from './run-memory.ts';

type Sources = Pick<PipelineOptions, 'store' | 'keySpace' | 'target' | 'targetObject'> & {
  readonly memory: RunMemory;
  /** Rows that are settled already together with the chunk, by `claimId`. */
  readonly settled: ReadonlyMap<string, RecordRow>;
};

/**
 * Looks up what else the planner needs about a chunk, by set. The chunk's records and keys are busy meanwhile, so
 * nothing of it changes before it is planned. `wait` is asked to wait out an error of the target, or to throw it.
 */
export async function learn(
  candidates: readonly Candidate[],
  { rows, tops }: Pick<Knowledge, 'rows' | 'tops'>,
  sources: Sources,
  wait: (error: PlumblineError) => Promise<void>,
): Promise<Knowledge> {
  const { store, keySpace } = sources;
  const givenUp = new Set<string>();
  for (const candidate of candidates) {
    const previous = rows.get(candidate.source);
    if (previous?.key !== undefined && givesUp(candidate, previous)) givenUp.add(previous.key);
  }
  const runnersUp =
    givenUp.size === 0 ? new Map<string, Claim>() : await store.runnersUp(keySpace, givers(candidates, rows, givenUp));
  const owners = await ownerRows(candidates, { rows, tops }, sources);
  const known = await knownKeys(candidates, tops, sources, wait);
  return { rows, tops, runnersUp, givenUp, owners, known, ...remembered(candidates, sources) };
}

/** What their run remembers of the candidates and their keys. */
function remembered(candidates: readonly Candidate[], { memory }: Sources): Pick<Knowledge, 'lost' | 'left'> {
  const lost = new Map<string, LostHash>();
  const left = new Map<string, string>();
  if (memory.isEmpty) return { lost, left };
  for (const { run, policy, source, key } of candidates) {
    const hash = memory.lostHash(run, policy.name, source);
    if (hash) lost.set(source, hash);
    const createdIn = key === undefined ? undefined : memory.createdIn(run, key);
    if (key !== undefined && createdIn !== undefined) left.set(key, createdIn);
  }
  return { lost, left };
}

/** Records of the chunk with a stored claim on a key that one of them gives up: their present claims count instead. */
function givers(
  candidates: readonly Candidate[],
  rows: ReadonlyMap<string, RecordRow>,
  givenUp: ReadonlySet<string>,
): readonly { readonly key: string; readonly sync: string; readonly source: string }[] {
  return candidates.flatMap(({ policy, source }) => {
    const key = rows.get(source)?.key;
    return key !== undefined && givenUp.has(key) ? [{ key, sync: policy.name, source }] : [];
  });
}

/** Rows whose key a candidate may take over. */
async function ownerRows(
  candidates: readonly Candidate[],
  { rows, tops }: Pick<Knowledge, 'rows' | 'tops'>,
  { store, settled }: Sources,
): Promise<ReadonlyMap<string, RecordRow>> {
  const owners = new Map<string, RecordRow>();
  if (tops.size === 0) return owners;
  const bySync = new Map<string, Set<string>>();
  for (const candidate of candidates) {
    const { key, policy, source } = candidate;
    const top = key === undefined ? undefined : tops.get(key);
    if (!top || (top.sync === policy.name && top.source === source)) continue;
    if (compareRanks(top, rankOf(candidate, rows)) > 0) continue;
    const wanted = bySync.get(top.sync);
    if (wanted) wanted.add(top.source);
    else bySync.set(top.sync, new Set([top.source]));
  }
  for (const [sync, wanted] of bySync) {
    for (const row of (await store.rows(sync, [...wanted])).values()) {
      const id = claimId(row);
      owners.set(id, settled.get(id) ?? row);
    }
  }
  return owners;
}

/** Asks the target only where the rule needs its state: a sync that may not create. */
async function knownKeys(
  candidates: readonly Candidate[],
  tops: ReadonlyMap<string, Claim>,
  { target, targetObject, store }: Sources,
  wait: (error: PlumblineError) => Promise<void>,
): Promise<ReadonlySet<string>> {
  const asked = new Set<string>();
  for (const { key, policy, reason } of candidates) {
    if (policy.rules.create || key === undefined || reason !== undefined) continue;
    if (tops.get(key)?.createdIn === undefined) asked.add(key);
  }
  const [first] = candidates;
  if (!first || asked.size === 0) return asked;
  for (;;) {
    let calls = 0;
    const made = (): void => void (calls += 1);
    try {
      const known = await (target.known?.bind(target) ?? readKeys(target))(targetObject, [...asked], made);
      const runDeltas = [{ run: first.run, counts: {}, reasons: {}, targetCalls: calls, lookUpCalls: calls }];
      if (calls > 0) await store.commit({ runDeltas });
      return known;
    } catch (error) {
      if (!(error instanceof PlumblineError)) throw error;
      await wait(error);
    }
  }
}

function readKeys(target: Target): NonNullable<Target['known']> {
  return async (object, keys, made) => new Set((await target.read(object, keys, made)).keys());
}
