import type {
  Change,
  ChangePage,
  Clock,
  Commit,
  FollowedSource,
  Source,
  SourceRow,
  Store,
  WorkItem,
} from '../ports/index.ts';

/** Stamps compare by whole seconds: within this time of a stamp another save may still bear it. */
const settlingMilliseconds = 2_000;
/** A poll re-reads an overlap before its cursor; what is older than this before a page is never read again. */
const rememberMilliseconds = 3_600_000;

export interface PollOptions {
  readonly source: Pick<FollowedSource, 'changes'>;
  readonly object: string;
  /** Names cursor and memory; one for each use of an object's changes. */
  readonly name: string;
  readonly store: Pick<Store, 'cursor' | 'unseen' | 'commit'>;
  /** Whose values come along with the changes. */
  readonly fields: readonly string[];
  /** What new changes mean, given the values that came along: stored together with the cursor, or not at all. */
  readonly meaning: (
    changes: readonly Change[],
    rows: readonly SourceRow[],
  ) => Promise<Pick<Commit, 'enqueue' | 'parents' | 'fanOuts'>>;
}

/** True for a source that tells what changed; any other is read in full alone. */
export function isFollowed(source: Source): source is FollowedSource {
  return source.changes !== undefined && source.children !== undefined;
}

/**
 * Reads what changed since the cursor, page by page; each page's meaning, cursor and memory are one transaction
 * (I-X1). Returns how many changes were new. Those of the first poll of all are remembered and mean nothing: the full
 * read that follows it has them.
 */
export async function poll({ source, object, name, store, fields, meaning }: PollOptions): Promise<number> {
  let fresh = 0;
  const from = await store.cursor(name);
  for await (const page of source.changes(object, from, fields)) {
    if (from === undefined) {
      await store.commit({ cursors: [{ name, cursor: page.cursor }], seen: [memory(name, page, page.changes)] });
      continue;
    }
    const unseen = await store.unseen(name, page.changes);
    fresh += unseen.length;
    const meant = unseen.length === 0 ? {} : await meaning(unseen, page.rows ?? []);
    await store.commit({
      ...meant,
      cursors: [{ name, cursor: page.cursor }],
      seen: [memory(name, page, settled(page, unseen))],
    });
  }
  return fresh;
}

function settled({ readAt }: ChangePage, changes: readonly Change[]): readonly Change[] {
  return changes.filter((change) => change.stamp <= readAt - settlingMilliseconds);
}

function memory(object: string, page: ChangePage, changes: readonly Change[]): NonNullable<Commit['seen']>[number] {
  const oldest = page.changes[0]?.stamp ?? page.readAt;
  return { object, changes, forgetBefore: Math.min(oldest, page.readAt) - rememberMilliseconds };
}

/** Changes as work of each sync that reads the object (I-04, I-05, I-09). */
export function changeWork(
  syncs: readonly { readonly name: string }[],
  changes: readonly Pick<Change, 'id' | 'deleted'>[],
  clock: Pick<Clock, 'now'>,
): readonly WorkItem[] {
  const dueAt = clock.now();
  return syncs.flatMap((sync) =>
    changes.map(({ id, deleted }): WorkItem => ({
      sync: sync.name,
      source: id,
      urgency: 0,
      dueAt,
      cause: deleted ? 'deleted' : 'changed',
    })),
  );
}
