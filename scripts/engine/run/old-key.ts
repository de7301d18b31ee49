import type { Candidate } from '../plan/index.ts';
import type { RecordRow, Store } from '../ports/index.ts';
import type { Busy } from './busy.ts';

/** Records that are busy, and keys with them, in the name of their group. */
export interface Taken {
  readonly taken: readonly Candidate[];
  readonly group: number;
}

/**
 * The key of a record's row is busy with it too, though it claims another: whoever takes that key over changes the row,
 * and must not find it changed meanwhile. Until it was busy the row may have changed: it is read once more. `waiting` are
 * the records whose old key is another group's; nothing of them is busy any more.
 */
export async function takeOldKeys(
  { taken, group }: Taken,
  rows: ReadonlyMap<string, RecordRow>,
  busy: Busy,
  store: Pick<Store, 'rows'>,
): Promise<{
  readonly taken: readonly Candidate[];
  readonly waiting: readonly Candidate[];
  readonly rows: ReadonlyMap<string, RecordRow>;
}> {
  const leaving = new Map<Candidate, string>();
  if (rows.size === 0) return { taken, waiting: [], rows };
  for (const candidate of taken) {
    const key = rows.get(candidate.source)?.key;
    if (key !== undefined && key !== candidate.key) leaving.set(candidate, key);
  }
  const [first] = taken;
  if (!first || leaving.size === 0) return { taken, waiting: [], rows };
  const waiting = new Set<Candidate>();
  for (const [candidate, key] of leaving) {
    if (busy.takeOld(candidate, key, group)) continue;
    busy.release(candidate);
    waiting.add(candidate);
  }
  const sources = Array.from(leaving.keys(), (candidate) => candidate.source);
  const fresh = await store.rows(first.policy.name, sources);
  return {
    taken: taken.filter((candidate) => !waiting.has(candidate)),
    waiting: [...waiting],
    rows: new Map([...rows, ...fresh]),
  };
}
