import assert from 'node:assert/strict';
import { test } from 'node:test';
import { World } from '../testing/index.ts';
import { work } from './testing/index.ts';

test('an explanation shows what left of the record and what was said of it, without the secrets of the connection', async () => {
  const world = new World();
  world.source.save('Person', 'ada', { Mail: 'ada@x.example', Name: 'Ada, secret' });
  world.source.save('Person', 'bob', { Mail: 'bob@x.example', Name: 'Bob' });
  const { ask, end } = work(world);
  await ask('backfill', 'people');
  await world.clock.pass(60_000);
  const { exchange } = (await ask('explain', 'people/ada')) as unknown as {
    exchange: { at: number; request: string; reply: string };
  };
  assert.deepEqual(JSON.parse(exchange.request), { id: 'ada', mail: 'ada@x.example', data: { name: 'Ada, ***' } });
  assert.equal(exchange.reply, 'delivered');
  assert.ok(exchange.at > 0 && exchange.at <= world.clock.now());
  world.source.save('Person', 'eve', {});
  const unsent = await ask('explain', 'people/eve');
  assert.equal(unsent['exchange'], undefined, 'what never left has none');
  await end();
});
