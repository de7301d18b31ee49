import type { FieldType, QueryRows } from '../contract/index.ts';
import type { Column, Row, Stored, Table } from '../storage/index.ts';
import type { Query, SelectItem } from './ast.ts';
import { SelectionBuilder } from './selection-builder.ts';
import type { ParentStep, Scope } from './scope.ts';

/** A selected value: from which record of the row (0: its own), and where it is in that record's table. */
export interface Leaf {
  readonly kind: 'leaf';
  readonly name: string;
  readonly source: number;
  readonly columns: ReadonlyMap<Table, Column>;
  /** Works the value of a formula field or a function out; absent for what is kept. */
  readonly compute: ((row: Row) => Stored) | undefined;
  readonly type: FieldType;
  /** Labels by value, for toLabel(). */
  readonly labels: ReadonlyMap<string, string> | undefined;
}

export interface ParentNode {
  readonly kind: 'parent';
  readonly name: string;
  readonly source: number;
  /** Of several types: shown as a `Name`. */
  readonly polymorphic: boolean;
  readonly items: SelectionItem[];
}

/** A parent with other items for each of its types; for a type without items it is null. */
export interface TypeOfNode {
  readonly kind: 'typeof';
  readonly name: string;
  readonly source: number;
  readonly branches: ReadonlyMap<Table, readonly SelectionItem[]>;
}

export interface ChildrenNode {
  readonly kind: 'children';
  readonly name: string;
  readonly find: (row: Row) => QueryRows | null;
}

export type SelectionItem = Leaf | ParentNode | TypeOfNode | ChildrenNode;

/** What a query selects, as a tree of records, and the ways to the parents in it. */
export interface Selection {
  readonly items: readonly SelectionItem[];
  /** Way to each source; that of source 0 is empty. */
  readonly ways: readonly (readonly ParentStep[])[];
  /** Plain columns in order, with headings as Bulk 2.0 writes them. */
  readonly columns: readonly { readonly heading: string; readonly leaf: Leaf }[];
  readonly hasChildren: boolean;
  readonly hasCompound: boolean;
  readonly hasTypeOf: boolean;
}

/** Compiles one child list of the SELECT clause. */
export type CompileChildren = (query: Query) => ChildrenNode;

/** Source: SOQL and SOSL Reference, "Understanding Relationship Query Limitations". */
const mostParents = 55;
const mostChildLists = 20;

export function compileSelection(
  scope: Scope,
  select: readonly SelectItem[],
  compileChildren: CompileChildren,
): Selection {
  const builder = new SelectionBuilder(scope);
  for (const item of select) {
    if (item.kind === 'children') builder.items.push(compileChildren(item.query));
    else if (item.kind === 'typeof') builder.addTypeOf(item);
    else if (item.kind === 'fields')
      for (const name of fieldNames(scope, item.which)) builder.addField({ kind: 'field', path: [name], at: 0 });
    else builder.addExpression(item.expression, item.alias);
  }
  const { items, ways, columns } = builder;
  const childLists = items.filter(({ kind }) => kind === 'children').length;
  if (ways.length > mostParents + 1)
    throw scope.errors.malformed(`Only ${mostParents} child-to-parent relationships are allowed in a query`);
  if (childLists > mostChildLists)
    throw scope.errors.malformed(`Only ${mostChildLists} parent-to-child relationships are allowed in a query`);
  return {
    items,
    ways,
    columns,
    hasChildren: childLists > 0,
    hasCompound: columns.some(({ leaf }) => leaf.type === 'address' || leaf.type === 'location'),
    hasTypeOf: items.some(({ kind }) => kind === 'typeof'),
  };
}

function fieldNames(scope: Scope, which: 'ALL' | 'STANDARD' | 'CUSTOM'): string[] {
  const { definition } = scope.table;
  const fields = [...definition.fields.values()].filter(
    (field) => scope.rights === undefined || scope.rights.canRead(definition, field),
  );
  const chosen = which === 'ALL' ? fields : fields.filter((field) => field.custom === (which === 'CUSTOM'));
  return chosen.map((field) => field.name);
}

/** A leaf's value, as kept, in the record it comes from. */
export function leafValue(leaf: Leaf, row: Row, table: Table): Stored {
  const column = leaf.columns.get(table);
  const value = column === undefined || column.slot < 0 ? null : (row[column.slot] ?? null);
  return typeof value === 'string' ? (leaf.labels?.get(value) ?? value) : value;
}
