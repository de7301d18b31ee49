import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compileSync, mapRow, newRun } from '../run/index.ts';
import type { RecordRow, SourceRow, WorkItem } from '../ports/index.ts';
import { blankRow, MemoryStore, syncConfiguration, World } from '../testing/index.ts';
import { newsTo } from './echo.ts';

const fields = ['Mail', 'Id', 'Name', 'Parent.Name'];
const change = { id: 'p1', stamp: 20, deleted: false };
const seen: SourceRow = { id: 'p1', version: { own: 20, parents: 0 }, cells: ['a@x.com', 'p1', 'Ada', null] };

async function known(row: Partial<RecordRow> = {}) {
  const world = new World();
  const ends = { target: world.target, election: { toSystem: 'first', fromSystem: 'latest' } } as const;
  const sync = compileSync(syncConfiguration('people'), { source: world.source }, ends);
  const store = new MemoryStore(world.clock);
  await store.acquire('test', 0, 1);
  const { key, hash } = mapRow(sync, seen) ?? { key: '', hash: '' };
  const stored: RecordRow = {
    ...blankRow,
    ...{ sync: 'people', source: 'p1', version: { own: 10, parents: 0 }, keySpace: sync.keySpace, key, hash },
    ...{ precedence: 2, outcome: 'updated', run: 'r', bulkRun: 'r', entrance: 'bulk', settledAt: 0 },
  };
  await store.commit({ rows: [{ ...stored, ...row }] });
  const isNews = async (rows = [seen], what = change): Promise<boolean> =>
    (await newsTo(sync, [what], rows, fields, store)).length === 1;
  return { sync, store, isNews };
}

test('N-14: a change that leaves what the target holds as it is is no news, any other is', async () => {
  const { isNews } = await known();
  assert.equal(await isNews(), false);
  assert.equal(await isNews([{ ...seen, cells: ['a@x.com', 'p1', 'Grace', null] }]), true);
  assert.equal(await isNews([{ ...seen, cells: ['b@x.com', 'p1', 'Ada', null] }]), true);
  assert.equal(await isNews([]), true, 'nothing was seen of it');
  assert.equal(await isNews([seen], { ...change, deleted: true }), true);
});

test('N-14: whatever may have older values on its way is news: work, a full read, a row that is not what the target holds', async () => {
  const waits = await known();
  const work: WorkItem = { sync: 'people', source: 'p1', urgency: 0, dueAt: 0, cause: 'changed' };
  await waits.store.commit({ enqueue: [work] });
  assert.equal(await waits.isNews(), true);
  await waits.store.lease({ sync: 'people', now: 0, milliseconds: 9, limit: 1 });
  assert.equal(await waits.isNews(), true, 'leased');
  const read = await known();
  await read.store.commit({ runs: [newRun('r', 'people', 'sweep', 0)] });
  assert.equal(await read.isNews(), true);
  await read.store.commit({ runUpdates: [{ id: 'r', state: 'finished' }] });
  assert.equal(await read.isNews(), false);
  assert.equal(await (await known({ outcome: 'held', reason: 'paused' })).isNews(), true);
});

test('where the latest stamp wins a key, or a filter is set, each change is news', async () => {
  const { sync, store } = await known();
  for (const other of [
    { ...sync, election: 'latest' as const },
    { ...sync, shape: { ...sync.shape, include: "Name != ''" } },
  ])
    assert.equal((await newsTo(other, [change], [seen], fields, store)).length, 1);
});
