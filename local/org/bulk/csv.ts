/** A row that cannot be read; `row` counts from 1, the heading being row 1. */
export class CsvError extends Error {
  readonly row: number;

  constructor(message: string, row: number) {
    super(message);
    this.row = row;
  }
}

/** End of a quoted cell that begins at `from` (after its first quote): the index of its closing quote. */
function closingQuote(text: string, from: number, row: number): number {
  let at = text.indexOf('"', from);
  while (at >= 0 && text.charCodeAt(at + 1) === 34) at = text.indexOf('"', at + 2);
  if (at < 0) throw new CsvError('A quoted value is not closed', row);
  return at;
}

/**
 * Rows of a CSV text (RFC 4180, any one-character delimiter, LF or CRLF), read as they are asked for; empty lines are
 * passed over. Throws `CsvError` for an unclosed or misplaced quote. (uDSV joins a short row with the next one
 * without a word, and csv-parse reads a whole upload in one go.)
 */
export function* readCsv(text: string, delimiter: string): Generator<string[]> {
  const delimiterCode = delimiter.charCodeAt(0);
  let at = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  let row = 0;
  while (at < text.length) {
    row += 1;
    const cells: string[] = [];
    for (;;) {
      if (text.charCodeAt(at) === 34) {
        const end = closingQuote(text, at + 1, row);
        const cell = text.slice(at + 1, end);
        cells.push(cell.includes('""') ? cell.replaceAll('""', '"') : cell);
        at = end + 1;
        const next = text.charCodeAt(at);
        const ends = at >= text.length || next === 10 || next === delimiterCode;
        if (!ends && !(next === 13 && text.charCodeAt(at + 1) === 10)) {
          throw new CsvError('A quoted value is followed by other text', row);
        }
      } else {
        const start = at;
        for (; at < text.length; at += 1) {
          const code = text.charCodeAt(at);
          if (code === delimiterCode || code === 10 || (code === 13 && text.charCodeAt(at + 1) === 10)) break;
        }
        cells.push(text.slice(start, at));
      }
      if (text.charCodeAt(at) !== delimiterCode || at >= text.length) break;
      at += 1;
    }
    if (text.charCodeAt(at) === 13) at += 1;
    at += 1;
    if (cells.length > 1 || cells[0] !== '') yield cells;
  }
}

/** One row of cells, all quoted, as the result files of Bulk 2.0 have them. */
export function csvRow(cells: readonly string[], delimiter: string, lineEnding: string): string {
  return cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(delimiter) + lineEnding;
}
