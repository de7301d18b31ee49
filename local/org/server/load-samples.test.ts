import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createOrg, manualClock } from '../core/index.ts';
import { loadSamples } from './load-samples.ts';

test('the samples are accounts with people and deals, and no leads', () => {
  const org = createOrg({ clock: manualClock(Date.UTC(2026, 5, 1)) });
  loadSamples(org);
  const session = { userId: org.adminUserId, token: '', origin: '' };
  const count = (object: string) => org.prepare(`SELECT COUNT() FROM ${object}`, session).run().totalSize;
  assert.ok(count('Account') > 0 && count('Contact') > 0);
  assert.equal(count('Lead'), 0);
  assert.ok(count('Opportunity WHERE Account.Name != null') > 0);
});
