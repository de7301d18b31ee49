import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import fc from 'fast-check';
import { RowWriter } from './row-writer.ts';

test('every row is written once, however many there are, and rows of a failed transaction never with the next', () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 40 }), { maxLength: 6 }), (batches) => {
      using database = new DatabaseSync(':memory:');
      database.exec('create table row (id integer primary key, text text)');
      const writer = new RowWriter(database, 'insert into row values (?, ?)');
      let last = 0;
      for (const rows of batches) {
        writer.begin();
        writer.add(-1, 'of a transaction that failed before its end');
        writer.begin();
        for (let row = 0; row < rows; row++) writer.add(++last, `row ${last}`);
        writer.end();
      }
      const written = database.prepare('select id, text from row order by id').all();
      assert.deepEqual(
        written.map(({ id, text }) => [id, text]),
        Array.from({ length: last }, (_, index) => [index + 1, `row ${index + 1}`]),
      );
    }),
  );
});

test('an insert without a row of values is refused', () => {
  using database = new DatabaseSync(':memory:');
  assert.throws(() => new RowWriter(database, 'insert into row select 1'), /No row of values/);
});
