import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CredentialsError } from '../errors.ts';
import type { FieldRules } from '../ports/index.ts';
import { FakeControl, syncConfiguration, World } from '../testing/index.ts';
import { workerTiming } from './options.ts';
import { work } from './testing/index.ts';

function held(world: World, key: string): Record<string, unknown> {
  return JSON.parse(world.target.records.get(key) ?? '{}') as Record<string, unknown>;
}

test('K-39: a field that is gone pauses its mapping alone, says so as an issue, and goes on by itself when it is back', async () => {
  const world = new World();
  world.source.save('Person', 'p1', { Mail: 'p1@x.com', Name: 'A' });
  const { control, end, logged } = work(world);
  await world.clock.pass(20_000);
  assert.deepEqual(held(world, 'p1@x.com'), { mail: 'p1@x.com', id: 'p1', data: { name: 'A' } });

  world.source.hidden.add('Name');
  world.source.save('Person', 'p2', { Mail: 'p2@x.com', Name: 'B' });
  // What is refused is looked at with the next beat, not at the end of the day.
  await world.clock.pass(200_000);
  assert.deepEqual(held(world, 'p2@x.com'), { mail: 'p2@x.com', id: 'p2' });
  const issue = control.issues.get('people/Name → data.name');
  assert.deepEqual([issue?.outcome, issue?.reason], ['held', 'schema-changed']);
  assert.match(issue?.detail ?? '', /Person\.Name is gone/);
  assert.ok(logged.some((line) => /The schema of people has changed: Person\.Name is gone/.test(line)));

  world.source.hidden.delete('Name');
  await world.clock.pass(1_200_000);
  assert.deepEqual(held(world, 'p2@x.com'), { mail: 'p2@x.com', id: 'p2', data: { name: 'B' } });
  assert.equal(control.issues.get('people/Name → data.name')?.outcome, 'settled');
  await end();
  assert.deepEqual(world.died, []);
});

test('K-39: a field of another type is found by the daily look, in words', async () => {
  const world = new World();
  world.source.save('Person', 'p1', { Mail: 'p1@x.com', Name: 'A' });
  assert.equal(workerTiming.schema, 86_400_000);
  // A day has tens of thousands of beats and polls, so it is shorter here.
  const { control, end } = work(world, new FakeControl(), undefined, { schema: 150_000 });
  await world.clock.pass(20_000);
  world.source.types.set('Name', 'double');
  await world.clock.pass(300_000);
  assert.match(
    control.issues.get('people/Name → data.name')?.detail ?? '',
    /Person\.Name was a string and is a double now/,
  );
  await end();
});

test('K-39: a sync whose key is touched stands still and says why; the other one goes on', async () => {
  const world = new World();
  const prospects = syncConfiguration('prospects', { key: { source: 'Address', target: 'mail' } });
  world.configurations = [
    syncConfiguration('people'),
    { ...prospects, mappings: [{ source: 'Address', target: 'mail', transform: 'lowercase', blank: 'keep' }] },
  ];
  world.source.hidden.add('Address');
  world.source.save('Prospect', 'q1', { Address: 'q1@x.com' });
  world.source.save('Person', 'p1', { Mail: 'p1@x.com', Name: 'A' });
  const { ask, end, control } = work(world);
  await world.clock.pass(60_000);
  assert.deepEqual([...world.target.records.keys()], ['p1@x.com']);
  const { waits } = (await ask('status')) as unknown as {
    waits: { what: string; message: string; actions: string[] }[];
  };
  assert.match(waits[0]?.message ?? '', /The sync prospects stands still: Prospect\.Address is not there/);
  assert.match(waits[0]?.actions[0] ?? '', /goes on by itself/);
  assert.equal(control.issues.get('prospects/the sync as a whole')?.reason, 'schema-changed');
  world.source.hidden.delete('Address');
  await world.clock.pass(1_200_000);
  assert.deepEqual([...world.target.records.keys()].sort(), ['p1@x.com', 'q1@x.com']);
  await end();
  assert.deepEqual(world.died, []);
});

test("P-25, P-28, K-04: what a system's rules refuse is not sent, whoever wrote it into the configuration, and the rest is", async () => {
  const world = new World();
  world.configurations = [syncConfiguration('people'), syncConfiguration('prospects')];
  for (const object of ['Person', 'Prospect'])
    world.source.save(object, object, { Mail: `${object}@x.com`, Name: 'A' });
  const fieldRules: FieldRules = {
    refusal: (_object, { path }) => (path === 'Name' ? 'Name is kept for others.' : undefined),
    mismatch: () => undefined,
  };
  const syncProblems = (): ReadonlyMap<string, string> => new Map([['prospects', 'one sync is enough']]);
  const system = { target: world.target, fieldRules, syncProblems };
  const { control, end } = work(world, undefined, undefined, undefined, false, { system });
  await world.clock.pass(20_000);
  assert.deepEqual(held(world, 'person@x.com'), { mail: 'person@x.com', id: 'Person' });
  assert.equal(control.issues.get('people/Name → data.name')?.detail, 'Name is kept for others.');
  assert.equal(world.target.records.size, 1, 'a sync that is refused beside the others stands still alone');
  assert.equal(control.issues.get('prospects/the sync as a whole')?.detail, 'one sync is enough');
  await end();
  assert.deepEqual(world.died, []);
});

test('P-20: a system that does not accept its credentials keeps no other sync from running', async () => {
  const world = new World();
  world.configurations = [
    syncConfiguration('people'),
    syncConfiguration('prospects', { direction: 'systemToSalesforce', connection: 'usage' }),
  ];
  const control = new FakeControl();
  control.version = {
    id: 'v1',
    hash: 'h1',
    configuration: {
      orgId: 'org',
      connections: ['mail', 'usage'].map((name) => ({ name, system: 'fake', settings: {} })),
      syncs: world.configurations,
    },
  };
  world.source.save('Person', 'p1', { Mail: 'p1@x.com', Name: 'A' });
  const revoked = (): never => {
    throw new CredentialsError('The key is revoked.', ['Make another one.']);
  };
  const source = { describe: revoked, hydrate: revoked, count: revoked, forecast: () => 0, budget: () => undefined };
  const salesforce = { source: world.source, target: world.target };
  const system = { target: world.target, source: { ...source, extract: revoked } };
  const { end } = work(world, control, undefined, undefined, false, { salesforce, system });
  await world.clock.pass(20_000);
  assert.ok(world.target.records.has('p1@x.com'));
  await end();
  assert.deepEqual(world.died, []);
});
