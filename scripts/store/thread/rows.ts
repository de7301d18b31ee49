import type { RecordRow } from '../../engine/index.ts';
import { packTexts, unpackTexts, type PackedTexts } from './texts.ts';

/** Rows as they travel between threads, column by column; names that repeat in them are numbered. */
export interface PackedRows {
  readonly names: readonly string[];
  readonly numbers: Float64Array;
  readonly texts: PackedTexts;
}

const numbersOfRow = 13;
const textsOfRow = 4;
const absent = -1;

/** `unpackRows` is its inverse. */
export function packRows(rows: readonly RecordRow[]): PackedRows {
  // So few differ that looking through them all is quicker than a map.
  const names: string[] = [];
  const name = (text: string | undefined): number => {
    if (text === undefined) return absent;
    const known = names.indexOf(text);
    return known === absent ? names.push(text) - 1 : known;
  };
  const numbers = new Float64Array(rows.length * numbersOfRow);
  const texts: (string | undefined)[] = [];
  let at = 0;
  for (const row of rows) {
    numbers[at++] = name(row.sync);
    numbers[at++] = row.version.own;
    numbers[at++] = row.version.parents;
    numbers[at++] = name(row.keySpace);
    numbers[at++] = row.precedence;
    numbers[at++] = name(row.outcome);
    numbers[at++] = name(row.reason);
    numbers[at++] = name(row.run);
    numbers[at++] = name(row.bulkRun);
    numbers[at++] = name(row.createdIn);
    numbers[at++] = row.entrance === 'live' ? 1 : 0;
    numbers[at++] = row.settledAt;
    // No rank is a number that is none.
    numbers[at++] = row.rank ?? Number.NaN;
    texts.push(row.source, row.key, row.hash, row.detail);
  }
  return { names, numbers, texts: packTexts(texts) };
}

export function countRows({ numbers }: PackedRows): number {
  return numbers.length / numbersOfRow;
}

export function unpackRows({ names, numbers, texts: packed }: PackedRows): RecordRow[] {
  const texts = unpackTexts(packed);
  const name = (place: number): string => names[numbers[place] as number] as string;
  const rows = new Array<RecordRow>(numbers.length / numbersOfRow);
  for (let index = 0, at = 0, text = 0; index < rows.length; index++, at += numbersOfRow, text += textsOfRow) {
    const number = (offset: number): number => numbers[at + offset] as number;
    rows[index] = {
      sync: name(at),
      source: texts[text] as string,
      version: { own: number(1), parents: number(2) },
      keySpace: name(at + 3),
      key: texts[text + 1],
      precedence: number(4),
      rank: Number.isNaN(number(12)) ? undefined : number(12),
      hash: texts[text + 2],
      outcome: name(at + 5) as RecordRow['outcome'],
      reason: number(6) === absent ? undefined : (name(at + 6) as NonNullable<RecordRow['reason']>),
      detail: texts[text + 3],
      run: name(at + 7),
      bulkRun: number(8) === absent ? undefined : name(at + 8),
      createdIn: number(9) === absent ? undefined : name(at + 9),
      entrance: number(10) === 1 ? 'live' : 'bulk',
      settledAt: number(11),
    };
  }
  return rows;
}
