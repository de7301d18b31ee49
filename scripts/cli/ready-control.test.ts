import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ActiveVersion, ControlPlane } from '../engine/index.ts';
import { claimWhenReady } from './ready-control.ts';

const active = {
  id: 'v',
  hash: 'h',
  configuration: { orgId: 'o', connections: [], syncs: [{}] },
} as unknown as ActiveVersion;

function fake(activeVersion: ControlPlane['activeVersion']): ControlPlane {
  return { activeVersion, claim: async () => [] } as unknown as ControlPlane;
}

/** Whether a promise is settled once everything that can run has run. */
async function settles(promise: Promise<unknown>): Promise<boolean> {
  let settled = false;
  void promise.finally(() => (settled = true)).catch(() => undefined);
  await new Promise((wake) => setImmediate(wake));
  return settled;
}

test('commands wait until the connections of the active version are open, or failed to', async () => {
  for (const connect of [async () => ({}), async () => Promise.reject(new Error('no key'))]) {
    const gate = claimWhenReady(
      fake(async () => active),
      connect,
    );
    await gate.control.activeVersion();
    const claimed = gate.control.claim('a', 0);
    assert.equal(await settles(claimed), false);
    await gate.connect({ name: 'iterable', system: 'iterable', settings: {} }).catch(() => undefined);
    assert.equal(await settles(claimed), true);
  }
});

test('commands do not wait for what will never be active', async () => {
  for (const activeVersion of [async () => undefined, async () => Promise.reject(new Error('altered'))]) {
    const gate = claimWhenReady(fake(activeVersion), async () => ({}));
    await gate.control.activeVersion().catch(() => undefined);
    assert.equal(await settles(gate.control.claim('a', 0)), true);
  }
});
