import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createTestChannel, json, refusal } from '../testing/index.ts';
import { Allowance, deliveriesOf } from './allowance.ts';
import { createManualClock } from './testing/index.ts';

test('deliveries are those that the limits of the org tell', async () => {
  const { channel, calls } = createTestChannel(() =>
    json({ DailyDeliveredPlatformEvents: { Max: 25_000, Remaining: 20_000 } }),
  );
  assert.deepEqual(await deliveriesOf(channel)(), { used: 5_000, limit: 25_000 });
  assert.equal(calls[0]?.path, '/services/data/v66.0/limits');
});

test('an org that does not tell them, or does not answer, closes no stream', async () => {
  for (const answer of [
    () => json({ DailyApiRequests: { Max: 1, Remaining: 1 } }),
    () => refusal(503, 'SERVER_UNAVAILABLE'),
  ]) {
    const { channel } = createTestChannel(answer);
    const allowance = new Allowance(createManualClock(), deliveriesOf(channel));
    await allowance.look();
    assert.equal(allowance.refusal, undefined);
    assert.equal(allowance.signal.aborted, false);
  }
});

test('at 80% streams must end; below it a new signal lets them open', async () => {
  let used = 79;
  const allowance = new Allowance(createManualClock(), async () => ({ used, limit: 100 }));
  const why = (): string => allowance.refusal?.message ?? 'open';
  await allowance.look();
  assert.equal(why(), 'open');
  const before = allowance.signal;
  used = 80;
  await allowance.look();
  assert.ok(before.aborted);
  assert.match(why(), /80 of the 100/);
  used = 50;
  await allowance.look();
  assert.equal(allowance.signal.aborted, false);
});
