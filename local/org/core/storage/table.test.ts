import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { SchemaState, standardObjects } from '../schema/index.ts';
import { slots, Table, type Column, type Entry, type Stored } from './index.ts';

const schema = new SchemaState(new Map(standardObjects.map((object) => [object.name.toLowerCase(), object])), 1);

function columnOf(table: Table, name: string): Column {
  const column = table.column(name);
  assert.ok(column);
  return column;
}

function accounts(): { table: Table; parent: Column; entries: Entry[] } {
  const definition = schema.object('Account');
  assert.ok(definition);
  const table = new Table(definition, '01');
  return { table, parent: columnOf(table, 'ParentId'), entries: Array.from({ length: 6 }, () => table.create()) };
}

function put(table: Table, entry: Entry, stamp: number, parent: Column, value: Stored): void {
  const row: Stored[] = [entry, stamp, false, null];
  row[table.slotOf(parent)] = value;
  table.replace(entry, row);
}

const change = fc.record({ entry: fc.nat(5), parent: fc.option(fc.nat(5)), stamp: fc.nat(4), gone: fc.boolean() });

test('children of a parent, and records by stamp, are those that a walk over the table finds', () => {
  fc.assert(
    fc.property(fc.array(change, { maxLength: 40 }), fc.boolean(), (changes, sweep) => {
      const { table, parent, entries } = accounts();
      const index = table.lookupIndex(parent);
      for (const { entry, parent: to, stamp, gone } of changes) {
        const record = entries[entry];
        assert.ok(record);
        if (gone) table.replace(record, undefined);
        else put(table, record, stamp, parent, to === null ? null : (entries[to] ?? null));
      }
      if (sweep) table.stamps.sweep();
      const present = entries.filter((entry) => entry.row !== undefined);
      for (const owner of entries) {
        const expected = present.filter((entry) => entry.row?.[parent.slot] === owner);
        assert.deepEqual(new Set(index.childrenOf(owner)), new Set(expected));
      }
      const stampOf = (entry: Entry) => Number(entry.row?.[slots.stamp]);
      const byStamp = (entry: Entry, other: Entry) =>
        stampOf(entry) - stampOf(other) || entry.position - other.position;
      const expected = present.filter((entry) => stampOf(entry) >= 1 && stampOf(entry) <= 3).sort(byStamp);
      assert.deepEqual(
        [...table.stamps.walk(1, 3, 'stamp')].map(({ id }) => id),
        expected.map(({ id }) => id),
      );
      assert.deepEqual(
        [...table.stamps.walk(1, 3, 'stampAndIdDescending')].map(({ id }) => id),
        expected.map(({ id }) => id).reverse(),
      );
    }),
  );
});

test('a field takes room only once it has a value, and a redefined object keeps what it had', () => {
  const { table, parent, entries } = accounts();
  assert.equal(table.width, 4);
  const [first, second] = entries;
  assert.ok(first && second);
  put(table, first, 1, parent, second);
  assert.equal(table.width, 5);
  const { definition } = table;
  table.redefine({ ...definition, fields: new Map([...definition.fields].filter(([name]) => name !== 'ParentId')) });
  assert.equal(table.column('ParentId'), undefined);
  table.redefine(definition);
  assert.equal(columnOf(table, 'ParentId').slot, -1);
});
