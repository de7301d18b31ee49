import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Urgency } from '../engine/index.ts';
import { Lane } from './index.ts';
import { arrivalMilliseconds } from './request-window.ts';
import { VirtualClock } from '../engine/testing/index.ts';

interface Job {
  readonly urgency: Urgency;
  /** Milliseconds: when it is asked for, what is stored first, until it arrives, until its answer is here. */
  readonly asked: number;
  readonly prepare: number;
  readonly arrival: number;
  readonly answer: number;
  readonly fails: boolean;
}

const jobs = fc.array(
  fc.record<Job>({
    urgency: fc.constantFrom<Urgency>('live', 'bulk'),
    asked: fc.integer({ min: 0, max: 3_000 }),
    prepare: fc.integer({ min: 0, max: 40 }),
    arrival: fc.integer({ min: 0, max: arrivalMilliseconds }),
    answer: fc.integer({ min: 0, max: 3_000 }),
    fails: fc.boolean(),
  }),
  { minLength: 1, maxLength: 40 },
);

function laneOf(clock: VirtualClock, requests: number, maxInFlight: number): Lane {
  return new Lane({ clock, limits: { requests, windowMilliseconds: 1_000, maxInFlight } });
}

test("the other side's own sliding window is never exceeded, and every request is sent", async () => {
  const limits = [fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 8 })] as const;
  await fc.assert(
    fc.asyncProperty(jobs, ...limits, async (list, requests, maxInFlight) => {
      const clock = new VirtualClock();
      const lane = laneOf(clock, requests, maxInFlight);
      const arrivals: number[] = [];
      let open = 0;
      const runs = list.map(async (job) => {
        await clock.sleep(job.asked);
        const run = lane.run({
          urgency: job.urgency,
          prepare: () => clock.sleep(job.prepare),
          send: async () => {
            assert.ok(++open <= maxInFlight, 'too many in flight');
            await clock.sleep(job.arrival);
            arrivals.push(clock.now());
            await clock.sleep(job.answer);
            open--;
            if (job.fails) throw new Error('cut');
          },
        });
        await run.catch(() => undefined);
      });
      await clock.run(Promise.all(runs));
      assert.equal(arrivals.length, list.length);
      arrivals.sort((left, right) => left - right);
      for (const [index, arrival] of arrivals.entries()) {
        const later = arrivals[index + requests];
        assert.ok(
          later === undefined || later - arrival >= 1_000,
          `${requests + 1} requests within ${later! - arrival} ms`,
        );
      }
    }),
    { numRuns: 150 },
  );
});

test('live work goes before bulk work, each in the order it came', async () => {
  const clock = new VirtualClock();
  const lane = laneOf(clock, 2, 2);
  const started: string[] = [];
  const ask = (urgency: Urgency, name: string): Promise<number> =>
    lane.run({ urgency, send: async () => started.push(name) });
  const all = ['a', 'b', 'c', 'd'].map((name) => ask('bulk', name));
  all.push(ask('live', 'x'), ask('live', 'y'));
  assert.deepEqual(lane.status(), { waiting: { live: 2, bulk: 2 }, inFlight: 2 });
  await clock.run(Promise.all(all));
  assert.deepEqual(started, ['a', 'b', 'x', 'y', 'c', 'd']);
});

test('the limit is used: 40 requests at 5 a second with answers in 100 ms take less than 8 seconds', async () => {
  const clock = new VirtualClock();
  const lane = laneOf(clock, 5, 5);
  const begun = clock.now();
  const all = Array.from({ length: 40 }, () => lane.run({ urgency: 'bulk', send: () => clock.sleep(100) }));
  await clock.run(Promise.all(all));
  assert.ok(clock.now() - begun < 8_000, `${clock.now() - begun} ms`);
});

test('nothing starts while the lane is paused, and all goes on by itself', async () => {
  const clock = new VirtualClock();
  const lane = laneOf(clock, 5, 5);
  const until = clock.now() + 60_000;
  lane.pauseUntil(until);
  lane.pauseUntil(until - 1_000);
  const started = lane.run({ urgency: 'live', send: async () => clock.now() });
  assert.deepEqual(lane.status(), { waiting: { live: 1, bulk: 0 }, inFlight: 0, pausedUntil: until });
  assert.equal(await clock.run(started), until);
  assert.equal(lane.status().pausedUntil, undefined);
});

test('a request that is aborted while it waits is never sent, and takes no place', async () => {
  const clock = new VirtualClock();
  const lane = laneOf(clock, 1, 1);
  const begun = clock.now();
  const abort = new AbortController();
  const first = lane.run({ urgency: 'bulk', send: () => clock.sleep(500) });
  const second = lane.run({ urgency: 'bulk', send: () => assert.fail('sent'), signal: abort.signal });
  const third = lane.run({ urgency: 'bulk', send: async () => clock.now() });
  abort.abort(new Error('stopped'));
  await assert.rejects(second, { message: 'stopped' });
  await assert.rejects(lane.run({ urgency: 'live', send: () => assert.fail('sent'), signal: abort.signal }), {
    message: 'stopped',
  });
  assert.deepEqual(lane.status().waiting, { live: 0, bulk: 1 });
  await clock.run(first);
  assert.equal(await clock.run(third), begun + 500 + 1_000 + 10);
});

test('a request whose preparation fails was not sent: the next one goes at once', async () => {
  const clock = new VirtualClock();
  const lane = laneOf(clock, 1, 1);
  const begun = clock.now();
  const prepare = (): Promise<void> => Promise.reject(new Error('the lease is lost'));
  const failed = lane.run({ urgency: 'bulk', prepare, send: () => assert.fail('sent') });
  const next = lane.run({ urgency: 'bulk', send: async () => clock.now() });
  await assert.rejects(failed, { message: 'the lease is lost' });
  assert.equal(await clock.run(next), begun);
});
