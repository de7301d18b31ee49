import type { QueryRow, QueryRows, QueryValue } from '../contract/index.ts';
import { entryOf, read, type Row, type Stored, type Table } from '../storage/index.ts';
import { addressParts, toJson } from '../values/index.ts';
import { follow } from './scope.ts';
import {
  leafValue,
  type Leaf,
  type ParentNode,
  type Selection,
  type SelectionItem,
  type TypeOfNode,
} from './selection.ts';

/** The matching records with the parents that are selected, as they are now: none of these rows ever changes. */
export interface PinnedRows {
  readonly rows: readonly Row[];
  /** By source; that of source 0 is `rows`. */
  readonly sources: readonly (readonly (Row | undefined)[])[];
  /** Values of formula fields, by row: what they were when the rows were found. */
  readonly computed: ReadonlyMap<Leaf, readonly Stored[]>;
}

export function pinRows(rows: readonly Row[], selection: Selection): PinnedRows {
  const sources = selection.ways.map((way) => (way.length === 0 ? rows : rows.map((row) => follow(row, way))));
  const computed = new Map<Leaf, readonly Stored[]>();
  for (const { leaf } of selection.columns) {
    const { compute } = leaf;
    if (compute === undefined) continue;
    const values = (sources[leaf.source] ?? []).map((row) => (row === undefined ? null : compute(row)));
    computed.set(leaf, values);
  }
  return { rows, sources, computed };
}

/** The rows as REST shows them, as records of `type` if it is given; each is made when it is asked for. */
export function presentRows(rows: readonly Row[], selection: Selection, type?: string): QueryRows {
  const pinned = pinRows(rows, selection);
  const children = selection.hasChildren ? rows.map((row) => findChildren(row, selection)) : undefined;
  return {
    totalSize: rows.length,
    rows: rows.map(
      (row, index) =>
        new PresentedRow(row, () => present(selection.items, pinned, index, 0, children?.[index]), false, type),
    ),
  };
}

class PresentedRow implements QueryRow {
  readonly type: string;
  readonly id: string;
  readonly shownAs?: 'Name';
  readonly #present: () => ReadonlyMap<string, QueryValue>;
  #values: ReadonlyMap<string, QueryValue> | undefined;

  constructor(row: Row, presentValues: () => ReadonlyMap<string, QueryValue>, polymorphic = false, type?: string) {
    const entry = entryOf(row);
    if (polymorphic) this.shownAs = 'Name';
    this.type = type ?? entry.table.definition.name;
    this.id = entry.id;
    this.#present = presentValues;
  }

  get values(): ReadonlyMap<string, QueryValue> {
    this.#values ??= this.#present();
    return this.#values;
  }
}

function present(
  items: readonly SelectionItem[],
  pinned: PinnedRows,
  index: number,
  source: number,
  children: ReadonlyMap<string, QueryRows | null> | undefined,
): ReadonlyMap<string, QueryValue> {
  const values = new Map<string, QueryValue>();
  const row = pinned.sources[source]?.[index];
  if (row === undefined) return values;
  const { table } = entryOf(row);
  for (const item of items) {
    if (item.kind === 'children') values.set(item.name, children?.get(item.name) ?? null);
    else if (item.kind === 'leaf')
      values.set(
        item.name,
        item.type === 'address'
          ? address(row, table, item.name)
          : toJson(
              item.type,
              item.compute === undefined ? leafValue(item, row, table) : pinned.computed.get(item)?.[index],
            ),
      );
    else values.set(item.name, parentOf(item, pinned, index));
  }
  return values;
}

function parentOf(item: ParentNode | TypeOfNode, pinned: PinnedRows, index: number): QueryRow | null {
  const parent = pinned.sources[item.source]?.[index];
  if (parent === undefined) return null;
  const items = item.kind === 'parent' ? item.items : item.branches.get(entryOf(parent).table);
  if (items === undefined) return null;
  const show = () => present(items, pinned, index, item.source, undefined);
  return new PresentedRow(parent, show, item.kind === 'parent' && item.polymorphic);
}

function findChildren(row: Row, selection: Selection): ReadonlyMap<string, QueryRows | null> {
  return new Map(
    selection.items.flatMap((item) => (item.kind === 'children' ? [[item.name, item.find(row)] as const] : [])),
  );
}

/** A compound address, put together from its parts; null when all of them are. */
function address(row: Row, table: Table, name: string): QueryRow | null {
  const prefix = name.replace(/Address$/, '');
  const values = new Map<string, QueryValue>();
  for (const [part, end] of addressParts) {
    const column = table.column(prefix + end);
    values.set(part, column === undefined ? null : toJson(column.field.type, read(row, column)));
  }
  return [...values.values()].every((value) => value === null) ? null : { type: 'Address', id: undefined, values };
}
