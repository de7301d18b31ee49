import type { Entry, Table } from '../storage/index.ts';
import { activityListOf } from './activities.ts';
import type { Query } from './ast.ts';
import { isReadable, type Scope } from './scope.ts';

/** A list of children that a query may select of its records. */
export interface ChildList {
  /** As the org spells it: `Contacts`. */
  readonly name: string;
  readonly table: Table;
  /** What its records are shown as, where that is not their object. */
  readonly type?: string;
  entries(parent: Entry): Iterable<Entry>;
}

/** The child list that `(SELECT … FROM <name>)` names. Throws `OrgError` when there is none that the caller can read. */
export function childListOf(outer: Scope, query: Query): ChildList {
  const activities = activityListOf(outer, query.from);
  if (activities) return activities;
  const { database, errors } = outer;
  const child = database.schema
    .childrenOf(outer.table.definition.name)
    .find(({ name }) => name?.toLowerCase() === query.from.toLowerCase());
  const definition = child && database.schema.object(child.object);
  const hidden = definition !== undefined && outer.rights?.object(definition).read === false;
  if (child?.name === undefined || hidden) throw errors.noChildren(query.from, query.fromAt);
  const table = database.table(child.object);
  const column = table.column(child.field.name);
  if (column === undefined || !isReadable(outer, column)) throw errors.noChildren(query.from, query.fromAt);
  return { name: child.name, table, entries: (parent) => table.lookupIndex(column).childrenOf(parent) };
}
