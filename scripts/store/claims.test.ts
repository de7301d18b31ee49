import assert from 'node:assert/strict';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import fc from 'fast-check';
import type { RecordRow, Store } from '../engine/index.ts';
import { MemoryStore } from '../engine/testing/index.ts';
import { ClaimBuffer, partCount } from './claim-buffer.ts';
import { row } from './contract/samples.ts';
import { openStore } from './index.ts';
import { keyHash } from './key-hash.ts';
import { entryOf, type RankedClaim } from './ranked-claim.ts';
import { newFolder } from './testing/index.ts';

const keySpace = 'main/user';
const newFile = (): string => join(newFolder(), 'store.db');

/** A seeded stream of numbers below `limit`. */
function numbers(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
}

/** 4,000 rows of 50,000 records, of which many share a key, change it, change their rank or give it up. */
function chunk(next: (limit: number) => number): RecordRow[] {
  return Array.from({ length: 4_000 }, () => {
    const version = { own: next(50), parents: 0 };
    const key = next(10) === 0 ? {} : { key: next(20) === 0 ? 'shared' : `key ${next(9_000)}` };
    return row(String(next(25_000)), {
      ...key,
      version,
      precedence: next(3),
      sync: next(2) === 0 ? 'leads' : 'contacts',
    });
  });
}

test('claims are the same before and after they are merged, and for a store opened again, as without any of that', async () => {
  const keys = ['shared', ...Array.from({ length: 9_000 }, (_, index) => `key ${index}`)];
  const ranks = async (store: Store): Promise<Map<string, unknown>> => {
    const found = [...(await store.topClaims(keySpace, keys))];
    return new Map(found.map(([key, claim]) => [key, [claim.precedence, claim.version.own, claim.source]]));
  };
  await fc.assert(
    fc.asyncProperty(fc.integer(), async (seed) => {
      const file = newFile();
      const model = new MemoryStore({ now: () => 0 });
      let store = await openStore({ file, claimChangesKept: 4_000 });
      for (const each of [model, store]) await each.acquire('worker', 0, 1);
      const next = numbers(seed);
      for (let commit = 0; commit < 21; commit++) {
        const rows = chunk(next);
        for (const each of [model, store]) await each.commit({ rows });
        if (commit % 7 !== 6) continue;
        if (commit === 13) {
          await store.close();
          store = await openStore({ file, claimChangesKept: 4_000 });
          await store.acquire('worker', 0, 1);
        }
        const reader = await openStore({ file });
        const expected = await ranks(model);
        assert.deepEqual(await ranks(store), expected);
        assert.deepEqual(await ranks(reader), expected, 'as another process sees it');
        await reader.close();
      }
      await store.close();
      const database = new DatabaseSync(file);
      const merged = Number(database.prepare('select count(*) as merged from claim').get()?.['merged']);
      assert.ok(merged > 0, 'nothing was ever merged');
      const trimmed = database.prepare('select min(sequence) as first from claim_change').get()?.['first'];
      assert.ok(Number(trimmed) > 1, 'the log was never trimmed');
      database.close();
    }),
    // With the first, a round of merges began in the commit in which another ended.
    { numRuns: 3, examples: [[2_147_483_620]] },
  );
});

test('the buffer of claims makes of any table what the changes say, one by one', () => {
  // A record claims one key at a time; two keys may share a hash.
  const claim = fc
    .record({
      hash: fc.constantFrom(0, 2 ** 48 - 1),
      keySpace: fc.constant(1),
      precedence: fc.constant(1),
      own: fc.integer({ min: 0, max: 2 }),
      source: fc.constantFrom('1', '2'),
      sync: fc.constant(1),
    })
    .map((each): RankedClaim => ({ ...each, key: `key of ${each.source}` }));
  fc.assert(
    fc.property(fc.array(claim), fc.array(claim), (stored, toggled) => {
      const text = (each: RankedClaim): string => JSON.stringify(entryOf(each));
      const table = new Set(stored.map(text));
      const expected = new Set(table);
      const buffer = new ClaimBuffer();
      for (const each of toggled) {
        const claimed = expected.has(text(each));
        buffer.apply(claimed ? { removed: [each], added: [] } : { removed: [], added: [each] });
        if (claimed) expected.delete(text(each));
        else expected.add(text(each));
      }
      let size = buffer.size;
      for (let part = 0; part < partCount; part++) {
        const { removed, added } = buffer.entries(part);
        buffer.clear(part);
        assert.equal(buffer.size, (size -= removed.length + added.length));
        for (const each of removed) table.delete(JSON.stringify(each));
        for (const each of added) table.add(JSON.stringify(each));
      }
      assert.equal(size, 0);
      assert.deepEqual(table, expected);
    }),
  );
});

test('keys whose hashes collide stay apart', async () => {
  // Two keys with one 48-bit hash are not to be found, so each row is given an entry under the other's hash by hand.
  const file = newFile();
  const store = await openStore({ file });
  await store.acquire('worker', 0, 1);
  await store.commit({ rows: [row('1', { key: 'a' }), row('2', { key: 'b' })] });
  await store.close();
  const database = new DatabaseSync(file);
  const space = Number(database.prepare('select id from name where text = ?').get(keySpace)?.['id']);
  const sync = Number(database.prepare("select id from name where text = 'leads'").get()?.['id']);
  const entry = database.prepare('insert into claim values (?, 1, 1700000000000, ?, ?)');
  for (const source of ['1', '2']) for (const key of ['a', 'b']) entry.run(keyHash(space, key), source, sync);
  database.exec('delete from claim_change');
  database.close();
  const again = await openStore({ file });
  const top = await again.topClaims(keySpace, ['a', 'b']);
  assert.deepEqual([top.get('a')?.source, top.get('b')?.source], ['1', '2']);
  await again.close();
});

test('hashes of keys are whole numbers of 48 bits that differ', () => {
  const hashes = new Set<number>();
  for (let index = 0; index < 100_000; index++) {
    const hash = keyHash(1 + (index % 2), `person${index >> 1}@example.com`);
    assert.ok(Number.isInteger(hash) && hash >= 0 && hash < 2 ** 48);
    hashes.add(hash);
  }
  assert.equal(hashes.size, 100_000);
});
