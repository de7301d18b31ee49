import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LeaseLostError } from '../engine/index.ts';
import { VirtualClock } from '../engine/testing/index.ts';
import { LeaseGuard } from './lease-guard.ts';

test('N-06: a worker that stood still until its lease was over sends nothing more, and before a lease everything passes', async () => {
  const clock = new VirtualClock();
  const guard = new LeaseGuard();
  let sent = 0;
  const transport = guard.guard(async () => {
    sent += 1;
    return new Response();
  }, clock);
  const send = (): Promise<Response> => transport(new Request('https://org.example/'));
  await send();
  guard.extend(clock.now() + 180_000);
  await clock.pass(180_000);
  await send();
  await clock.pass(1);
  await assert.rejects(send(), LeaseLostError);
  guard.extend(clock.now() + 180_000);
  await send();
  assert.equal(sent, 3);
});
