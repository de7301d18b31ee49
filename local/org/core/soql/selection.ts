import type { FieldType, QueryRows } from '../contract.ts';
import type { Column, Row, Stored, Table } from '../storage/index.ts';
import type { Expression, Query, SelectItem } from './ast.ts';
import { resolveField, type ParentStep, type Scope } from './scope.ts';

/** A selected value: from which record of the row (0: its own), and where it is in that record's table. */
export interface Leaf {
  readonly kind: 'leaf';
  readonly name: string;
  readonly source: number;
  readonly columns: ReadonlyMap<Table, Column>;
  /** Works a formula field's value out; absent for what is kept. */
  readonly compute: ((row: Row) => Stored) | undefined;
  readonly type: FieldType;
  /** Labels by value, for toLabel(). */
  readonly labels: ReadonlyMap<string, string> | undefined;
}

export interface ParentNode {
  readonly kind: 'parent';
  readonly name: string;
  readonly source: number;
  readonly items: SelectionItem[];
}

export interface ChildrenNode {
  readonly kind: 'children';
  readonly name: string;
  readonly find: (row: Row) => QueryRows | null;
}

export type SelectionItem = Leaf | ParentNode | ChildrenNode;

/** What a query selects, as a tree of records, and the ways to the parents in it. */
export interface Selection {
  readonly items: readonly SelectionItem[];
  /** Way to each source; that of source 0 is empty. */
  readonly ways: readonly (readonly ParentStep[])[];
  /** Plain columns in order, with headings as Bulk 2.0 writes them. */
  readonly columns: readonly { readonly heading: string; readonly leaf: Leaf }[];
  readonly hasChildren: boolean;
  readonly hasCompound: boolean;
}

/** Compiles one child list of the SELECT clause. */
export type CompileChildren = (query: Query) => ChildrenNode;

export function compileSelection(
  scope: Scope,
  select: readonly SelectItem[],
  compileChildren: CompileChildren,
): Selection {
  const builder = new SelectionBuilder(scope);
  let hasChildren = false;
  for (const item of select) {
    if (item.kind === 'children') {
      builder.add(compileChildren(item.query));
      hasChildren = true;
    } else if (item.kind === 'fields') {
      for (const name of fieldNames(scope, item.which)) builder.addExpression({ kind: 'field', path: [name], at: 0 });
    } else {
      if (item.alias !== undefined)
        throw scope.errors.malformed('only aggregate expressions use field aliasing', item.expression.at);
      builder.addExpression(item.expression);
    }
  }
  const { items, ways, columns } = builder;
  const hasCompound = columns.some(({ leaf }) => leaf.type === 'address' || leaf.type === 'location');
  return { items, ways, columns, hasChildren, hasCompound };
}

class SelectionBuilder {
  readonly items: SelectionItem[] = [];
  readonly ways: (readonly ParentStep[])[] = [[]];
  readonly columns: { heading: string; leaf: Leaf }[] = [];
  readonly #scope: Scope;
  readonly #parents = new Map<string, ParentNode>();

  constructor(scope: Scope) {
    this.#scope = scope;
  }

  add(item: SelectionItem): void {
    this.items.push(item);
  }

  addExpression(expression: Expression): void {
    const { errors } = this.#scope;
    const reference = expression.kind === 'field' ? expression : expression.argument;
    if (reference === undefined || (expression.kind === 'call' && expression.name !== 'TOLABEL')) {
      const name = expression.kind === 'call' ? expression.name : '';
      throw errors.malformed(`the function ${name} can only be selected together with GROUP BY`, expression.at);
    }
    const access = resolveField(this.#scope, reference);
    const names = access.name.split('.');
    const name = names.pop() ?? '';
    const parent = this.#parentOf(names, access.steps);
    const siblings = parent?.items ?? this.items;
    if (siblings.some((item) => item.kind === 'leaf' && item.name === name)) {
      throw errors.malformed(`duplicate field selected: ${access.name}`, reference.at);
    }
    const labels =
      expression.kind === 'call'
        ? new Map((access.field.picklistValues ?? []).map((value) => [value.value, value.label]))
        : undefined;
    const leaf: Leaf = {
      kind: 'leaf',
      name,
      source: parent?.source ?? 0,
      columns: access.columns,
      compute: access.compute,
      type: access.field.type,
      labels,
    };
    siblings.push(leaf);
    this.columns.push({ heading: access.name, leaf });
  }

  #parentOf(names: readonly string[], steps: readonly ParentStep[]): ParentNode | undefined {
    let node: ParentNode | undefined;
    for (const [index, name] of names.entries()) {
      const key = names.slice(0, index + 1).join('.');
      let next = this.#parents.get(key);
      if (next === undefined) {
        next = { kind: 'parent', name, source: this.ways.length, items: [] };
        this.ways.push(steps.slice(0, index + 1));
        this.#parents.set(key, next);
        (node?.items ?? this.items).push(next);
      }
      node = next;
    }
    return node;
  }
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
