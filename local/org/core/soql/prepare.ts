import { OrgError } from '../contract/index.ts';
import type { OrgClock, PreparedQuery, QueryOptions, QueryRows, Session } from '../contract/index.ts';
import type { Database } from '../database.ts';
import { userOf, type RightsKeeper, type UserRights } from '../rights/index.ts';
import { Entry, entryOf, isDeleted, type Row, type Table } from '../storage/index.ts';
import { compileAggregation, isAggregate } from './aggregate.ts';
import type { Query } from './ast.ts';
import { boundsOf } from './bounds.ts';
import { childListOf } from './children.ts';
import { compileCondition, type CompileIds, type Predicate } from './conditions.ts';
import { QueryErrors } from './errors.ts';
import { checkJoins } from './joins.ts';
import { countRows, findRows, type Search } from './find.ts';
import { compileOrder } from './ordering.ts';
import { parsedQuery } from './parsed.ts';
import { pinRows, presentRows } from './rows.ts';
import { resolveField, type Scope } from './scope.ts';
import { compileSelection, type ChildrenNode, type Selection } from './selection.ts';
import { snapshotOf } from './snapshot.ts';
import { zoneOf } from './zones.ts';

const maximumOffset = 2_000;
const maximumOfFieldsFunction = 200;

/**
 * Parses, checks and compiles a query; it can then be run any number of times. Throws `OrgError` in an org's words.
 */
export function prepareQuery(
  { database, clock, rights: keeper }: QueryWorld,
  soql: string,
  session: Session,
  { all = false, apex }: QueryOptions,
): PreparedQuery {
  const user = userOf(database, session);
  const errors = new QueryErrors(soql);
  const query = parsedQuery(soql, { errors, apex });
  checkLimits(query, errors, apex !== undefined);
  const asked = { database, clock, user, zone: zoneOf(user), errors };
  const own = keeper.of(user);
  const compile = (rights: UserRights | undefined, sharing: UserRights | undefined): PreparedQuery => {
    const table = tableOf({ database, rights, errors }, query);
    const scope: Scope = { ...asked, rights, sharing, table, alias: query.alias };
    return new Compiler(scope, all || query.allRows).prepare(query);
  };
  if (apex === undefined || query.mode === 'USER_MODE') return compile(own, own);
  const sharing = apex.sharing ? own : undefined;
  if (query.mode === 'SECURITY_ENFORCED') return enforced(compile, own, sharing);
  return query.mode === undefined && apex.mode === 'user' ? compile(own, own) : compile(undefined, sharing);
}

/** `WITH SECURITY_ENFORCED`: what is there but may not be read is told as an error of its own. */
function enforced(
  compile: (rights: UserRights | undefined, sharing: UserRights | undefined) => PreparedQuery,
  own: UserRights | undefined,
  sharing: UserRights | undefined,
): PreparedQuery {
  const open = compile(undefined, sharing);
  if (own === undefined) return open;
  try {
    return compile(own, sharing);
  } catch (error) {
    if (!(error instanceof OrgError)) throw error;
    throw new OrgError(
      400,
      'INSUFFICIENT_ACCESS',
      'Insufficient permissions: secure query included inaccessible field',
    );
  }
}

/** What queries are asked of. */
export interface QueryWorld {
  readonly database: Database;
  readonly clock: OrgClock;
  readonly rights: RightsKeeper;
}

/** The table of an object that the caller can read. */
function tableOf({ database, rights, errors }: Pick<Scope, 'database' | 'rights' | 'errors'>, query: Query): Table {
  const definition = database.schema.object(query.from);
  if (definition === undefined || definition.kind === 'event' || rights?.object(definition).read === false) {
    throw errors.noObject(query.from, query.fromAt);
  }
  return database.table(definition.name);
}

