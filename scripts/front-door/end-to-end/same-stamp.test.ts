import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createLocalOrg, listen } from '../../../local/org/index.ts';
import { systemClock } from '../../../local/org/core/index.ts';
import { loadLeads, type GeneratedLead } from '../../../local/world/index.ts';
import { backfilled, iterableStats, startWorker, startWorld } from '../../../bench/harness/world.ts';
import type { RunningWorker } from '../../../bench/harness/world.ts';
import type { Org } from '../main-job.ts';
import { eventually, heldUsers, query, stopping } from './chain.ts';

const count = 25_000;

function* leadsNamed(name: string): Generator<GeneratedLead> {
  const shared = { FirstName: 'Same', Company: 'Stamp', Title: '', Status: 'Open - Not Contacted', LeadSource: 'Web' };
  for (let index = 0; index < count; index += 1)
    yield { ...shared, City: '', Country: '', LastName: `${index}`, Email: `${name}.${index}@example.com` };
}

/** The machine's clock, which can be made to stand still for others than its timers. */
function holdableClock() {
  const machine = systemClock();
  let heldAt: number | undefined;
  return {
    now: () => heldAt ?? machine.now(),
    after: machine.after,
    hold: () => (heldAt = machine.now()),
    release: () => (heldAt = undefined),
  };
}

async function stampsOf(org: Org, name: string): Promise<{ least: string; most: string; records: number } | undefined> {
  const soql = 'SELECT MIN(SystemModstamp) least, MAX(SystemModstamp) most, COUNT(Id) records FROM Lead';
  const [found] = await query<{ least: string; most: string; records: number }>(
    org,
    `${soql} WHERE Email LIKE '${name}.%'`,
  );
  return found;
}

test('K-02: 25,000 leads with one and the same stamp are all read, once, by a backfill and by polls', async () => {
  await using world = stopping(await startWorld(0, { pollSeconds: 1 }));
  // This org runs here, since no org of another process lets its clock be held. It has no change events.
  const clock = holdableClock();
  const held = createLocalOrg({ clock });
  await using http = await listening(held);
  held.deployPackage('force-app');
  held.assignPermissionSet('Plumbline_Admin', held.core.adminUserId);
  const org: Org = { instanceUrl: http.instanceUrl, accessToken: held.issueToken(held.core.adminUserId) };
  const load = async (name: string): Promise<void> => {
    clock.hold();
    await loadLeads(org, leadsNamed(name));
    clock.release();
    const stamps = await stampsOf(org, name);
    assert.equal(stamps?.records, count);
    assert.equal(stamps.least, stamps.most);
  };
  const place = { ...world, org: { answer: org } };

  await load('first');
  await using worker: RunningWorker & AsyncDisposable = stopping(await startWorker(place, 'store.sqlite'));
  const settled = (users: number): Promise<void> =>
    eventually(60, async () => {
      assert.equal((await iterableStats(world)).users, users);
      assert.deepEqual(await worker.store.backlog(), []);
    });
  const created = async (): Promise<number> =>
    (await worker.store.runs({ sync: 'leads', limit: 10 })).reduce((sum, run) => sum + run.counts.created, 0);

  // The polls re-read what was saved shortly before the backfill, so some of its rows may give way to live work.
  const backfill = (await backfilled(worker)).find((run) => run.sync === 'leads');
  assert.equal(backfill?.counts.read, count);
  assert.equal(backfill.counts.created + (backfill.reasons.superseded ?? 0), count);
  await settled(count);
  assert.equal(await created(), count);

  await load('second');
  await settled(2 * count);
  assert.equal(await created(), 2 * count);
  assert.equal((await worker.store.records({ sync: 'leads', limit: 1_000_000 })).length, 2 * count);
  const users = [...(await heldUsers(world.iterable.answer)).values()];
  assert.equal(new Set(users.map((user) => user.dataFields.Salesforce?.Id)).size, 2 * count);
  const { requests, throttled } = await iterableStats(world);
  assert.equal(throttled, 0);
  // Half as many again as full ones: what was sent twice would need twice as many.
  assert.ok(requests < (1.5 * 2 * count) / 1_000, `${requests} requests`);
});

async function listening(org: ReturnType<typeof createLocalOrg>) {
  const http = await listen(org, 0);
  return { ...http, [Symbol.asyncDispose]: () => http.close() };
}
