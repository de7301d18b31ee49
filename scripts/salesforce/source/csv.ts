import { inferSchema, initParser } from 'udsv';
import { RetryError } from '../../engine/index.ts';

/** Bytes parsed at a time, so that a page that arrives at once is not held as rows at once. */
const sliceBytes = 131_072;

/**
 * Rows of a CSV result as they arrive, in chunks; the header is checked and left out.
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
  const parser = initParser(schema);
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const rows: string[][] = [];
  let headed = false;
  let fed = false;
  const take = (row: string[]): boolean => {
    if (headed) rows.push(row);
    else checkHeader(row, columns);
    headed = true;
    return true;
  };
  const feed = (text: string): void => {
    if (text === '') return;
    fed = true;
    parser.chunk<string[]>(text, parser.stringArrs, take);
  };

  try {
    for await (const bytes of body) {
      for (let start = 0; start < bytes.length; start += sliceBytes) {
        feed(decoder.decode(bytes.subarray(start, start + sliceBytes), { stream: true }));
        while (rows.length >= chunkRows) yield rows.splice(0, chunkRows);
      }
    }
    feed(decoder.decode());
  } catch (cause) {
    if (cause instanceof RetryError) throw cause;
    throw new RetryError('The result page was cut off, or is not UTF-8.', [], { cause });
  }
  if (fed) parser.end();
  if (!headed) throw new RetryError('The result page was cut off before its header.', []);
  for (let start = 0; start < rows.length; start += chunkRows) yield rows.slice(start, start + chunkRows);
}

function checkHeader(header: readonly string[], columns: readonly string[]): void {
  const same =
    columns.length === header.length &&
    columns.every((column, at) => column.toLowerCase() === header[at]?.toLowerCase());
  if (!same)
    throw new RetryError(`The result page has the columns ${header.join(', ')} instead of ${columns.join(', ')}.`, []);
}
