import assert from 'node:assert/strict';
import type { Claim, RecordRow, Store } from '../../engine/index.ts';
import { row, run, type Clause } from './samples.ts';

const keySpace = 'main/user';

async function topOf(store: Store, key: string): Promise<string | undefined> {
  return (await store.topClaims(keySpace, [key])).get(key)?.source;
}

async function all(
  store: Store,
  filter: Omit<Parameters<Store['records']>[0], 'limit'>,
  limit: number,
): Promise<RecordRow[]> {
  const found: RecordRow[] = [];
  for (;;) {
    const last = found.at(-1);
    const page = await store.records({ ...filter, limit, ...(last ? { after: last } : {}) });
    assert.ok(page.length <= limit);
    found.push(...page);
    if (page.length < limit) return found;
  }
}

export function records(clause: Clause): void {
  clause('a row comes back as it was stored, with all its fields or the fewest', async ({ store }) => {
    await store.acquire('worker', 0, 1_000);
    const full = row('full', {
      key: "o'neil+\u{1F40E}@example.com",
      hash: 'abc',
      outcome: 'held',
      reason: 'unanswered-request',
      detail: 'a "detail"\n',
      bulkRun: 'bulk',
      createdIn: 'earlier',
      entrance: 'live',
      run: '',
      precedence: -3,
      version: { own: 1, parents: 0 },
    });
    await store.commit({ rows: [full, row('few')] });
    const found = await store.rows('leads', ['few', 'full', 'none']);
    assert.deepEqual(
      found,
      new Map([
        ['few', row('few')],
        ['full', full],
      ]),
    );
    assert.equal((await store.rows('contacts', ['few'])).size, 0);
    assert.equal((await store.rows('leads', [])).size, 0);
  });

  clause('a row takes the place of the one before, the last of a commit that of the others', async ({ store }) => {
    await store.acquire('worker', 0, 1_000);
    await store.commit({ rows: [row('1', { key: 'a', hash: 'h', reason: 'paused', detail: 'd' })] });
    await store.commit({
      rows: [row('1', { key: 'b', outcome: 'failed' }), row('1', { key: 'c', outcome: 'updated' })],
    });
    assert.deepEqual((await store.rows('leads', ['1'])).get('1'), row('1', { key: 'c', outcome: 'updated' }));
    assert.deepEqual([...(await store.topClaims(keySpace, ['a', 'b', 'c'])).keys()], ['c']);
  });

  clause('the greatest claim wins by precedence, then by stamp, then by record', async ({ store }) => {
    await store.acquire('worker', 0, 1_000);
    const version = (own: number): RecordRow['version'] => ({ own, parents: 99 - own });
    const ranked = [
      row('9', { key: 'k', precedence: 1, version: version(9) }),
      row('1', { key: 'k', precedence: 2, version: version(1) }),
      row('2', { key: 'k', precedence: 2, version: version(5), sync: 'contacts' }),
      row('3', { key: 'k', precedence: 2, version: version(5) }),
    ];
    for (const [index, each] of ranked.entries()) {
      await store.commit({ rows: [each] });
      assert.equal(await topOf(store, 'k'), ranked[index]?.source);
    }
    for (const each of ranked.toReversed()) {
      assert.equal(await topOf(store, 'k'), each.source);
      await store.commit({ rows: [row(each.source, { sync: each.sync })] });
    }
    assert.equal(await topOf(store, 'k'), undefined);
  });

  clause(
    'P-58, P-59: a rank stands in the place of the stamp, and among equal negative ones the smaller ID wins',
    async ({ store }) => {
      await store.acquire('worker', 0, 1_000);
      const ranked = [
        row('5', { key: 'k', rank: -9, version: { own: 99, parents: 0 } }),
        row('4', { key: 'k', rank: -9, version: { own: 1, parents: 0 } }),
        row('9', { key: 'k', rank: -3, version: { own: 2, parents: 0 } }),
      ];
      for (const each of ranked) {
        await store.commit({ rows: [each] });
        assert.equal(await topOf(store, 'k'), each.source);
      }
      assert.deepEqual((await store.rows('leads', ['4'])).get('4'), ranked[1]);
      assert.equal((await store.topClaims(keySpace, ['k'])).get('k')?.rank, -3);
      const without = [{ key: 'k', sync: 'leads', source: '9' }];
      assert.equal((await store.runnersUp(keySpace, without)).get('k')?.source, '4');
      for (const each of ranked.toReversed()) {
        assert.equal(await topOf(store, 'k'), each.source);
        await store.commit({ rows: [row(each.source)] });
      }
    },
  );

  clause('a claim tells its record, rank, run, outcome and whether the target holds it', async ({ store }) => {
    await store.acquire('worker', 0, 1_000);
    const version = { own: 5, parents: 6 };
    await store.commit({
      rows: [
        row('1', { key: 'a', version, hash: 'h', createdIn: 'first', run: 'second', outcome: 'updated' }),
        row('2', { key: 'b', version, outcome: 'skipped' }),
      ],
    });
    const claim = { sync: 'leads', precedence: 1, version };
    const expected = new Map<string, Claim>([
      ['a', { ...claim, source: '1', delivered: true, createdIn: 'first', run: 'second', outcome: 'updated' }],
      ['b', { ...claim, source: '2', delivered: false, run: 'run', outcome: 'skipped' }],
    ]);
    const found = await store.topClaims(keySpace, ['a', 'b', 'a', 'none']);
    assert.deepEqual(new Map([...found].sort()), expected);
  });

  clause('keys of two key spaces do not meet', async ({ store }) => {
    await store.acquire('worker', 0, 1_000);
    await store.commit({ rows: [row('1', { key: 'k' }), row('9', { key: 'k', keySpace: 'other/user' })] });
    assert.equal(await topOf(store, 'k'), '1');
    assert.equal((await store.topClaims('unknown', ['k'])).size, 0);
  });

  clause('a runner-up is the greatest but those who give the key up', async ({ store }) => {
    await store.acquire('worker', 0, 1_000);
    await store.commit({
      rows: [
        row('1', { key: 'k' }),
        row('2', { key: 'k' }),
        row('3', { key: 'k' }),
        row('3', { key: 'k', sync: 'contacts' }),
        row('4', { key: 'alone' }),
      ],
    });
    const runnerUp = async (...givers: readonly [string, string, string][]): Promise<readonly string[]> => {
      const found = await store.runnersUp(
        keySpace,
        givers.map(([key, sync, source]) => ({ key, sync, source })),
      );
      return [...found].map(([key, claim]) => `${key}: ${claim.sync}/${claim.source}`);
    };
    assert.deepEqual(await runnerUp(['k', 'leads', '3']), ['k: contacts/3']);
    assert.deepEqual(await runnerUp(['k', 'leads', '3'], ['k', 'contacts', '3']), ['k: leads/2']);
    assert.deepEqual(
      await runnerUp(['k', 'leads', '1'], ['alone', 'leads', '4'], ['k', 'never', '1'], ['none', 'leads', '1']).then(
        (found) => found.length,
      ),
      1,
    );
  });

  clause('records are listed by sync, outcome, reason and run, page by page, each once', async ({ store }) => {
    await store.acquire('worker', 0, 1_000);
    const rows = Array.from({ length: 60 }, (_, index) =>
      row(String(index % 20), {
        sync: ['leads', 'contacts', 'accounts'][Math.floor(index / 20)] ?? '',
        outcome: (['failed', 'skipped', 'created'] as const)[index % 3] ?? 'held',
        ...(index % 3 === 0
          ? { reason: index % 2 === 0 ? ('unreadable' as const) : ('record-too-large' as const) }
          : {}),
        run: index % 5 === 0 ? 'fifth' : 'other',
      }),
    );
    await store.commit({ runs: [run('fifth'), run('other')], rows });
    const filters = [{}, { sync: 'leads' }, { outcome: 'failed' }, { reason: 'unreadable' }, { run: 'fifth' }] as const;
    for (const filter of [
      ...filters,
      { sync: 'contacts', outcome: 'skipped', run: 'other' },
      { outcome: 'held' },
    ] as const) {
      const fits = rows.filter((each) =>
        Object.entries(filter).every(([name, value]) => each[name as keyof RecordRow] === value),
      );
      const found = await all(store, filter, 7);
      const id = (each: RecordRow): string => `${each.sync}/${each.source}`;
      assert.deepEqual(found.map(id).sort(), fits.map(id).sort(), JSON.stringify(filter));
      for (const each of found)
        assert.deepEqual(
          each,
          fits.find((other) => id(other) === id(each)),
        );
    }
    for (const filter of [{ sync: 'none' }, { run: 'none' }, { reason: 'merged' }] as const) {
      assert.deepEqual(await store.records({ ...filter, limit: 5 }), []);
    }
  });
}
