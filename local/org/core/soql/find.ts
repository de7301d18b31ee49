import { normaliseId } from '../ids/index.ts';
import { isDeleted, type Entry, type Row, type Table } from '../storage/index.ts';
import type { Bounds } from './bounds.ts';
import type { Predicate } from './conditions.ts';
import type { CompiledOrder } from './ordering.ts';

export interface Search {
  readonly table: Table;
  readonly bounds: Bounds;
  readonly test: Predicate;
  readonly order: CompiledOrder | undefined;
  /** Deleted records too. */
  readonly all: boolean;
  readonly limit: number | undefined;
  readonly offset: number | undefined;
  /** The record of an ID of any object. */
  readonly entryOfId: (id: string) => Entry | undefined;
}

/** The matching records in order, by the cheapest way to them: an index, the stamp log, or the whole table. */
export function findRows(search: Search): Row[] {
  const { order } = search;
  const way = chooseWay(search);
  const sorted = order === undefined || way.orders;
  const skip = search.offset ?? 0;
  const need = skip + (search.limit ?? Infinity);
  const rows = collect(search, way.entries, sorted ? need : Infinity);
  const ordered = sorted ? rows : order.first(rows, need);
  return skip === 0 && ordered.length <= need ? ordered : ordered.slice(skip, need);
}

/** How many `findRows` would find, without a list of them. */
export function countRows(search: Search): number {
  const skip = search.offset ?? 0;
  const need = skip + (search.limit ?? Infinity);
  let count = 0;
  for (const { row } of chooseWay(search).entries) {
    if (count >= need) break;
    if (row !== undefined && matches(search, row)) count++;
  }
  return Math.max(0, count - skip);
}

interface Way {
  readonly entries: Iterable<Entry>;
  /** Whether it brings the records in the order that is asked for. */
  readonly orders: boolean;
}

function collect(search: Search, entries: Iterable<Entry>, need: number): Row[] {
  const rows: Row[] = [];
  if (need <= 0) return rows;
  for (const { row } of entries) {
    if (row === undefined || !matches(search, row)) continue;
    rows.push(row);
    if (rows.length >= need) break;
  }
  return rows;
}

function matches({ test, all }: Search, row: Row): boolean {
  return (all || !isDeleted(row)) && test(row);
}

/** More children than this are not gathered and sorted when a walk in the order of IDs can stop early. */
const manyChildren = 5_000;

function chooseWay(search: Search): Way {
  const { table, bounds, order, all } = search;
  const natural = order?.natural;
  const stopsEarly = search.limit !== undefined && natural !== undefined;
  const byPosition = order === undefined || natural === 'id';
  if (bounds.ids !== undefined)
    return inOrderOfId(
      bounds.ids.map((id) => table.find(id)),
      byPosition,
    );
  if (bounds.values !== undefined && !all) {
    const index = table.valueIndex(bounds.values.column);
    if (index !== undefined)
      return inOrderOfId(
        bounds.values.wanted.flatMap((value) => index.find(index.keyOf(value) ?? '')),
        byPosition,
      );
  }
  if (bounds.parents !== undefined) {
    const index = table.lookupIndex(bounds.parents.column);
    const sets = bounds.parents.ids.flatMap((id) => {
      const parent = search.entryOfId(normaliseId(id) ?? id);
      return parent === undefined ? [] : [index.childrenOf(parent)];
    });
    const count = sets.reduce((sum, set) => sum + set.size, 0);
    if (!(stopsEarly && count > manyChildren))
      return inOrderOfId(
        sets.flatMap((set) => [...set]),
        byPosition,
      );
  }
  const { from, to } = bounds.stamps;
  if (natural !== undefined && natural !== 'id' && natural !== 'idDescending') {
    return { entries: table.stamps.walk(from, to, natural), orders: true };
  }
  if (table.stamps.width(from, to) < table.entries.length / 4) {
    return inOrderOfId([...table.stamps.walk(from, to, 'stamp')], byPosition);
  }
  if (natural === 'idDescending') return { entries: backwards(table.entries), orders: true };
  return {
    entries: bounds.lowestId === '' ? table.entries : fromId(table.entries, bounds.lowestId),
    orders: byPosition,
  };
}

function inOrderOfId(entries: readonly (Entry | undefined)[], orders: boolean): Way {
  const present = new Set(entries.filter((entry) => entry !== undefined));
  return { entries: [...present].sort((left, right) => left.position - right.position), orders };
}

function* backwards(entries: readonly Entry[]): Generator<Entry> {
  for (let index = entries.length - 1; index >= 0; index--) {
    const entry = entries[index];
    if (entry !== undefined) yield entry;
  }
}

function* fromId(entries: readonly Entry[], lowestId: string): Generator<Entry> {
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((entries[middle]?.id ?? '') < lowestId) low = middle + 1;
    else high = middle;
  }
  for (let index = low; index < entries.length; index++) {
    const entry = entries[index];
    if (entry !== undefined) yield entry;
  }
}
