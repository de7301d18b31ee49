import type { Clock, ControlPlane, Store, WorkItem } from '../ports/index.ts';
import type { Exclusions } from '../run/index.ts';

/** The org's exclusions. A record that is taken out of a sync, or let in again, is planned anew. */
export class ExclusionList implements Exclusions {
  #known: Set<string> | undefined;

  has(sync: string, source: string): boolean {
    return this.#known?.has(`${sync}\0${source}`) === true;
  }

  /** Returns the syncs that have work by it. */
  async refresh(
    control: Pick<ControlPlane, 'exclusions'>,
    store: Pick<Store, 'commit'>,
    clock: Pick<Clock, 'now'>,
  ): Promise<ReadonlySet<string>> {
    const listed = new Set((await control.exclusions()).map(({ sync, source }) => `${sync}\0${source}`));
    const known = this.#known ?? listed;
    const changed = [...listed, ...known].filter((id) => !listed.has(id) || !known.has(id));
    this.#known = listed;
    const dueAt = clock.now();
    const enqueue = changed.map((id): WorkItem => {
      const [sync, source] = id.split('\0') as [string, string];
      return { sync, source, urgency: 0, dueAt, cause: 'asked' };
    });
    if (enqueue.length > 0) await store.commit({ enqueue });
    return new Set(enqueue.map((item) => item.sync));
  }
}
