import assert from 'node:assert/strict';
import { test } from 'node:test';
import { World } from '../testing/index.ts';
import { work } from './testing/index.ts';

test('K-27: children that came before their parents are parked, and written when the parents have been read', async () => {
  const world = new World();
  world.source.save('Person', 'child', { Mail: 'child@x.com' });
  world.source.save('Prospect', 'parent', { Mail: 'parent@x.com' });
  let parentFails = true;
  world.target.answer = ({ key }) => {
    if (key === 'parent@x.com' && parentFails) return { kind: 'rejected', reason: 'rejected-by-target', detail: 'no' };
    if (key !== 'child@x.com' || world.target.records.has('parent@x.com')) return { kind: 'delivered' };
    return { kind: 'retry', reason: 'waiting-for-parent', detail: 'Prospect', afterMilliseconds: 20 * 3_600_000 };
  };
  const { ask, end } = work(world);
  await world.clock.pass(10_000);
  const child = () => world.disk.rows.get('people')?.get('child');
  assert.deepEqual([child()?.outcome, child()?.reason], ['held', 'waiting-for-parent']);
  parentFails = false;
  await ask('run', 'prospects');
  await world.clock.pass(30_000);
  assert.equal(child()?.outcome, 'created');
  assert.ok(world.target.records.has('child@x.com'));
  await end();
  assert.deepEqual(world.died, []);
});
