import { inferSchema, initParser, type Schema } from 'udsv';
import { PositionLostError, RetryError } from '../../engine/index.ts';

/** Bytes parsed at a time, so that a page that arrives at once is not held as rows at once. */
const sliceBytes = 131_072;

/** Cells of every kind. */
const everyKind = 'a,"b",\n"c ""d"" e,\nf",g,""\n\n,,"h"""\n';

const beyondAscii = /[\x80-\xff]/;
/** In UTF-8, read as Latin-1. */
const byteOrderMark = /^\xef\xbb\xbf/;

/**
 * Rows of a CSV result as they arrive, in chunks; the header is checked and left out. The bytes are parsed as Latin-1,
 * and only cells beyond ASCII are decoded as UTF-8: one name of two-byte characters in a text of a hundred thousand would
 * make two bytes of each character of every cell that is cut out of it, all the way to the store and the request.
 * @param body UTF-8, RFC 4180 with line feeds.
 * @param columns What the header must say, whatever its case.
 * @param chunkRows Rows of a chunk at most; the last of the body may be fewer.
 * Throws `RetryError` for another header, an incomplete row or a connection cut midway.
 */
export async function* readCsv(
  body: AsyncIterable<Uint8Array>,
  columns: readonly string[],
  chunkRows: number,
): AsyncGenerator<readonly (readonly string[])[], void, undefined> {
  const schema = inferSchema(`${columns.join(',')}\n`, { header: () => [], col: ',', row: '\n' });
  meetEveryCut(schema);
  const parser = initParser(schema);
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  const rows: string[][] = [];
  let headed = false;
  let fed = false;
  const take = (row: string[]): boolean => {
    for (let at = 0; at < row.length; at += 1) {
      const cell = row[at] as string;
      if (beyondAscii.test(cell)) row[at] = decoder.decode(Buffer.from(cell, 'latin1'));
    }
    if (headed) rows.push(row);
    else checkHeader(row, columns);
    headed = true;
    return true;
  };

  try {
    for await (const bytes of body) {
      const piece = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      for (let start = 0; start < piece.length; start += sliceBytes) {
        const text = piece.toString('latin1', start, start + sliceBytes);
        parser.chunk<string[]>(fed ? text : text.replace(byteOrderMark, ''), parser.stringArrs, take);
        fed = true;
        while (rows.length >= chunkRows) yield rows.splice(0, chunkRows);
      }
    }
  } catch (cause) {
    if (cause instanceof RetryError) throw cause;
    throw new RetryError('The result page was cut off, or is not UTF-8.', [], { cause });
  }
  if (fed) parser.end();
  if (!headed) throw new RetryError('The result page was cut off before its header.', []);
  for (let start = 0; start < rows.length; start += chunkRows) yield rows.slice(start, start + chunkRows);
}

/**
 * A body may be cut in the midst of a cell, a quote, a line end: each of these is rare, and at the first of its kind V8
 * throws the compiled parser away and compiles it anew. So the parser meets them all before the body.
 */
function meetEveryCut(schema: Schema): void {
  for (let cut = 0; cut <= everyKind.length; cut += 1) {
    const parser = initParser(schema);
    for (const piece of [everyKind.slice(0, cut), everyKind.slice(cut), everyKind]) {
      parser.chunk<string[]>(piece, parser.stringArrs, () => true);
    }
    parser.end();
  }
}

function checkHeader(header: readonly string[], columns: readonly string[]): void {
  const same =
    columns.length === header.length &&
    columns.every((column, at) => column.toLowerCase() === header[at]?.toLowerCase());
  // A place in a job that was made for other columns: the mapping has changed since.
  if (!same)
    throw new PositionLostError(
      `The result page has the columns ${header.join(', ')} instead of ${columns.join(', ')}.`,
      [],
    );
}
