import { hash } from 'node:crypto';
import type { Change, Commit, FanOut, FollowedSource, SourceRow, Store } from '../ports/index.ts';
import type { CompiledSync } from '../run/index.ts';
import { isFollowed } from './poll.ts';

/** An object whose fields reach records of other objects through a reference. */
export interface ParentWatch {
  readonly source: FollowedSource;
  readonly sourceName: string;
  readonly object: string;
  /** The parent's own fields that some sync maps. */
  readonly fields: readonly string[];
  readonly children: readonly { readonly sync: string; readonly reference: string }[];
}

/** The parents that the syncs of one source map, at any depth (I-X2). Throws the errors of the source's describe. */
export async function parentWatches(syncs: readonly CompiledSync[]): Promise<readonly ParentWatch[]> {
  const found = new Map<
    string,
    { watch: ParentWatch; fields: Set<string>; children: Map<string, { sync: string; reference: string }> }
  >();
  for (const sync of syncs) {
    const { source } = sync;
    if (!isFollowed(source)) continue;
    for (const [path, parent] of await parentsOf(sync)) {
      const id = `${sync.sourceName}/${parent.object}`;
      let entry = found.get(id);
      if (!entry) {
        const watch = {
          source,
          sourceName: sync.sourceName,
          object: parent.object,
          fields: [],
          children: [],
        };
        entry = { watch, fields: new Set(), children: new Map() };
        found.set(id, entry);
      }
      entry.fields.add(path.slice(path.lastIndexOf('.') + 1));
      entry.children.set(`${sync.name}/${parent.reference}`, { sync: sync.name, reference: parent.reference });
    }
  }
  return [...found.values()].map(({ watch, fields, children }) => ({
    ...watch,
    fields: [...fields].sort(),
    children: [...children.values()],
  }));
}

/** Paths that lead through a parent, the references of parents of parents included, with the parent they lead to. */
async function parentsOf({
  source,
  shape,
}: CompiledSync): Promise<Map<string, { readonly object: string; readonly reference: string }>> {
  const parents = new Map<string, { readonly object: string; readonly reference: string }>();
  for (let paths = shape.fields.filter((path) => path.includes('.')); paths.length > 0;) {
    const described = await source.describe(shape.object, paths);
    const deeper = new Set<string>();
    for (const [path, { parent }] of described.fields) {
      if (!parent) continue;
      parents.set(path, parent);
      if (parent.reference.includes('.') && !parents.has(parent.reference)) deeper.add(parent.reference);
    }
    paths = [...deeper];
  }
  return parents;
}

/** What changed parents mean, by their present values: children are queued only when one of them is another than before. */
export async function parentChanges(
  watch: ParentWatch,
  changes: readonly Change[],
  rows: readonly SourceRow[],
  store: Pick<Store, 'parents'>,
): Promise<Pick<Commit, 'parents' | 'fanOuts'>> {
  const ids = [...new Set(changes.map((change) => change.id))];
  const changed = new Set(ids);
  const object = `${watch.sourceName}/${watch.object}`;
  const before = await store.parents(object, ids);
  const parents = rows
    .filter((row) => changed.has(row.id))
    .map((row) => ({ object, id: row.id, hash: hash('sha1', JSON.stringify(row.cells), 'base64') }))
    .filter((parent) => before.get(parent.id) !== parent.hash);
  const add = parents.flatMap(({ id }) =>
    watch.children.map(({ sync, reference }): FanOut => ({ sync, reference, parent: id })),
  );
  return { parents, fanOuts: { add } };
}
