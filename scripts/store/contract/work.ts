import assert from 'node:assert/strict';
import type { LeasedWork, Store } from '../../engine/index.ts';
import { run, work, type Clause } from './samples.ts';

async function lease(store: Store, now: number, milliseconds = 50, limit = 100): Promise<readonly LeasedWork[]> {
  return store.lease({ sync: 'leads', now, milliseconds, limit });
}

async function only(store: Store, now: number): Promise<LeasedWork> {
  const items = await lease(store, now);
  assert.equal(items.length, 1);
  return items[0] as LeasedWork;
}

const done = ({ sync, source, sequence }: LeasedWork) => ({ kind: 'done', sync, source, sequence }) as const;
const again = (source: string, dueAt: number, countAttempt: boolean) =>
  ({ kind: 'again', sync: 'leads', source, dueAt, countAttempt }) as const;

export function workClauses(clause: Clause): void {
  clause('ten changes of one record are one piece of work', async ({ store }) => {
    await store.acquire('worker', 0, 1_000);
    for (let change = 0; change < 10; change++) await store.commit({ enqueue: [work('1')] });
    const item = await only(store, 100);
    await store.commit({ work: [done(item)] });
    assert.deepEqual(await lease(store, 1_000), []);
    assert.equal(await store.nextDue('leads'), undefined);
  });

  clause('when work merges the more urgent, the earlier and the first run named stay', async ({ store }) => {
    await store.acquire('worker', 0, 1_000);
    await store.commit({ enqueue: [work('1', { urgency: 2, dueAt: 300 })] });
    await store.commit({ enqueue: [work('1', { urgency: 1, dueAt: 500, run: 'first' })] });
    await store.commit({ enqueue: [work('1', { urgency: 2, dueAt: 200, run: 'second' })] });
    assert.deepEqual(await lease(store, 199), []);
    const { urgency, dueAt, run: counted } = await only(store, 200);
    assert.deepEqual({ urgency, dueAt, counted }, { urgency: 1, dueAt: 200, counted: 'first' });
  });

  clause(
    'the most urgent is leased first, then what has been due longest, and no more than asked',
    async ({ store }) => {
      await store.acquire('worker', 0, 1_000);
      const items = [
        work('a', { urgency: 2, dueAt: 1 }),
        work('b', { urgency: 1, dueAt: 3 }),
        work('c', { urgency: 0, dueAt: 9 }),
        work('d', { urgency: 1, dueAt: 2 }),
        work('e', { urgency: 0, dueAt: 8 }),
        work('f', { urgency: 0, dueAt: 11 }),
        work('g', { sync: 'contacts', dueAt: 1 }),
      ];
      await store.commit({ enqueue: items });
      assert.deepEqual(
        (await lease(store, 10, 50, 3)).map((item) => item.source),
        ['e', 'c', 'd'],
      );
      assert.deepEqual(
        (await lease(store, 10, 50, 3)).map((item) => item.source),
        ['b', 'a'],
      );
    },
  );

  clause('leased work is due when its lease ends, and is still waiting', async ({ store }) => {
    await store.acquire('worker', 0, 1_000);
    await store.commit({ enqueue: [work('1', { dueAt: 7 })] });
    assert.equal(await store.nextDue('leads'), 7);
    const first = await only(store, 100);
    assert.equal(await store.nextDue('leads'), 150);
    assert.deepEqual(await lease(store, 149), []);
    assert.deepEqual(await store.waiting('leads', ['1', '2']), new Set(['1']));
    assert.deepEqual(await store.waiting('contacts', ['1']), new Set());
    assert.deepEqual(await only(store, 150), first);
  });

  clause('work that an earlier holder of the store had leased is due again', async ({ store, another }) => {
    await store.acquire('first', 0, 10);
    await store.commit({ enqueue: [work('1', { dueAt: 7 })] });
    await only(store, 8);
    const next = await another();
    await next.acquire('second', 10, 1_000);
    assert.equal((await only(next, 10)).source, '1');
  });

  clause('work that grew while leased is not removed: it is due again at once, as a new piece', async (fixture) => {
    const { store } = fixture;
    await store.acquire('worker', 0, 1_000);
    await store.commit({ enqueue: [work('1')] });
    await only(store, 100);
    await store.commit({ work: [again('1', 110, true)] });
    const item = await only(store, 110);
    assert.equal(item.attempts, 1);
    await store.commit({ enqueue: [work('1', { dueAt: 120 })] });
    assert.deepEqual(await lease(store, 130), [], 'not leased twice at once');
    await store.commit({ work: [done(item)] });
    const grown = await only(store, 130);
    assert.ok(grown.sequence > item.sequence);
    assert.equal(grown.attempts, 0);
    assert.equal(grown.firstFailedAt, undefined);
    await store.commit({ work: [done(grown)] });
    assert.equal(await store.nextDue('leads'), undefined);
  });

  clause('a late answer does not remove work that came after it', async ({ store }) => {
    await store.acquire('worker', 0, 1_000);
    await store.commit({ enqueue: [work('1')] });
    const late = await only(store, 100);
    const second = await only(store, 150);
    await store.commit({ work: [done(second)] });
    await store.commit({ enqueue: [work('1')] });
    await store.commit({ work: [done(late)] });
    assert.deepEqual(await store.waiting('leads', ['1']), new Set(['1']));
  });

  clause('again leases it out anew from then, counting the attempt or not', async (fixture) => {
    const { store } = fixture;
    await store.acquire('worker', 0, 1_000);
    await store.commit({ enqueue: [work('1')] });
    await only(store, 100);
    await store.commit({ work: [again('1', 200, false)] });
    assert.equal(await store.nextDue('leads'), 200);
    const waited = await only(store, 200);
    assert.deepEqual([waited.attempts, waited.firstFailedAt], [0, undefined]);
    fixture.time.now = 5_000;
    await store.commit({ work: [{ ...again('1', 300, true), run: 'named' }] });
    fixture.time.now = 6_000;
    const failed = await only(store, 300);
    assert.deepEqual([failed.attempts, failed.firstFailedAt, failed.run, failed.dueAt], [1, 5_000, 'named', 300]);
    await store.commit({ work: [again('1', 400, true)] });
    const twice = await only(store, 400);
    assert.deepEqual([twice.attempts, twice.firstFailedAt, twice.run], [2, 5_000, 'named']);
  });

  clause('a change that merges into work that backs off makes it due earlier', async ({ store }) => {
    await store.acquire('worker', 0, 1_000);
    await store.commit({ enqueue: [work('1')] });
    await only(store, 100);
    await store.commit({ work: [again('1', 900, true)] });
    await store.commit({ enqueue: [work('1', { dueAt: 110 })] });
    assert.equal((await only(store, 110)).attempts, 1);
  });

  clause('pending counts the work of a run, waiting or leased, until it is done', async ({ store }) => {
    await store.acquire('worker', 0, 1_000);
    const items = ['1', '2', '3'].map((source) => work(source, { run: 'a' }));
    await store.commit({ runs: [run('a')], enqueue: [...items, work('4', { run: 'b' }), work('5')] });
    const [first] = await lease(store, 100, 50, 1);
    assert.equal(await store.pending('a'), 3);
    await store.commit({ work: [done(first as LeasedWork)] });
    assert.equal(await store.pending('a'), 2);
    assert.equal(await store.pending('unknown'), 0);
  });

  clause('the backlog is told by sync and urgency', async ({ store }) => {
    await store.acquire('worker', 0, 1_000);
    await store.commit({
      enqueue: [
        work('1', { dueAt: 5 }),
        work('2', { dueAt: 4 }),
        work('3', { urgency: 2, dueAt: 9 }),
        work('3', { sync: 'contacts', dueAt: 7 }),
      ],
    });
    const order = (each: { sync: string; urgency: number }): string => `${each.sync}${each.urgency}`;
    const backlog = [...(await store.backlog())].sort((left, right) => (order(left) < order(right) ? -1 : 1));
    assert.deepEqual(backlog, [
      { sync: 'contacts', urgency: 0, count: 1, oldestDueAt: 7 },
      { sync: 'leads', urgency: 0, count: 2, oldestDueAt: 4 },
      { sync: 'leads', urgency: 2, count: 1, oldestDueAt: 9 },
    ]);
  });
}
