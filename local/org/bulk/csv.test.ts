import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { csvRow, CsvError, readCsv } from './csv.ts';

const cell = fc.string({ unit: fc.constantFrom('a', 'é', '🦊', 'ש', '"', ',', ';', '\n', '\r\n', ' ', '\t') });
const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 5 }), { minLength: 1, maxLength: 6 });

test('what is written as CSV is read back the same, and as csv-parse reads it', () => {
  fc.assert(
    fc.property(
      table,
      fc.constantFrom(',', ';', '\t', '|', '^', '`'),
      fc.constantFrom('\n', '\r\n'),
      (rows, delimiter, end) => {
        const text = rows.map((row) => csvRow(row, delimiter, end)).join('');
        const read = [...readCsv(text, delimiter)];
        assert.deepEqual(read, rows);
        assert.deepEqual(read, parse(text, { delimiter, relax_column_count: true }));
      },
    ),
  );
});

test('unquoted cells, a missing last line ending, a byte order mark and empty lines are read', () => {
  assert.deepEqual(
    [...readCsv('\ufeffA,B\r\n1,\r\n\r\n,2', ',')],
    [
      ['A', 'B'],
      ['1', ''],
      ['', '2'],
    ],
  );
});

test('an unclosed quote and text after a quote are refused with their row', () => {
  const failsAt = (text: string): number | undefined => {
    try {
      return [...readCsv(text, ',')].length < 0 ? 0 : undefined;
    } catch (error) {
      assert.ok(error instanceof CsvError);
      return error.row;
    }
  };
  assert.equal(failsAt('A,B\n1,"2\n'), 2);
  assert.equal(failsAt('A,B\n1,2\n"1"x,2\n'), 3);
});
