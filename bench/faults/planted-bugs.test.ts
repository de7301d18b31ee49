import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LeaseLostError, type RecordRow, type Store } from '../../scripts/engine/index.ts';
import { generateSchedule, isClean, runSchedule } from './index.ts';

const schedules = 300;

/** A store of which some methods are others. The rest is asked of the real one, which keeps its private fields. */
function withMethods(store: Store, methods: Partial<Store>): Store {
  return new Proxy(store, {
    get(target, name) {
      const planted: unknown = Reflect.get(methods, name);
      if (planted !== undefined) return planted;
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}

const bugs: Readonly<Record<string, (store: Store) => Store>> = {
  'lease: work is removed when it is leased, not when it is done': (store) =>
    withMethods(store, {
      async lease(request) {
        const leased = await store.lease(request);
        const work = leased.map(({ sync, source, sequence }) => ({ kind: 'done', sync, source, sequence }) as const);
        if (work.length > 0) await store.commit({ work });
        return leased;
      },
    }),
  'lease: a worker that lost the store goes on': (store) => {
    const orGoOn = async (change: Promise<void>): Promise<void> => {
      try {
        await change;
      } catch (error) {
        if (!(error instanceof LeaseLostError)) throw error;
      }
    };
    return withMethods(store, {
      commit: (change) => orGoOn(store.commit(change)),
      sending: (sending) => orGoOn(store.sending(sending)),
      renew: (now, milliseconds) => orGoOn(store.renew(now, milliseconds)),
    });
  },
  'acknowledge: work that is put off is acknowledged': (store) => {
    const sequences = new Map<string, number>();
    return withMethods(store, {
      async lease(request) {
        const leased = await store.lease(request);
        for (const { sync, source, sequence } of leased) sequences.set(`${sync}/${source}`, sequence);
        return leased;
      },
      async commit({ work = [], ...rest }) {
        const done = work.map(({ sync, source }) => {
          return { kind: 'done', sync, source, sequence: sequences.get(`${sync}/${source}`) ?? 0 } as const;
        });
        await store.commit({ ...rest, work: done });
      },
    });
  },
  'cursor: it runs ahead of what was read': (store) =>
    withMethods(store, {
      async commit({ cursors = [], ...rest }) {
        const ahead = cursors.map(({ name, cursor }) => {
          const place = JSON.parse(cursor) as { stamp: number };
          return { name, cursor: JSON.stringify({ ...place, stamp: place.stamp + 600_000 }) };
        });
        await store.commit({ ...rest, cursors: ahead });
      },
    }),
  'dedupe: a page that is read again is counted again': (store) =>
    withMethods(store, {
      async rows(sync, sources) {
        const rows = await store.rows(sync, sources);
        const forget = (row: RecordRow): RecordRow =>
          row.run === row.bulkRun ? { ...row, run: '', bulkRun: '' } : row;
        return new Map([...rows].map(([source, row]) => [source, forget(row)]));
      },
    }),
  'dedupe: a change counts as seen whatever its stamp is': (store) => {
    const seen = new Set<string>();
    return withMethods(store, {
      async unseen(object, changes) {
        const unseen = await store.unseen(object, changes);
        const fresh = unseen.filter(({ id }) => !seen.has(`${object}/${id}`));
        for (const { id } of unseen) seen.add(`${object}/${id}`);
        return fresh;
      },
    });
  },
};

for (const [bug, wrapStore] of Object.entries(bugs)) {
  test(`N-06: planted in ${bug}: the schedules find it`, async () => {
    let seed = 1;
    while (isClean(await runSchedule(generateSchedule(seed), { wrapStore }))) {
      seed += 1;
      assert(seed <= schedules, `none of ${schedules} schedules found it`);
    }
  });
}
