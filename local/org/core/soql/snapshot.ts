import type { BulkSnapshot } from '../contract/index.ts';
import { Entry, entryOf, type Column, type Row, type Stored } from '../storage/index.ts';
import { formatDate, formatDateTimeForBulk, formatTime } from '../values/index.ts';
import type { PinnedRows } from './rows.ts';
import type { Leaf, Selection } from './selection.ts';

type Writer = (index: number) => string;

/** A Bulk result: its rows are fixed, their text is made for the page that is asked for. */
export function snapshotOf(pinned: PinnedRows, selection: Selection): BulkSnapshot {
  return {
    size: pinned.rows.length,
    csv(from, to, delimiter, lineEnding) {
      const quote = quoter(delimiter);
      const writers = selection.columns.map(({ leaf }) => writerOf(leaf, pinned, quote));
      const begin = Math.max(0, from);
      const end = Math.max(begin, Math.min(to, pinned.rows.length));
      // Joined: by `+` a piece would be a tree of thousands of small texts, to be gone through when it is encoded.
      const texts = new Array<string>((end - begin) * writers.length * 2);
      let at = 0;
      for (let index = begin; index < end; index++) {
        for (const write of writers) {
          texts[at] = write(index);
          texts[at + 1] = delimiter;
          at += 2;
        }
        texts[at - 1] = lineEnding;
      }
      return texts.join('');
    },
  };
}

function writerOf(leaf: Leaf, pinned: PinnedRows, quote: (text: string) => string): Writer {
  const rows = pinned.sources[leaf.source] ?? [];
  const format = formatterOf(leaf, quote);
  const computed = pinned.computed.get(leaf);
  if (computed !== undefined) {
    return (index) => {
      const value = computed[index];
      return value === null || value === undefined ? '' : format(value);
    };
  }
  const [only] = leaf.columns.values();
  if (leaf.columns.size === 1 && only !== undefined && leaf.source === 0) {
    const { slot } = only;
    if (slot < 0) return () => '';
    return (index) => {
      const value = rows[index]?.[slot];
      return value === null || value === undefined ? '' : format(value);
    };
  }
  return (index) => {
    const row = rows[index];
    if (row === undefined) return '';
    const value = valueOf(leaf.columns.get(entryOf(row).table), row);
    return value === null || value === undefined ? '' : format(value);
  };
}

function valueOf(column: Column | undefined, row: Row): Stored {
  return column === undefined || column.slot < 0 ? null : row[column.slot];
}

function formatterOf(leaf: Leaf, quote: (text: string) => string): (value: Stored) => string {
  switch (leaf.type) {
    case 'id':
    case 'reference':
      return (value) => (value instanceof Entry ? value.id : '');
    case 'boolean':
      return (value) => (value === true ? 'true' : 'false');
    case 'int':
    case 'double':
    case 'currency':
    case 'percent':
      return String;
    case 'date':
      return (value) => formatDate(value as number);
    case 'datetime':
      return (value) => formatDateTimeForBulk(value as number);
    case 'time':
      return (value) => formatTime(value as number);
    default:
      if (leaf.labels === undefined) return (value) => quote(value as string);
      return (value) => quote(leaf.labels?.get(value as string) ?? (value as string));
  }
}

/** Quotes by RFC 4180, where needed. */
function quoter(delimiter: string): (text: string) => string {
  const needs = new RegExp(`["\\r\\n${delimiter.replace(/[\\^\]-]/g, '\\$&')}]`);
  return (text) => (needs.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
}
