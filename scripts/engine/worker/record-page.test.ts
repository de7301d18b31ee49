import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RetryError } from '../errors.ts';
import type { RecordPage } from '../ports/index.ts';
import { syncConfiguration, World } from '../testing/index.ts';
import { work } from './testing/index.ts';

const pages = (scheme: string) => (_sync: unknown, record: string) => ({
  system: 'Mailer',
  address: `${scheme}//mail.example/${record}`,
});

test('N-04: an explanation leads to the record in the other system, once it is there', async () => {
  const world = new World();
  const { target } = world;
  world.source.save('Person', 'ada', { Mail: 'ada@x.example', Name: 'Ada' });
  const system = { target, recordPage: pages('https:') };
  const { ask, end } = work(world, undefined, undefined, undefined, false, { system });
  await ask('backfill', 'people');
  await world.clock.pass(60_000);
  const link = async (id: string): Promise<RecordPage | undefined> => (await ask('explain', `people/${id}`))['link'];
  assert.deepEqual(await link('ada'), { system: 'Mailer', address: 'https://mail.example/ada@x.example' });
  world.source.save('Person', 'eve', {});
  assert.equal(await link('eve'), undefined, 'without a key there is no record');
  const read = target.read.bind(target);
  target.read = () => Promise.reject(new RetryError('Mailer does not answer.', []));
  assert.ok(await link('ada'), 'what was delivered is there, though the system does not answer');
  target.read = read;
  await end();
});

test('a page that no browser may open is not told', async () => {
  const world = new World();
  world.source.save('Person', 'ada', { Mail: 'ada@x.example', Name: 'Ada' });
  const system = { target: world.target, recordPage: pages('javascript:') };
  const { ask, end } = work(world, undefined, undefined, undefined, false, { system });
  await ask('backfill', 'people');
  await world.clock.pass(60_000);
  assert.equal((await ask('explain', 'people/ada'))['link'], undefined);
  await end();
});

test('where the system is read, its record is named by its own ID', async () => {
  const world = new World();
  world.source.save('user', 'ada', { Mail: 'ada@x.example', Name: 'Ada' });
  world.configurations = [syncConfiguration('people', { direction: 'systemToSalesforce' })];
  const system = { source: world.source, recordPage: pages('https:') };
  const { ask, end } = work(world, undefined, undefined, undefined, true, { system });
  const explained = await ask('explain', 'people/ada');
  assert.deepEqual(explained['link'], { system: 'Mailer', address: 'https://mail.example/ada' });
  await end();
});
