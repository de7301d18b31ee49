import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Answer, WriteLimits } from '../ports/index.ts';
import { FakeControl, fakeSetup, MemoryStore, syncConfiguration, World } from '../testing/index.ts';
import { answerCommand } from './answer.ts';
import type { FieldsAnswer } from './fields.ts';

const draft = 'a01000000000001AAA';
const ownOnly: WriteLimits = { mayWrite: (_object, path) => path.startsWith('Own_'), existingOnly: () => true };

/** A draft that carries a report of a system into the org. */
function settingUp() {
  const world = new World();
  const control = new FakeControl();
  const connection = { name: 'usage', system: 'fake', settings: {} };
  const sync = syncConfiguration('people', {
    ...{ connection: 'usage', direction: 'systemToSalesforce', systemObject: 'report', include: 'all' },
    mappings: ['Own_Days__c', 'Phone'].map((target) => ({ source: 'days', target, blank: 'keep' })),
  });
  control.drafts.set(draft, { connection, sync });
  const report = new World().source;
  const { describe } = world.source;
  // As an org tells its fields, without being asked for any by name.
  world.source.describe = (object) => describe.call(world.source, object, ['Own_Days__c', 'Phone']);
  const ask = async (kind: 'fields' | 'check', more: object = {}, ends: object = {}): Promise<Answer> => {
    const { clock, random, makeId, target } = world;
    const store = new MemoryStore(clock, world.disk);
    await store.acquire('test', clock.now(), 600_000);
    const context = {
      ...{ store, control, clock, random, makeId, session: undefined, setup: fakeSetup() },
      salesforce: { source: world.source, target },
      connect: async () => ({ source: report, writeLimits: ownOnly, ...ends }),
      exclusions: { has: () => false },
      changedRuns: () => undefined,
    };
    const command = { id: 'c', kind, target: 'people', arguments: { draft, ...more } };
    return await world.run(answerCommand(command, context));
  };
  return { ask };
}

test('P-38: of the fields of the org those are offered that the system may write, and proposals for its columns', async () => {
  const answer = await settingUp().ask('fields', { period: ' Last 30 days ' });
  assert.ok(answer.ok, JSON.stringify(answer));
  const body = answer.body as FieldsAnswer;
  assert.deepEqual([body.from.object, body.plan.object, body.period], ['report', 'Person', 'Last 30 days']);
  assert.equal(body.package, undefined, 'only where it is asked for');
  assert.deepEqual(
    body.writable.map(({ path }) => path),
    ['Own_Days__c'],
  );
});

test('P-38: a connection that cannot be read has no fields to propose, and says so', async () => {
  const answer = await settingUp().ask('fields', {}, { source: undefined });
  assert.ok(!answer.ok);
  assert.match(answer.message, /usage cannot be read from/);
});

test('P-38, P-40: a mapping to a field that is not the system’s own is found before anything is activated', async () => {
  const answer = await settingUp().ask('check');
  assert.ok(answer.ok, JSON.stringify(answer));
  const { checks } = answer.body as { checks: { ok: boolean; detail: string; actions: string[] }[] };
  const failed = checks.filter(({ ok, detail }) => !ok && detail.includes('never writes'));
  assert.deepEqual(
    failed.map(({ detail }) => detail),
    ['days → Phone: the system of this connection never writes Person.Phone'],
  );
  assert.match(failed[0]?.actions[0] ?? '', /prefix/);
});

test('P-65: with the proposals come the files and the note to the Salesforce admin, filled in with the worker’s user', async () => {
  const answer = await settingUp().ask('fields', { package: true });
  assert.ok(answer.ok, JSON.stringify(answer));
  assert.deepEqual((answer.body as FieldsAnswer).package, {
    files: { 'package.xml': 'Person' },
    note: 'For worker@example.com',
  });
});
