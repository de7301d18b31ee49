import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Change } from '../ports/index.ts';
import { MemoryStore, VirtualClock } from '../testing/index.ts';
import { poll } from './poll.ts';

const start = Date.parse('2026-01-05T10:00:00Z');
const early = { id: 'early', stamp: start - 60_000, deleted: false };
const late = { id: 'late', stamp: start - 40_000, deleted: false };

test('I-X1: what a first poll gives means nothing; what is committed beside it later does, once', async () => {
  const store = new MemoryStore(new VirtualClock(start, () => 0));
  await store.acquire('worker', start, 60_000);
  const committed: Change[] = [early];
  const meant: Change[] = [];
  const source = {
    async *changes() {
      yield { changes: [...committed], cursor: 'here', readAt: start };
    },
  };
  const pollOnce = (): Promise<number> =>
    poll({
      ...{ source, object: 'Lead', name: 'changes/Lead', store, fields: [] },
      meaning: (changes) => {
        meant.push(...changes);
        return Promise.resolve({});
      },
    });
  assert.equal(await pollOnce(), 0);
  committed.push(late);
  assert.equal(await pollOnce(), 1);
  assert.equal(await pollOnce(), 0);
  assert.deepEqual(meant, [late]);
});