/** Only what is shared with the caller; who sees everything pays nothing for it. */
function sharedOnly({ sharing, table }: Scope, test: Predicate): Predicate {
  const visible = sharing?.visible(table);
  return visible === undefined ? test : (row) => visible(row) && test(row);
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
      const counted = this.#counted(scope, query);
      const count = (): QueryRows => ({ totalSize: counted(), rows: [] });
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
      const find = this.#find(scope, { ...query, orderBy: [], limit: undefined, offset: undefined });
      const run = () => aggregate(find());
      return {
        object,
        columns: [],
        countOnly: false,
        run,
        ...refused('Aggregate queries are not supported in Bulk queries', scope),
      };
    }
    const selection = compileSelection(scope, query.select, (inner) => this.#children(scope, inner));
    const find = this.#find(scope, query);
    const why = bulkRefusal(query, selection);
    if (query.lock === 'UPDATE' && query.orderBy.length > 0)
      throw scope.errors.malformed('ORDER BY is not allowed with FOR UPDATE', query.orderBy[0]?.expression.at);
    const found = query.lock === 'UPDATE' ? () => unlocked(find()) : find;
    return {
      object,
      columns: selection.columns.map(({ heading }) => heading),
      countOnly: false,
      run: () => presentRows(found(), selection),
      ...(why === undefined
        ? { snapshot: () => snapshotOf(pinRows(find(), selection), selection) }
        : refused(why, scope)),
    };
  }

  /** Who counts every record need not look at one. */
  #counted(scope: Scope, query: Query): () => number {
    const { table, sharing } = scope;
    const counts = query.where === undefined && query.limit === undefined && query.offset === undefined;
    if (counts && sharing?.visible(table) === undefined) return () => (this.#all ? table.size : table.present);
    const search = this.#search(scope, query);
    return () => countRows(search());
  }

  #find(scope: Scope, query: Query): () => Row[] {
    const search = this.#search(scope, query);
    return () => findRows(search());
  }

  /** Everything but the SELECT clause. */
  #search(scope: Scope, query: Query): () => Search {
    const condition = compileCondition(scope, query.where, this.#compileIds);
    const bounds = boundsOf(scope, query.where);
    const order = compileOrder(scope, query.orderBy);
    const { table, database } = scope;
    const test = sharedOnly(scope, condition.test);
    const { limit, offset } = query;
    return () => {
      condition.begin();
      return { table, bounds, test, order, all: this.#all, limit, offset, entryOfId: (id) => database.find(id) };
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
    const find = this.#find(scope, query);
    return () => {
      const ids = new Set<string>();
      for (const row of find()) {
        const value = access.get(row);
        if (value instanceof Entry) ids.add(value.id);
      }
      return ids;
    };
  };

  #innerScope(query: Query): Scope {
    return { ...this.#scope, table: tableOf(this.#scope, query), alias: query.alias };
  }

  #children(outer: Scope, query: Query): ChildrenNode {
    const list = childListOf(outer, query);
    const scope: Scope = { ...outer, table: list.table, alias: query.alias };
    const selection = compileSelection(scope, query.select, (inner) => this.#children(scope, inner));
    const condition = compileCondition(scope, query.where, this.#compileIds);
    const order = compileOrder(scope, query.orderBy);
    const test = sharedOnly(scope, condition.test);
    return {
      kind: 'children',
      name: list.name,
      find: (row) => {
        condition.begin();
        const rows: Row[] = [];
        for (const entry of list.entries(entryOf(row))) {
          if (entry.row !== undefined && (this.#all || !isDeleted(entry.row)) && test(entry.row)) rows.push(entry.row);
        }
        const most = query.limit ?? rows.length;
        const shown =
          order?.first(rows, most) ??
          rows.sort((left, right) => entryOf(left).position - entryOf(right).position).slice(0, most);
        return shown.length === 0 ? null : presentRows(shown, selection, list.type);
      },
    };
  }
}

/** `FOR UPDATE` gets no record that a transaction holds which is not committed yet. */
function unlocked(rows: Row[]): Row[] {
  const held = rows.filter((row) => entryOf(row).lock !== undefined).length;
  if (held === 0) return rows;
  const message = `unable to obtain exclusive access to this record or ${held} records`;
  throw new OrgError(400, 'UNABLE_TO_LOCK_ROW', message);
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

function checkLimits(query: Query, errors: QueryErrors, fromApex: boolean): void {
  if ((query.offset ?? 0) > maximumOffset) {
    throw new OrgError(400, 'NUMBER_OUTSIDE_VALID_RANGE', `Maximum SOQL offset allowed is ${maximumOffset}`);
  }
  const unbounded = query.select.some((item) => item.kind === 'fields' && item.which !== 'STANDARD');
  if (unbounded && fromApex)
    throw errors.malformed('The SOQL FIELDS function is not supported with an unbounded set of fields in Apex');
  if (unbounded && (query.limit ?? Infinity) > maximumOfFieldsFunction) {
    throw errors.malformed(`The SOQL FIELDS function must have a LIMIT of at most ${maximumOfFieldsFunction}`);
  }
  checkJoins(query, errors);
}

function bulkRefusal(query: Query, selection: Selection): string | undefined {
  if (query.offset !== undefined) return 'OFFSET is not supported in Bulk queries';
  if (selection.hasTypeOf) return 'TYPEOF is not supported in Bulk queries';
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
