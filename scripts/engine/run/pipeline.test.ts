import assert from 'node:assert/strict';
import { test } from 'node:test';
import { balances, type Counts } from '../outcomes.ts';
import type { RunRow } from '../ports/index.ts';
import { World } from '../testing/index.ts';

function figures(run: RunRow): Partial<Counts> {
  assert(balances(run.counts), JSON.stringify(run.counts));
  return Object.fromEntries(Object.entries(run.counts).filter(([, number]) => number !== 0));
}

test('I-X7, N-05: a backfill accounts for each record, and a second one writes nothing', async () => {
  const world = new World();
  for (let index = 0; index < 40; index++) {
    world.source.save(
      'Person',
      `p${String(index).padStart(2, '0')}`,
      { Mail: index % 10 === 9 ? null : `M${index % 20}@x.com`, Name: `N${index}` },
      1_000 + index,
    );
  }
  const engine = await world.engine();
  const first = await world.run(engine.backfill('people'));
  assert.equal(first.state, 'finished');
  assert.deepEqual(figures(first), { read: 40, created: 18, skipped: 22 });
  assert.deepEqual(first.reasons, { 'no-key': 4, 'another-record-owns-key': 18 });
  assert.equal(world.target.records.size, 18);
  assert.equal(world.target.records.get('m3@x.com'), '{"mail":"m3@x.com","id":"p23","data":{"name":"N23"}}');
  const requests = world.target.requests.length;
  const second = await world.run(engine.backfill('people'));
  assert.deepEqual(figures(second), { read: 40, unchanged: 18, skipped: 22 });
  assert.equal(world.target.requests.length, requests);
  assert.deepEqual(world.died, []);
});
