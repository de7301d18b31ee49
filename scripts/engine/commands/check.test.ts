import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FakeControl, fakeSetup, MemoryStore, syncConfiguration, World } from '../testing/index.ts';
import { answerCommand } from './answer.ts';
import type { CheckAnswer } from './check.ts';

test('P-63: a check names the org and the user that the worker is logged in as', async () => {
  const world = new World();
  const { clock, random, makeId, source, target } = world;
  const control = new FakeControl();
  const id = 'a01000000000001AAA';
  control.drafts.set(id, {
    connection: { name: 'mail', system: 'fake', settings: {} },
    sync: syncConfiguration('people'),
  });
  const store = new MemoryStore(clock, world.disk);
  await store.acquire('test', clock.now(), 600_000);
  const answer = await world.run(
    answerCommand(
      { id: 'c', kind: 'check', target: '*', arguments: { draft: id } },
      {
        ...{ store, control, clock, random, makeId, session: undefined },
        salesforce: { source },
        connect: async () => ({ target }),
        setup: { ...fakeSetup(), org: async () => ({ id: '00D1', sandbox: true, user: 'sync@acme.example' }) },
        exclusions: { has: () => false },
        changedRuns: () => undefined,
      },
    ),
  );
  assert.ok(answer.ok, JSON.stringify(answer));
  const { checks, org } = answer.body as CheckAnswer;
  assert.equal(org?.user, 'sync@acme.example');
  assert.equal(checks[0]?.detail, 'logged in to the sandbox 00D1 as sync@acme.example');
});
