import { OrgError } from '../contract.ts';
import type { OrgClock, PreparedQuery, QueryRows, Session } from '../contract.ts';
import type { Database } from '../database.ts';
import { Entry, entryOf, isDeleted, type Row } from '../storage/index.ts';
import { compileAggregation, isAggregate } from './aggregate.ts';
import type { Query } from './ast.ts';
import { boundsOf } from './bounds.ts';
import { compileCondition, type CompileIds } from './conditions.ts';
import { QueryErrors } from './errors.ts';
import { findRows } from './find.ts';
import { compileOrder } from './ordering.ts';
import { parseQuery } from './parse.ts';
import { pinRows, presentRows } from './rows.ts';
import { resolveField, type Scope } from './scope.ts';
import { compileSelection, type ChildrenNode, type Selection } from './selection.ts';
import { snapshotOf } from './snapshot.ts';

const maximumOffset = 2_000;
const maximumOfFieldsFunction = 200;

/**
 * Parses, checks and compiles a query; it can then be run any number of times. `all` finds deleted records too.
 * Throws `OrgError` in an org's words.
 */
export function prepareQuery(
  database: Database,
  clock: OrgClock,
  soql: string,
  session: Session,
  all: boolean,
): PreparedQuery {
  const user = database.find(session.userId);
  if (user === undefined) {
    throw new OrgError(401, 'INVALID_SESSION_ID', 'Session expired or invalid');
  }
  const errors = new QueryErrors(soql);
  const query = parseQuery(soql, errors);
  if (query.allRows) throw errors.malformed('ALL ROWS not allowed in this context');
  const definition = database.schema.object(query.from);
  if (definition === undefined || definition.kind === 'event') throw errors.noObject(query.from, query.fromAt);
  const scope: Scope = { database, clock, user, errors, table: database.table(definition.name), alias: query.alias };
  checkLimits(query, errors);
  return new Compiler(scope, all).prepare(query);
}

class Compiler {
  readonly #scope: Scope;
  readonly #all: boolean;

  constructor(scope: Scope, all: boolean) {
    this.#scope = scope;
    this.#all = all;
  }

  prepare(query: Query): PreparedQuery {
    const scope = this.#scope;
    const object = scope.table.definition.name;
    if (isCount(query)) {
      const search = this.#search(scope, { ...query, select: [] });
      const count = (): QueryRows => ({ totalSize: search().length, rows: [] });
      return {
        object,
        columns: [],
        countOnly: true,
        run: count,
        ...refused('COUNT() is not supported in Bulk queries', scope),
      };
    }
    if (isAggregate(query)) {
      const aggregate = compileAggregation(scope, query);
      const search = this.#search(scope, { ...query, orderBy: [], limit: undefined, offset: undefined });
      const run = () => aggregate(search());
      return {
        object,
        columns: [],
        countOnly: false,
        run,
        ...refused('Aggregate queries are not supported in Bulk queries', scope),
      };
    }
    const selection = compileSelection(scope, query.select, (inner) => this.#children(scope, inner));
    const search = this.#search(scope, query);
    const why = bulkRefusal(query, selection);
    return {
      object,
      columns: selection.columns.map(({ heading }) => heading),
      countOnly: false,
      run: () => presentRows(search(), selection),
      ...(why === undefined
        ? { snapshot: () => snapshotOf(pinRows(search(), selection), selection) }
        : refused(why, scope)),
    };
  }

  /** Everything but the SELECT clause. */
  #search(scope: Scope, query: Query): () => Row[] {
    const condition = compileCondition(scope, query.where, this.#compileIds);
    const bounds = boundsOf(scope, query.where);
    const order = compileOrder(scope, query.orderBy);
    const { table, database } = scope;
    const { limit, offset } = query;
    return () => {
      condition.begin();
      return findRows({
        table,
        bounds,
        test: condition.test,
        order,
        all: this.#all,
        limit,
        offset,
        entryOfId: (id) => database.find(id),
      });
    };
  }

  readonly #compileIds: CompileIds = (query, left, at) => {
    const { errors } = this.#scope;
    const scope = this.#innerScope(query);
    const [item] = query.select;
    if (query.select.length !== 1 || item?.kind !== 'expression' || item.expression.kind !== 'field') {
      throw errors.malformed('a semi-join subquery must select exactly one ID field', query.fromAt);
    }
    const access = resolveField(scope, item.expression);
    const isId = (type: string) => type === 'id' || type === 'reference';
    if (!isId(access.field.type) || !isId(left.field.type)) {
      throw errors.malformed('Semi join sub-selects can only query id fields, and only filter them', at);
    }
    const search = this.#search(scope, query);
    return () => {
      const ids = new Set<string>();
      for (const row of search()) {
        const value = access.get(row);
        if (value instanceof Entry) ids.add(value.id);
      }
      return ids;
    };
  };

