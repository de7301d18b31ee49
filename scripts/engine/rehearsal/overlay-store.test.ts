import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { RecordRow } from '../ports/index.ts';
import { blankRow, MemoryStore, VirtualClock } from '../testing/index.ts';
import { OverlayStore } from './overlay-store.ts';

const row = fc.record({
  source: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
  key: fc.constantFrom('k1', 'k2', undefined),
  own: fc.integer({ min: 0, max: 5 }),
  delivered: fc.boolean(),
});

function rowOf({
  source,
  key,
  own,
  delivered,
}: {
  source: string;
  key: string | undefined;
  own: number;
  delivered: boolean;
}): RecordRow {
  return {
    ...blankRow,
    sync: 's',
    source,
    version: { own, parents: 0 },
    keySpace: 'space',
    precedence: 1,
    outcome: 'skipped',
    run: 'r',
    bulkRun: 'r',
    entrance: 'bulk',
    settledAt: 0,
    key,
    hash: delivered ? 'h' : undefined,
  };
}

test('N-01: an overlay answers as if its rows had been stored, and stores none', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(row, { maxLength: 8 }),
      fc.array(row, { maxLength: 8 }),
      fc.subarray(['a', 'b', 'c', 'd', 'e']),
      async (before, after, givers) => {
        const clock = new VirtualClock();
        const [beneath, whole] = [new MemoryStore(clock), new MemoryStore(clock)];
        for (const store of [beneath, whole]) {
          await store.acquire('test', 0, 1);
          await store.commit({ rows: before.map(rowOf) });
        }
        const overlay = new OverlayStore(beneath);
        await overlay.commit({ rows: after.map(rowOf) });
        await whole.commit({ rows: after.map(rowOf) });
        const keys = ['k1', 'k2'];
        const named = keys.flatMap((key) => givers.map((source) => ({ key, sync: 's', source })));
        assert.deepEqual(await overlay.rows('s', ['a', 'b', 'e']), await whole.rows('s', ['a', 'b', 'e']));
        const sources = (claims: Awaited<ReturnType<OverlayStore['topClaims']>>): unknown =>
          keys.map((key) => [key, claims.get(key)?.source, claims.get(key)?.delivered]);
        assert.deepEqual(
          sources(await overlay.topClaims('space', keys)),
          sources(await whole.topClaims('space', keys)),
        );
        if (named.length > 0)
          assert.deepEqual(
            sources(await overlay.runnersUp('space', named)),
            sources(await whole.runnersUp('space', named)),
          );
        assert.deepEqual(
          [...(beneath.disk.rows.get('s')?.keys() ?? [])].sort(),
          [...new Set(before.map((each) => each.source))].sort(),
        );
      },
    ),
    { numRuns: 300 },
  );
});
