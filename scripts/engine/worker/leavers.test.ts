import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Source } from '../index.ts';
import { syncConfiguration, World } from '../testing/index.ts';
import { work } from './testing/index.ts';

/** A source that tells no changes, as a report is one. */
function untold(source: Source): Source {
  return {
    describe: (object, paths) => source.describe(object, paths),
    hydrate: (shape, ids) => source.hydrate(shape, ids),
    extract: (shape, position) => source.extract(shape, position),
    count: (shape) => source.count(shape),
    forecast: (job) => source.forecast(job),
    budget: () => undefined,
  };
}

test('P-58: a record that a full read no longer meets gives its key up, and the next smallest is delivered', async () => {
  const world = new World();
  world.configurations = [syncConfiguration('people')];
  const calls: string[] = [];
  world.source.fault = (call) => void calls.push(call);
  for (const id of ['1', '2', '3']) world.source.save('Person', id, { Mail: 'twin@x.com', Name: `N${id}` });
  const { ask, end } = work(world, undefined, undefined, undefined, false, {
    salesforce: { source: untold(world.source) },
    system: { target: world.target, election: { toSystem: 'smallestId', fromSystem: 'latest' } },
  });
  await world.clock.pass(10_000);
  const held = (): unknown =>
    (JSON.parse(world.target.records.get('twin@x.com') ?? '{}') as { readonly id?: string }).id;
  assert.equal(held(), '1');
  world.source.remove('Person', '1', 'excluded');
  await ask('run', 'people');
  await world.clock.pass(60_000);
  assert.equal(held(), '2');
  assert.equal(world.disk.rows.get('people')?.get('1')?.reason, 'not-included');
  assert.equal(world.disk.rows.get('people')?.get('1')?.key, undefined);
  const { length } = world.target.requests;
  await ask('run', 'people');
  await world.clock.pass(60_000);
  assert.equal(world.target.requests.length, length, 'the next full read finds nothing to do');
  assert.ok(!calls.includes('changes'), 'nobody asks it for changes');
  await end();
  assert.deepEqual(world.died, []);
});
