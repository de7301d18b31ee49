import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SettingsError } from '../errors.ts';
import { compileSync } from '../run/index.ts';
import { FakeControl, fakeSetup, MemoryStore, syncConfiguration, World } from '../testing/index.ts';
import { recordNamed, type CommandContext } from './context.ts';

function contextOf(world: World): CommandContext {
  const { clock, random, makeId, source, target } = world;
  const syncs = world.configurations.map((each) => compileSync(each, { source }, { target }));
  const version = { id: 'v', hash: 'h', configuration: { orgId: 'org', connections: [], syncs: world.configurations } };
  return {
    store: new MemoryStore(clock, world.disk),
    control: new FakeControl(),
    salesforce: { source },
    connect: async () => ({ target }),
    setup: fakeSetup(),
    changedRuns: () => undefined,
    clock,
    random,
    makeId,
    exclusions: { has: () => false },
    session: {
      version,
      syncs: new Map(syncs.map((sync) => [sync.name, sync])),
      connections: new Map(),
      fullReads: { begin: () => assert.fail('nothing is read in full') },
      waits: [],
      wake: () => undefined,
      pipelineOf: () => undefined,
      exchange: () => undefined,
      beyondOwnPause: (_sync, work) => work(),
    },
  };
}

const lead = '00Q000000000001AAA';
const contact = '003000000000001AAA';

test('I-22: a bare record ID is of the object that its first 3 characters tell, and goes to the sync of that object', async () => {
  const world = new World();
  world.source.keyPrefixes.set('Prospect', '00Q').set('Person', '003');
  const context = contextOf(world);
  const named = async (target: string): Promise<string> => {
    const { sync, source } = await recordNamed(context, target);
    return `${sync.name}/${source}`;
  };
  assert.equal(await named(lead), `prospects/${lead}`);
  assert.equal(await named(contact), `people/${contact}`);
  assert.equal(await named(`people/${lead}`), `people/${lead}`, 'a sync that is named is taken at its word');
  await assert.rejects(named('001000000000001AAA'), /No active sync reads the object whose IDs begin with 001/);
  for (const wrong of ['', 'people/', '/x', 'Ada', lead.slice(0, 15), `${lead}'`])
    await assert.rejects(named(wrong), SettingsError);
});

test('I-22: an ID whose object several syncs read is not guessed at', async () => {
  const world = new World();
  world.source.keyPrefixes.set('Prospect', '00Q');
  world.configurations = [
    syncConfiguration('people', { salesforceObject: 'Prospect' }),
    syncConfiguration('prospects'),
  ];
  await assert.rejects(recordNamed(contextOf(world), lead), (error: SettingsError) => {
    assert.deepEqual(error.actions, [`Write one of: people/${lead}, prospects/${lead}.`]);
    return true;
  });
});
