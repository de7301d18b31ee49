import type { Change, SourceRow, Store } from '../ports/index.ts';
import { mapRow, type CompiledSync } from '../run/index.ts';

/**
 * True for a sync that can tell by the values of a poll whether a change is news to it. Where the latest stamp wins a key,
 * each stamp has to be stored; where a filter is set, values alone do not say whether the record takes part.
 */
export function tellsByValues({ election, shape }: Pick<CompiledSync, 'election' | 'shape'>): boolean {
  return election !== 'latest' && shape.include === 'all';
}

/** The fields that the syncs of one object want to see in a poll, each once. */
export function fieldsToSee(syncs: readonly CompiledSync[]): readonly string[] {
  return [...new Set(syncs.filter(tellsByValues).flatMap(({ shape }) => shape.fields))];
}

/**
 * Of these changes, those that are news to a sync. The others leave what the target holds as it is, such as an echo of
 * what another sync wrote into the same record: they need not be read again (N-14). A change counts as news while
 * anything older of its record may be on its way: while it has work, or a full read goes on.
 * @param rows Values that were read after these changes, in the order of `fields`.
 */
export async function newsTo(
  sync: CompiledSync,
  changes: readonly Change[],
  rows: readonly SourceRow[],
  fields: readonly string[],
  store: Pick<Store, 'rows' | 'runs' | 'waiting'>,
): Promise<readonly Change[]> {
  if (!tellsByValues(sync)) return changes;
  const running = await store.runs({ sync: sync.name, state: 'running', limit: 100 });
  if (running.some(({ kind }) => kind !== 'live')) return changes;
  const places = sync.shape.fields.map((field) => fields.indexOf(field));
  const seen = new Map(rows.map((row) => [row.id, row]));
  const ids = changes.flatMap(({ id, deleted }) => (!deleted && seen.has(id) ? [id] : []));
  // In this order: work that is done between the two has stored its row.
  const waiting = await store.waiting(sync.name, ids);
  const known = await store.rows(sync.name, ids);
  return changes.filter(({ id, deleted }) => {
    const row = seen.get(id);
    const held = known.get(id);
    if (deleted || !row || waiting.has(id) || held?.hash === undefined) return true;
    if (held.outcome !== 'created' && held.outcome !== 'updated' && held.outcome !== 'unchanged') return true;
    const mapped = mapRow(sync, { ...row, cells: places.map((place) => row.cells[place] ?? null) });
    return mapped?.hash !== held.hash || mapped.key !== held.key;
  });
}
