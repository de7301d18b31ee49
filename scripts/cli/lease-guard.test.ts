import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LeaseLostError } from '../engine/index.ts';
import { LeaseGuard } from './lease-guard.ts';

test('N-06: a worker that stood still until its lease was over sends nothing more, and before a lease everything passes', () => {
  const lease = new LeaseGuard();
  lease.look(1_000);
  lease.extend(180_000);
  lease.look(180_000);
  assert.throws(() => lease.look(180_001), LeaseLostError);
  lease.extend(360_000);
  lease.look(180_001);
});
