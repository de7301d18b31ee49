import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { merge } from './merge.ts';

test('everything that is emitted comes once, each producer in its own order', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(8), { maxLength: 5 }), async (counts) => {
      const producers = counts.map((count, producer) => async (emit: (item: string) => Promise<void>) => {
        for (let index = 0; index < count; index++) await emit(`${producer}.${index}`);
      });
      const seen: string[] = [];
      for await (const item of merge(producers, new AbortController().signal)) seen.push(item);
      const wanted = counts.flatMap((count, producer) =>
        Array.from({ length: count }, (_, index) => `${producer}.${index}`),
      );
      assert.deepEqual(seen.toSorted(), wanted.toSorted());
      counts.forEach((_, producer) => {
        const own = seen.filter((item) => item.startsWith(`${producer}.`));
        assert.deepEqual(own, own.toSorted());
      });
    }),
  );
});

test('a producer waits until what it emitted was taken', async () => {
  let emitted = 0;
  const produce = async (emit: (item: number) => Promise<void>): Promise<void> => {
    for (; emitted < 100; emitted++) await emit(emitted);
  };
  const merged = merge([produce], new AbortController().signal);
  await merged.next();
  await new Promise(setImmediate);
  assert.equal(emitted, 0);
  await merged.next();
  assert.equal(emitted, 1);
  await merged.return(undefined);
});

test('the signal ends it, with producers that wait for their reader or for the signal', async () => {
  const ending = new AbortController();
  const waits = (_: unknown, signal: AbortSignal): Promise<void> =>
    new Promise((resolve) => signal.addEventListener('abort', () => resolve()));
  const emits = async (emit: (item: number) => Promise<void>, signal: AbortSignal): Promise<void> => {
    while (!signal.aborted) await emit(1);
  };
  const merged = merge<number>([waits, emits], ending.signal);
  await merged.next();
  ending.abort();
  assert.equal((await merged.next()).done, true);
});

test('the first failure ends it and stops the others', async () => {
  let stopped = false;
  const waits = async (_: unknown, signal: AbortSignal): Promise<void> => {
    await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
    stopped = true;
  };
  const fails = async (): Promise<void> => {
    throw new RangeError('broken');
  };
  await assert.rejects(merge([waits, fails], new AbortController().signal).next(), RangeError);
  await new Promise(setImmediate);
  assert.ok(stopped);
});
