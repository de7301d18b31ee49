import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CompiledSync, Patience } from '../run/index.ts';
import { countingIds, MemoryDisk, MemoryStore, seededRandom, VirtualClock } from '../testing/index.ts';
import { FullReads } from './full-reads.ts';

/** Full reads of one process over a store in memory, that never end; tells how many were started. */
async function open(disk = new MemoryDisk(), name = 'run', followed = Promise.resolve()) {
  const clock = new VirtualClock();
  const store = new MemoryStore(clock, disk);
  await store.acquire('test', clock.now(), 60_000);
  let started = 0;
  let read = 0;
  const never = new Promise<never>(() => undefined);
  const extract = (): AsyncIterable<never> => ({ [Symbol.asyncIterator]: () => ({ next: () => (++read, never) }) });
  const source = { count: () => never, extract };
  const reads = new FullReads(
    {
      store,
      clock,
      makeId: countingIds(`${name}-`),
      random: seededRandom(1),
      sampleSize: 0,
      pauses: async () => new Set(),
      changedRuns: () => undefined,
      signal: new AbortController().signal,
      followed,
      finished: () => undefined,
      for: () => {
        started += 1;
        // It tells neither its count nor a page.
        return { sync: { source } as unknown as CompiledSync, pipeline: neverUsed, patience: {} as Patience };
      },
    },
    (error) => assert.fail(String(error)),
  );
  const states = async (): Promise<readonly string[]> =>
    (await store.runs({ limit: 10 })).map((run) => `${run.id} ${run.state}`).sort();
  return { reads, states, started: () => started, read: () => read };
}

const neverUsed = {
  bulk: () => Promise.reject(new Error('nothing was read')),
  drain: () => Promise.reject(new Error('nothing was read')),
  ended: () => undefined,
};

test('N-06: a full read that a command begins while an earlier one is about to be resumed takes its place, and is read once', async () => {
  for (const first of ['command', 'resume'] as const) {
    const disk = new MemoryDisk();
    await (await open(disk, 'killed')).reads.begin('people', 'backfill');
    const { reads, states, started } = await open(disk, 'next');
    const both = [() => reads.begin('people', 'manual'), () => reads.resume('people')];
    await Promise.all((first === 'command' ? both : both.reverse()).map((each) => each()));
    assert.equal(started(), 1, `the ${first} first`);
    assert.deepEqual(await states(), ['killed-1 stopped', 'next-1 running']);
  }
});

test('N-06: a full read ends with the beginning of the one that takes its place', async () => {
  const disk = new MemoryDisk();
  await (await open(disk, 'killed')).reads.begin('people', 'backfill');
  const { reads, states } = await open(disk, 'next');
  await reads.begin('people', 'manual');
  assert.deepEqual(await states(), ['killed-1 stopped', 'next-1 running']);
});

test('two commands at once begin one full read', async () => {
  const { reads, started } = await open();
  const [one, other] = await Promise.all([reads.begin('people', 'manual'), reads.begin('people', 'manual')]);
  assert.deepEqual([one.run.id, one.begun, other.run.id, other.begun, started()], ['run-1', true, 'run-1', false, 1]);
});

test('N-06: a full read that a command begins early reads nothing before changes are followed: a save between would be lost', async () => {
  const followed = Promise.withResolvers<void>();
  const { reads, states, read } = await open(new MemoryDisk(), 'run', followed.promise);
  await reads.begin('people', 'manual');
  await new Promise(setImmediate);
  assert.deepEqual([await states(), read()], [['run-1 running'], 0]);
  followed.resolve();
  await new Promise(setImmediate);
  assert.equal(read(), 1);
});
