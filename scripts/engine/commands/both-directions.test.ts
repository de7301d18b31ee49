import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compileSync } from '../run/index.ts';
import type { Answer } from '../ports/index.ts';
import { FakeControl, fakeSetup, MemoryStore, syncConfiguration, World } from '../testing/index.ts';
import { answerCommand } from './answer.ts';

/** A worker of two connections, with what is paused; a full read of a sync is a run of its name. */
function working(...paused: readonly string[]) {
  const { clock, random, makeId, source, target, disk } = new World();
  const syncs = [
    syncConfiguration('people', { name: 'accounts', connection: 'usage' }),
    syncConfiguration('people', { name: 'figures', connection: 'usage', direction: 'systemToSalesforce' }),
    syncConfiguration('people', { connection: 'mail' }),
  ];
  const ends = { source, target };
  /** Sources that forgot what they remembered. */
  const forgetful: string[] = [];
  const reports = Object.assign(Object.create(source) as typeof source, {
    changes: undefined,
    forgetSchema: () => forgetful.push('reports'),
  });
  const control = new FakeControl();
  control.paused = new Set(paused);
  const begun: string[] = [];
  const session = {
    version: { id: 'v', hash: 'h', configuration: { orgId: 'org', connections: [], syncs } },
    syncs: new Map(syncs.map((sync) => [sync.name, compileSync(sync, ends, { source: reports, target })])),
    connections: new Map(),
    fullReads: {
      begin: async (sync: string, kind: 'backfill' | 'manual') => {
        begun.push(sync);
        return { run: { id: `run of ${sync}`, kind } as never, begun: true };
      },
    },
    waits: [],
    wake: () => undefined,
    pipelineOf: () => undefined,
    exchange: () => undefined,
    beyondOwnPause: <Value>(_sync: string, work: () => Promise<Value>) => work(),
  };
  const context = {
    ...{ store: new MemoryStore(clock, disk), control, clock, random, makeId, session },
    ...{ salesforce: ends, connect: async () => ends, setup: fakeSetup() },
    ...{ exclusions: { has: () => false }, changedRuns: () => undefined },
  };
  const ask = (target: string): Promise<Answer> =>
    answerCommand({ id: 'c', kind: 'run', target, arguments: {} }, context);
  return { ask, begun, forgetful };
}

test('P-04, P-05: asked of a connection, a sync by hand runs both directions; of a sync, that one', async () => {
  const { ask, begun } = working();
  const answer = await ask('usage');
  assert.deepEqual(begun, ['accounts', 'figures']);
  const runs = ['accounts', 'figures'].map((sync) => ({ run: `run of ${sync}`, sync, kind: 'manual', begun: true }));
  assert.deepEqual(answer, { ok: true, body: { runs } });
  await ask('people');
  assert.deepEqual(begun.slice(2), ['people']);
});

test('P-46: a sync by hand reads a system that tells no changes anew, whatever it was asked a moment ago', async () => {
  const { ask, forgetful } = working();
  await ask('people');
  assert.deepEqual(forgetful, []);
  await ask('figures');
  assert.deepEqual(forgetful, ['reports']);
});

test('a sync of the connection that is paused is left out, and with all of them paused it is said', async () => {
  const { ask, begun } = working('figures');
  await ask('usage');
  assert.deepEqual(begun, ['accounts']);
  for (const all of [['*'], ['usage'], ['accounts', 'figures']]) {
    const paused = working(...all);
    const answer = await paused.ask('usage');
    assert.ok(!answer.ok && /is paused/.test(answer.message), JSON.stringify(answer));
    assert.deepEqual(paused.begun, []);
  }
  const unknown = await ask('nobody');
  assert.ok(!unknown.ok && /no active sync "nobody"/.test(unknown.message));
});
