import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { readCsv } from './csv.ts';

const columns = ['Id', 'Name', 'Note'];

async function* pieces(bytes: Uint8Array, cuts: readonly number[]): AsyncGenerator<Uint8Array> {
  let from = 0;
  for (const cut of [...cuts].sort((a, b) => a - b)) {
    const to = Math.min(bytes.length, cut);
    if (to > from) yield bytes.subarray(from, to);
    from = Math.max(from, to);
  }
  yield bytes.subarray(from);
}

async function read(text: string, cuts: readonly number[] = [], chunkRows = 1_000): Promise<(readonly string[])[]> {
  const rows = [];
  for await (const chunk of readCsv(pieces(new TextEncoder().encode(text), cuts), columns, chunkRows))
    rows.push(...chunk);
  return rows;
}

function quoteField(field: string, always: boolean): string {
  return always || /[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
}

const hard = fc
  .array(
    fc.constantFrom(
      '"',
      '""',
      ',',
      '\n',
      '\r\n',
      'a',
      ' ',
      '😀',
      '👩‍👩‍👧',
      'שלום',
      'مرحبا',
      'é',
      '\u2028',
      "'",
      '#',
      '\t',
      ';',
    ),
    { maxLength: 8 },
  )
  .map((parts) => parts.join(''));

test('rows are what csv-parse reads, wherever the bytes are cut', async () => {
  const row = fc.tuple(
    fc.stringMatching(/^00Q[a-zA-Z0-9]{15}$/),
    fc.oneof(hard, fc.string({ unit: 'grapheme' })),
    hard,
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(row, { maxLength: 12 }),
      fc.boolean(),
      fc.array(fc.nat(600), { maxLength: 40 }),
      fc.integer({ min: 1, max: 5 }),
      async (rows, always, cuts, chunkRows) => {
        const lines = [columns, ...rows].map((fields) => fields.map((field) => quoteField(field, always)).join(','));
        const text = lines.map((line) => `${line}\n`).join('');
        const oracle: string[][] = parse(text, { from_line: 1, record_delimiter: '\n', relax_column_count: false });
        assert.deepEqual(await read(text, cuts, chunkRows), oracle.slice(1));
      },
    ),
    { numRuns: 400 },
  );
});

test('chunks hold at most the rows asked for', async () => {
  const text = `${columns.join(',')}\n${'1,b,c\n'.repeat(10)}`;
  const sizes = [];
  for await (const chunk of readCsv(pieces(new TextEncoder().encode(text), []), columns, 4)) sizes.push(chunk.length);
  assert.deepEqual(sizes, [4, 4, 2]);
});

test('the last line needs no line feed, and a page with a header alone has no rows', async () => {
  assert.deepEqual(await read('Id,Name,Note\n1,b,"c ""d"""'), [['1', 'b', 'c "d"']]);
  assert.deepEqual(await read('"Id","Name","Note"\n'), []);
});

test('another header, an empty body and broken UTF-8 are refused', async () => {
  await assert.rejects(read('Id,Note,Name\n1,2,3\n'), /has the columns Id, Note, Name/);
  await assert.rejects(read(''), /before its header/);
  const broken = readCsv(pieces(new Uint8Array([0x49, 0x64, 0xff, 0xff, 0x0a]), []), ['Id'], 10);
  await assert.rejects(broken.next(), /not UTF-8/);
});
