import assert from 'node:assert/strict';
import { balances, noCounts, runCalls, type Announcement, type IssueChange } from '../../engine/index.ts';
import { row, run, work, type Clause } from './samples.ts';

export function runs(clause: Clause): void {
  clause('a run comes back as it was stored', async ({ store }) => {
    await store.acquire('worker', 0, 1_000);
    const counts = { ...noCounts, read: 3, created: 1, skipped: 2 };
    const given = {
      finishedAt: 9,
      expected: 3,
      counts,
      reasons: { 'no-key': 2 },
      sourceCalls: 4,
      targetCalls: 5,
      lookUpCalls: 3,
      tellCalls: 7,
      reportCalls: 8,
    } as const;
    const full = run('full', { ...given, position: 'p1', kind: 'sweep', state: 'stopped' });
    await store.commit({ runs: [full, run('few')] });
    assert.deepEqual(await store.run('full'), full);
    assert.deepEqual(await store.run('few'), run('few'));
    assert.equal(await store.run('none'), undefined);
  });

  clause(
    'N-05: counts change by deltas, negative ones move a record, a reason that is down to none is gone',
    async ({ store }) => {
      await store.acquire('worker', 0, 1_000);
      await store.commit({
        runs: [run('a')],
        runDeltas: [{ run: 'a', counts: { read: 5, created: 3, held: 2 }, reasons: { paused: 2 }, sourceCalls: 1 }],
      });
      const moved = {
        run: 'a',
        counts: { held: -2, created: 1, failed: 1 },
        reasons: { paused: -2, unreadable: 1 },
        ...{ targetCalls: 2, lookUpCalls: 1, tellCalls: 4, reportCalls: 3 },
      };
      await store.commit({ runDeltas: [moved] });
      const found = await store.run('a');
      assert.deepEqual(found?.counts, { ...noCounts, read: 5, created: 4, failed: 1 });
      assert.deepEqual(found?.reasons, { unreadable: 1 });
      assert.deepEqual(found && runCalls.map((name) => found[name]), [1, 2, 1, 4, 3]);
      assert.ok(found && balances(found.counts));
    },
  );

  clause('the position moves with its rows and is gone once all pages are accounted for', async ({ store }) => {
    await store.acquire('worker', 0, 1_000);
    await store.commit({ runs: [run('a')], runUpdates: [{ id: 'a', expected: 70 }] });
    await store.commit({ rows: [row('1')], runUpdates: [{ id: 'a', position: 'page 2' }] });
    assert.equal((await store.run('a'))?.position, 'page 2');
    await store.commit({ runUpdates: [{ id: 'a', pagesDone: true }] });
    await store.commit({ runUpdates: [{ id: 'a', state: 'finished', finishedAt: 77 }] });
    assert.deepEqual(
      await store.run('a'),
      run('a', { expected: 70, pagesDone: true, state: 'finished', finishedAt: 77 }),
    );
  });

  clause('a commit with a part that fails leaves nothing of the others', async ({ store }) => {
    await store.acquire('worker', 0, 1_000);
    const delta = { run: 'never stored', counts: { read: 1, created: 1 }, reasons: {} };
    const parts = {
      rows: [row('1', { key: 'k' })],
      runs: [run('new')],
      enqueue: [work('1')],
      cursors: [{ name: 'c', cursor: '1' }],
      seen: [{ object: 'Lead', changes: [{ id: '1', stamp: 5, deleted: false }], forgetBefore: 0 }],
      parents: [{ object: 'Account', id: '1', hash: 'h' }],
      fanOuts: { add: [{ sync: 'leads', reference: 'AccountId', parent: '1' }] },
      issues: [{ sync: 'leads', source: '1', outcome: 'failed', run: 'new', at: 1 }] satisfies IssueChange[],
    };
    for (const failing of [{ runDeltas: [delta] }, { runUpdates: [{ id: 'never stored', pagesDone: true }] }]) {
      await assert.rejects(store.commit({ ...parts, ...failing }), /never stored/);
      assert.equal((await store.rows('leads', ['1'])).size, 0);
      assert.equal((await store.topClaims('main/user', ['k'])).size, 0);
      assert.equal(await store.run('new'), undefined);
      assert.equal(await store.nextDue('leads'), undefined);
      assert.equal(await store.cursor('c'), undefined);
      assert.equal((await store.unseen('Lead', parts.seen[0]?.changes ?? [])).length, 1);
      assert.equal((await store.parents('Account', ['1'])).size, 0);
      assert.deepEqual(await store.fanOuts(9), []);
      assert.deepEqual(await store.untold(9), []);
    }
    await store.commit(parts);
    assert.equal((await store.topClaims('main/user', ['k'])).get('k')?.source, '1');
  });

  clause('runs are listed newest first, by sync, kind and state', async ({ store }) => {
    await store.acquire('worker', 0, 1_000);
    await store.commit({
      runs: [
        run('old', { startedAt: 1 }),
        run('new', { startedAt: 3, state: 'finished' }),
        run('middle', { startedAt: 2, kind: 'live' }),
        run('other', { startedAt: 4, sync: 'contacts' }),
      ],
    });
    const ids = async (filter: object, limit = 9): Promise<string[]> =>
      (await store.runs({ ...filter, limit })).map((each) => each.id);
    assert.deepEqual(await ids({}, 3), ['other', 'new', 'middle']);
    assert.deepEqual(await ids({ sync: 'leads' }), ['new', 'middle', 'old']);
    assert.deepEqual(await ids({ sync: 'leads', kind: 'backfill', state: 'running' }), ['old']);
    assert.deepEqual(await ids({ sync: 'none' }), []);
  });

  clause('issue changes wait, oldest first, until they are told', async ({ store }) => {
    await store.acquire('worker', 0, 1_000);
    const issue = (source: string, given: Partial<IssueChange> = {}): IssueChange => ({
      sync: 'leads',
      source,
      outcome: 'held',
      run: 'a',
      at: 1,
      ...given,
    });
    const failed = issue('2', { outcome: 'failed', reason: 'rejected-by-target', detail: 'said no', at: 2 });
    await store.commit({ issues: [issue('1'), failed] });
    await store.commit({ issues: [issue('3')] });
    const [first, second] = await store.untold(2);
    assert.deepEqual(first, { ...issue('1'), sequence: first?.sequence });
    assert.deepEqual(second, { ...failed, sequence: second?.sequence });
    await store.commit({ issues: [issue('1', { outcome: 'settled' })] });
    await store.told([first?.sequence ?? 0, second?.sequence ?? 0]);
    const left = await store.untold(9);
    assert.deepEqual(
      left.map((each) => [each.source, each.outcome]),
      [
        ['3', 'held'],
        ['1', 'settled'],
      ],
    );
  });

  clause(
    'P-67: announcements wait, oldest first, until they are told; one that comes meanwhile stays',
    async ({ store }) => {
      await store.acquire('worker', 0, 1_000);
      const announcement = (record: string, at = 1): Announcement => ({ system: 'pendo', record, run: 'a', at });
      await store.commit({ announcements: [announcement('1'), announcement('2')] });
      await store.commit({ announcements: [announcement('3')] });
      const [first, second] = await store.unannounced(2);
      assert.deepEqual(first, { ...announcement('1'), sequence: first?.sequence });
      await store.commit({ announcements: [announcement('1', 5)] });
      await store.announced([first?.sequence ?? 0, second?.sequence ?? 0]);
      const left = await store.unannounced(9);
      assert.deepEqual(
        left.map(({ record, at }) => [record, at]),
        [
          ['3', 1],
          ['1', 5],
        ],
      );
    },
  );
}
