import type { FieldType } from '../contract/index.ts';
import type { Row, Stored, Table } from '../storage/index.ts';
import type { Expression, FieldReference, FunctionCall, TypeOf } from './ast.ts';
import { convertedCurrency } from './currency.ts';
import { formatOf } from './formats.ts';
import { fieldArgument } from './functions.ts';
import { parentStep, resolveField, resolveNameField, type Access, type ParentStep, type Scope } from './scope.ts';
import type { Leaf, ParentNode, SelectionItem } from './selection.ts';

/** What a selected value is, apart from where it stands. */
type Shown = Pick<Leaf, 'compute' | 'type' | 'labels'>;

/** Puts the items of a SELECT clause together: values, and the parents that they are in. */
export class SelectionBuilder {
  readonly items: SelectionItem[] = [];
  readonly ways: (readonly ParentStep[])[];
  readonly columns: { heading: string; leaf: Leaf }[];
  readonly #scope: Scope;
  readonly #base: { readonly source: number; readonly steps: readonly ParentStep[] };
  readonly #parents = new Map<string, ParentNode>();

  /** `outer` is whose TYPEOF has this as a branch, and where it stands in there. */
  constructor(scope: Scope, outer?: { readonly builder: SelectionBuilder; readonly source: number }) {
    this.#scope = scope;
    this.ways = outer?.builder.ways ?? [[]];
    this.columns = outer?.builder.columns ?? [];
    this.#base = { source: outer?.source ?? 0, steps: this.ways[outer?.source ?? 0] ?? [] };
  }

  /** A field, or a function of one. Throws MALFORMED_QUERY for what cannot be selected. */
  addExpression(expression: Expression, alias: string | undefined): void {
    const { errors } = this.#scope;
    if (expression.kind === 'call') {
      const { access, shown } = this.#call(expression);
      this.#add(access, shown, expression.at, alias);
    } else if (alias === undefined) this.addField(expression);
    else throw errors.malformed('only aggregate expressions use field aliasing', expression.at);
  }

  addField(reference: FieldReference): void {
    this.#addField(resolveField(this.#scope, reference), reference);
  }

  #addField(access: Access, reference: FieldReference): void {
    const { compute, field } = access;
    this.#add(access, { compute, type: field.type, labels: undefined }, reference.at, undefined);
  }

  /** Source: SOQL and SOSL Reference, "TYPEOF". */
  addTypeOf({ reference, whens, otherwise }: TypeOf): void {
    const { database, errors, table } = this.#scope;
    const [part = '', further] = reference.path;
    if (further !== undefined) throw errors.notYet('TYPEOF of a parent of a parent', reference.at);
    const { step, targets, name } = parentStep(this.#scope, [table], part, reference.at);
    if (targets.length < 2)
      throw errors.malformed(`TYPEOF is not supported for the relationship ${name}`, reference.at);
    const source = this.ways.push([step]) - 1;
    const branches = new Map<Table, readonly SelectionItem[]>();
    for (const when of whens) {
      const target = targets.find((candidate) => candidate.toLowerCase() === when.type.toLowerCase());
      if (target === undefined) throw errors.noObject(when.type, when.at);
      branches.set(database.table(target), this.#branch(database.table(target), source, when.fields, resolveField));
    }
    for (const target of targets) {
      const other = database.table(target);
      if (otherwise !== undefined && !branches.has(other))
        branches.set(other, this.#branch(other, source, otherwise, resolveNameField));
    }
    this.items.push({ kind: 'typeof', name, source, branches });
  }

  #branch(
    table: Table,
    source: number,
    fields: readonly FieldReference[],
    resolve: typeof resolveField,
  ): readonly SelectionItem[] {
    const scope = { ...this.#scope, table, alias: undefined };
    const inner = new SelectionBuilder(scope, { builder: this, source });
    for (const reference of fields) inner.#addField(resolve(scope, reference), reference);
    return inner.items;
  }

  #call(call: FunctionCall): { readonly access: Access; readonly shown: Shown } {
    const { errors } = this.#scope;
    if (call.name === 'TOLABEL') {
      const access = fieldArgument(this.#scope, call);
      const labels = new Map((access.field.picklistValues ?? []).map((value) => [value.value, value.label]));
      return { access, shown: { compute: undefined, type: access.field.type, labels } };
    }
    if (call.name === 'CONVERTCURRENCY') {
      const access = fieldArgument(this.#scope, call);
      return { access, shown: computed(convertedCurrency(this.#scope, access, call.at), 'currency') };
    }
    if (call.name !== 'FORMAT') {
      throw errors.malformed(`the function ${call.name} can only be selected together with GROUP BY`, call.at);
    }
    const inner = call.argument?.kind === 'call' ? call.argument : undefined;
    if (inner?.name === 'CONVERTCURRENCY') {
      const { access, shown } = this.#call(inner);
      const format = formatOf(this.#scope, access.field, call.at);
      return { access, shown: computed((row) => format(shown.compute?.(row), row), 'string') };
    }
    const access = fieldArgument(this.#scope, call);
    const format = formatOf(this.#scope, access.field, call.at);
    return { access, shown: computed((row) => format(access.own(row), row), 'string') };
  }

  #add(access: Access, shown: Shown, at: number, alias: string | undefined): void {
    const names = access.name.split('.');
    const fieldName = names.pop() ?? '';
    const parent = this.#parentOf(names, access);
    const siblings = parent?.items ?? this.items;
    const name = alias ?? fieldName;
    if (siblings.some((item) => item.kind === 'leaf' && item.name === name)) {
      throw this.#scope.errors.malformed(`duplicate field selected: ${access.name}`, at);
    }
    const leaf: Leaf = {
      kind: 'leaf',
      name,
      source: parent?.source ?? this.#base.source,
      columns: access.columns,
      ...shown,
    };
    siblings.push(leaf);
    this.columns.push({ heading: alias ?? access.name, leaf });
  }

  #parentOf(names: readonly string[], { steps, polymorphic }: Access): ParentNode | undefined {
    let node: ParentNode | undefined;
    for (const [index, name] of names.entries()) {
      const key = names.slice(0, index + 1).join('.');
      let next = this.#parents.get(key);
      if (next === undefined) {
        const source = this.ways.push([...this.#base.steps, ...steps.slice(0, index + 1)]) - 1;
        next = { kind: 'parent', name, source, polymorphic: polymorphic[index] ?? false, items: [] };
        this.#parents.set(key, next);
        (node?.items ?? this.items).push(next);
      }
      node = next;
    }
    return node;
  }
}

function computed(compute: (row: Row) => Stored, type: FieldType): Shown {
  return { compute, type, labels: undefined };
}
