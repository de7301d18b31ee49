import assert from 'node:assert/strict';
import { test } from 'node:test';
import { World } from '../testing/index.ts';

test('N-06: a worker that stood still between noting a request and sending it does not send it once another has the store', async () => {
  const world = new World();
  world.source.save('Person', 'p', { Mail: 'p@x.com', Name: 'Old' });
  const first = await world.engine();
  const sending = first.store.sending.bind(first.store);
  first.store.sending = async (noted) => {
    first.store.sending = sending;
    await sending(noted);
    await world.clock.sleep(60_000);
  };
  await first.changed('people', 'p');
  await world.clock.pass(1_000);
  const second = await world.engine();
  world.source.save('Person', 'p', { Name: 'New' });
  await second.changed('people', 'p');
  await world.clock.pass(120_000);
  assert.equal(world.target.requests.length, 1);
  assert.match(world.target.records.get('p@x.com') ?? '', /"New"/);
});
