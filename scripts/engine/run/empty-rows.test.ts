import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Cell, FieldMapping } from '../../mapping/index.ts';
import { syncConfiguration, World } from '../testing/index.ts';

const rules = { create: false, update: true, delete: 'ignore' } as const;
const days = (blank: FieldMapping['blank']): readonly FieldMapping[] => [{ source: 'Days', target: 'days', blank }];

/** People are in the target already, each with 7 days; the source reports on them. */
function reporting(blank: FieldMapping['blank'], rows: Readonly<Record<string, Record<string, Cell>>>): World {
  const world = new World();
  world.configurations = [syncConfiguration('people', { rules, mappings: days(blank) })];
  for (const [id, values] of Object.entries(rows)) {
    world.target.records.set(`${id}@x.com`, '{"days":7}');
    world.source.save('Person', id, { Mail: `${id}@x.com`, ...values });
  }
  return world;
}

test('P-48: an empty row never overwrites, whatever its cells hold and though blanks are to clear', async () => {
  const world = reporting('clear', { a: { Days: 0 }, b: { Days: null }, c: { Days: '' }, d: { Days: 3 } });
  for (const id of ['a', 'b', 'c', 'd']) world.source.unmeasured.add(id);
  const engine = await world.engine();
  const run = await world.run(engine.backfill('people'));
  assert.deepEqual([run.counts.read, run.counts.skipped, run.reasons], [4, 4, { 'no-values': 4 }]);
  assert.deepEqual(world.target.requests, []);
});

test('P-48: a row without any value sends nothing where records are only updated', async () => {
  const world = reporting('keep', { a: { Days: null }, b: { Days: 2 } });
  const engine = await world.engine();
  const run = await world.run(engine.backfill('people'));
  assert.deepEqual([run.counts.updated, run.reasons], [1, { 'no-values': 1 }]);
  assert.equal(world.target.records.get('a@x.com'), '{"days":7}');
});

test('P-X5: a measured zero is written, the zero of an empty row is not', async () => {
  const world = reporting('keep', { a: { Days: 0 }, b: { Days: 0 } });
  world.source.unmeasured.add('b');
  const engine = await world.engine();
  await world.run(engine.backfill('people'));
  assert.equal(world.target.records.get('a@x.com'), '{"days":0}');
  assert.equal(world.target.records.get('b@x.com'), '{"days":7}');
});

test('P-49: an empty row takes no key from its namesake that was measured, in any order', async () => {
  for (const first of ['a', 'z']) {
    const world = reporting('keep', { a: { Days: 1 }, z: { Days: 2, Mail: 'a@x.com' } });
    const empty = first === 'a' ? 'a' : 'z';
    world.source.unmeasured.add(empty);
    const engine = await world.engine();
    const run = await world.run(engine.backfill('people'));
    assert.deepEqual(run.reasons, { 'no-values': 1 });
    assert.equal(world.target.records.get('a@x.com'), empty === 'a' ? '{"days":2}' : '{"days":1}');
  }
});

test('P-48, P-X5: what the target holds is the last value that was measured, for any sequence of nightly reports', async () => {
  const night = fc.record({ days: fc.constantFrom(null, 0, 1, 5), measured: fc.boolean() });
  await fc.assert(
    fc.asyncProperty(fc.array(night, { minLength: 1, maxLength: 6 }), fc.boolean(), async (nights, clears) => {
      const world = reporting(clears ? 'clear' : 'keep', { a: {} });
      const engine = await world.engine();
      let expected: Cell = 7;
      for (const { days, measured } of nights) {
        world.source.save('Person', 'a', { Days: days });
        if (measured) world.source.unmeasured.delete('a');
        else world.source.unmeasured.add('a');
        if (measured && (days !== null || clears)) expected = days;
        await world.run(engine.backfill('people', 'manual'));
        assert.equal(world.target.records.get('a@x.com'), JSON.stringify({ days: expected }));
      }
      await engine.stop();
    }),
    { numRuns: 60 },
  );
});