  #innerScope(query: Query): Scope {
    const { database, errors } = this.#scope;
    const definition = database.schema.object(query.from);
    if (definition === undefined || definition.kind === 'event') throw errors.noObject(query.from, query.fromAt);
    return { ...this.#scope, table: database.table(definition.name), alias: query.alias };
  }

  #children(outer: Scope, query: Query): ChildrenNode {
    const { database, errors } = outer;
    const parent = outer.table.definition;
    const child = database.schema
      .childrenOf(parent.name)
      .find(({ name }) => name?.toLowerCase() === query.from.toLowerCase());
    if (child?.name === undefined) throw errors.noChildren(query.from, query.fromAt);
    const scope: Scope = { ...outer, table: database.table(child.object), alias: query.alias };
    const column = scope.table.column(child.field.name);
    if (column === undefined) throw errors.noChildren(query.from, query.fromAt);
    const selection = compileSelection(scope, query.select, (inner) => this.#children(scope, inner));
    const condition = compileCondition(scope, query.where, this.#compileIds);
    const order = compileOrder(scope, query.orderBy);
    return {
      kind: 'children',
      name: child.name,
      find: (row) => {
        condition.begin();
        const rows: Row[] = [];
        for (const entry of scope.table.lookupIndex(column).childrenOf(entryOf(row))) {
          if (entry.row !== undefined && (this.#all || !isDeleted(entry.row)) && condition.test(entry.row))
            rows.push(entry.row);
        }
        if (order === undefined) rows.sort((left, right) => entryOf(left).position - entryOf(right).position);
        else order.sort(rows);
        const shown = query.limit === undefined ? rows : rows.slice(0, query.limit);
        return shown.length === 0 ? null : presentRows(shown, selection);
      },
    };
  }
}

function isCount(query: Query): boolean {
  const [item] = query.select;
  if (query.select.length !== 1 || item?.kind !== 'expression' || item.alias !== undefined) return false;
  const { expression } = item;
  return (
    expression.kind === 'call' &&
    expression.name === 'COUNT' &&
    expression.argument === undefined &&
    query.groupBy.length === 0
  );
}

function checkLimits(query: Query, errors: QueryErrors): void {
  if ((query.offset ?? 0) > maximumOffset) {
    throw new OrgError(400, 'NUMBER_OUTSIDE_VALID_RANGE', `Maximum SOQL offset allowed is ${maximumOffset}`);
  }
  const unbounded = query.select.some((item) => item.kind === 'fields' && item.which !== 'STANDARD');
  if (unbounded && (query.limit ?? Infinity) > maximumOfFieldsFunction) {
    throw errors.malformed(`The SOQL FIELDS function must have a LIMIT of at most ${maximumOfFieldsFunction}`);
  }
}

function bulkRefusal(query: Query, selection: Selection): string | undefined {
  if (query.offset !== undefined) return 'OFFSET is not supported in Bulk queries';
  if (selection.hasChildren) return 'Nested queries are not supported in Bulk queries';
  if (selection.hasCompound) return 'Compound address and geolocation fields are not supported in Bulk queries';
  return undefined;
}

function refused(why: string, scope: Scope): Pick<PreparedQuery, 'bulkRefusal' | 'snapshot'> {
  return {
    bulkRefusal: why,
    snapshot: () => {
      throw scope.errors.malformed(why);
    },
  };
}
