import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { row } from '../contract/samples.ts';
import { openStore } from '../index.ts';
import { newFolder } from '../testing/index.ts';
import { openStoreInThread } from './index.ts';

test('all that an empty store was filled with is found, though its thread is asked for what it may hold alone', async () => {
  const store = await openStoreInThread({ file: join(newFolder(), 'store.db') });
  await store.acquire('worker', 0, 60_000);
  for (let commit = 0; commit < 30; commit++) {
    const rows = Array.from({ length: 100 }, (_, index) => row(`p${commit * 100 + index}`, { key: `k${index}` }));
    await store.commit({ rows });
  }
  const sources = Array.from({ length: 3_100 }, (_, index) => `p${index}`);
  assert.equal((await store.rows('leads', sources)).size, 3_000);
  const tops = await store.topClaims('main/user', [...sources, 'k0', 'k99']);
  assert.deepEqual(
    [...tops].map(([key, { source }]) => [key, source]),
    [
      ['k0', 'p900'],
      ['k99', 'p999'],
    ],
  );
  await store.close();
});

test('N-06: what another process stored while it had the lease is found by whoever takes it back', async () => {
  const file = join(newFolder(), 'store.db');
  const store = await openStoreInThread({ file });
  await store.acquire('worker', 0, 1_000);
  await store.commit({ rows: [row('mine', { key: 'k' })] });
  assert.equal((await store.rows('leads', ['others'])).size, 0);
  const other = await openStore({ file });
  await other.acquire('other', 2_000, 1_000);
  await other.commit({ rows: [row('others', { key: 'l' })] });
  await other.close();
  await store.acquire('worker', 4_000, 1_000);
  assert.deepEqual([...(await store.rows('leads', ['mine', 'others'])).keys()].sort(), ['mine', 'others']);
  assert.deepEqual([...(await store.topClaims('main/user', ['k', 'l'])).keys()].sort(), ['k', 'l']);
  await store.close();
});
