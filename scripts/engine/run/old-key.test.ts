import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RecordRow } from '../index.ts';
import { World, type Engine } from '../testing/index.ts';

const rowOf = ({ disk }: World, source: string): RecordRow | undefined => disk.rows.get('people')?.get(source);

/** `p1` and its key are delivered by a full read. */
async function delivered(): Promise<{ readonly world: World; readonly engine: Engine }> {
  const world = new World();
  world.source.save('Person', 'p1', { Mail: 'old@x.com', Name: 'A' });
  const engine = await world.engine();
  await world.run(engine.backfill('people'));
  return { world, engine };
}

/** What a run still holds, and the issues that are not settled. */
function open({ disk }: World): readonly string[] {
  const held = [...disk.runs.values()].filter(({ counts }) => counts.held > 0).map(({ id }) => `${id} holds`);
  const issues = [...disk.issues.values()].filter(({ outcome }) => outcome !== 'settled');
  return [...held, ...issues.map(({ source }) => `the issue of ${source}`)];
}

test('N-04, N-06: a record is held for its new key while another one of its batch takes the old one: both are accounted for', async () => {
  const { world, engine } = await delivered();
  world.target.fate = () => ({ kind: 'late', milliseconds: 5_000 });
  world.source.save('Person', 'p2', { Mail: 'new@x.com', Name: 'B' });
  await engine.changed('people', 'p2');
  await world.clock.pass(1_000);
  assert.equal(rowOf(world, 'p2')?.reason, 'unanswered-request');
  world.target.fate = () => ({ kind: 'answered' });
  world.source.save('Person', 'p1', { Mail: 'new@x.com' });
  world.source.save('Person', 'p3', { Mail: 'old@x.com', Name: 'C' });
  await engine.changed('people', 'p1', 'p3');
  await world.clock.pass(2_000);
  assert.equal(rowOf(world, 'p3')?.outcome, 'updated');
  assert.equal(rowOf(world, 'p1')?.hash, undefined);
  await world.run(engine.settled());
  assert.deepEqual(open(world), []);
  assert.match(world.target.records.get('old@x.com') ?? '', /"p3"/);
  assert.match(world.target.records.get('new@x.com') ?? '', /"p1"/);
  assert.deepEqual(world.died, []);
});

test('N-04: a record that cannot be read any more loses its key to another one of its batch that comes before it', async () => {
  const { world, engine } = await delivered();
  world.source.remove('Person', 'p1', 'unreadable');
  await world.clock.pass(1_000);
  world.source.save('Person', 'p2', { Mail: 'old@x.com', Name: 'B' });
  await engine.changed('people', 'p1', 'p2');
  await world.run(engine.settled());
  const [p1, p2] = [rowOf(world, 'p1'), rowOf(world, 'p2')];
  assert.deepEqual([p1?.reason, p1?.hash, p2?.outcome], ['another-record-owns-key', undefined, 'updated']);
  assert.deepEqual(open(world), []);
  const live = [...world.disk.runs.values()].find(({ kind }) => kind === 'live');
  assert.deepEqual([live?.counts.read, live?.counts.skipped, live?.counts.failed], [2, 1, 0]);
});

test('N-04: a full read accounts for a record with work waiting, whose key another one is just taking', async () => {
  const { world, engine } = await delivered();
  world.target.latencyMilliseconds = 5_000;
  world.source.save('Person', 'p2', { Mail: 'old@x.com', Name: 'B' });
  await engine.changed('people', 'p2');
  await world.clock.pass(1_000);
  world.source.save('Person', 'p1', { Mail: 'new@x.com' });
  const dueAt = world.clock.now() + 60_000;
  await engine.store.commit({ enqueue: [{ sync: 'people', source: 'p1', urgency: 0, dueAt, cause: 'changed' }] });
  const sweep = await world.run(engine.backfill('people', 'sweep'));
  const p1 = rowOf(world, 'p1');
  assert.deepEqual([p1?.bulkRun, p1?.hash, p1?.reason], [sweep.id, undefined, 'superseded']);
  assert.deepEqual([sweep.counts.read, sweep.reasons.superseded], [2, 1]);
  await world.run(engine.settled());
  assert.match(world.target.records.get('new@x.com') ?? '', /"p1"/);
});
