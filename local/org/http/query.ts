import { columnMetadata } from './columns.ts';
import { methodNotAllowed, notFound } from './call.ts';
import type { RestAnswer, RestCall, RestWorld } from './call.ts';
import { listViewQuery } from './list-views.ts';
import { CHILD_ROWS, rowJson } from './rows.ts';
import { OrgError } from '../core/index.ts';
import type { QueryRow } from '../core/index.ts';

const MOST_ROWS = 2000;
const LEAST_ROWS = 200;

/** Rows of one page: 2,000, or what `Sforce-Query-Options: batchSize=` asks for from 200 up. */
function batchSizeOf(headers: Headers): number {
  const asked = /batchSize\s*=\s*(\d+)/i.exec(headers.get('sforce-query-options') ?? '');
  return asked ? Math.min(MOST_ROWS, Math.max(LEAST_ROWS, Number(asked[1]))) : MOST_ROWS;
}

interface PageTarget {
  readonly call: RestCall;
  readonly resource: string;
  readonly toJson: (row: unknown) => unknown;
}

function page(
  world: RestWorld,
  target: PageTarget,
  rows: readonly unknown[],
  from: number,
  size: number,
  locator?: string,
): RestAnswer {
  const { call, resource, toJson } = target;
  const to = Math.min(rows.length, from + size);
  const done = to === rows.length;
  const kept = done ? locator : (locator ?? world.cursors.open(call.session.userId, { rows, batchSize: size }));
  return {
    status: 200,
    body: {
      totalSize: rows.length,
      done,
      ...(done ? {} : { nextRecordsUrl: `/services/data/v${call.version}/${resource}/${kept}-${to}` }),
      records: rows.slice(from, to).map(toJson),
    },
  };
}

function isRow(row: unknown): row is QueryRow {
  return typeof row === 'object' && row !== null && 'values' in row;
}

/** How the rows of a page become JSON; what does not fit of a child list gets a cursor of its own. */
function targetOf(world: RestWorld, call: RestCall, resource: string): PageTarget {
  const proceed = (records: readonly unknown[]): string | undefined => {
    if (records.length <= CHILD_ROWS) return undefined;
    const locator = world.cursors.open(call.session.userId, { rows: records, batchSize: CHILD_ROWS });
    return `/services/data/v${call.version}/${resource}/${locator}-${CHILD_ROWS}`;
  };
  return { call, resource, toJson: (row) => (isRow(row) ? rowJson(row, call.version, proceed) : row) };
}

function more(world: RestWorld, call: RestCall, resource: string, locator: string): RestAnswer {
  const parsed = /^(01g\w+)-(\d+)$/.exec(locator);
  const cursor = parsed?.[1] === undefined ? undefined : world.cursors.find(call.session.userId, parsed[1]);
  const from = Number(parsed?.[2]);
  if (!cursor || from > cursor.rows.length) throw new OrgError(400, 'INVALID_QUERY_LOCATOR', 'invalid query locator');
  return page(world, targetOf(world, call, resource), cursor.rows, from, cursor.batchSize, parsed?.[1]);
}

/** `/query?explain=`: the plan of a query, or of a list view by its ID. The local org has one: it reads the table. */
function explain(world: RestWorld, call: RestCall, asked: string): RestAnswer {
  const sourceQuery = listViewQuery(world.org.schemaFor(call.session), asked) ?? asked;
  const prepared = world.org.prepare(sourceQuery, call.session);
  const all = world.org.prepare(`SELECT COUNT() FROM ${prepared.object}`, call.session).run().totalSize;
  const plan = {
    cardinality: prepared.run().totalSize,
    fields: [],
    leadingOperationType: 'TableScan',
    notes: [],
    relativeCost: 1,
    sobjectCardinality: all,
    sobjectType: prepared.object,
  };
  return { status: 200, body: { plans: [plan], sourceQuery } };
}

/** `/query`, `/queryAll` (with `?q=`) and the pages after the first (`/query/01g…-2000`); `&columns=true` tells its columns instead. */
export function answerQuery(world: RestWorld, call: RestCall): RestAnswer {
  const [resource = '', locator, ...rest] = call.segments;
  if (rest.length > 0) throw notFound();
  if (call.method !== 'GET') throw methodNotAllowed(call.method, 'GET, HEAD');
  if (locator !== undefined) return more(world, call, resource, locator);
  const explained = call.query.get('explain');
  if (explained !== null) return explain(world, call, explained);
  const soql = call.query.get('q');
  if (soql === null) throw new OrgError(400, 'MALFORMED_QUERY', 'A query string has to be specified');
  const prepared = world.prepare(soql, call.session, resource === 'queryAll');
  if (call.query.get('columns') === 'true') {
    return { status: 200, body: { entityName: prepared.object, columnMetadata: columnMetadata(soql, prepared) } };
  }
  const result = prepared.run();
  if (result.totalSize > MOST_ROWS && result.rows[0]?.type === 'AggregateResult') {
    const message = 'Aggregate query does not support queryMore(), use LIMIT to restrict the results to a single batch';
    throw new OrgError(400, 'EXCEEDED_ID_LIMIT', message);
  }
  if (prepared.countOnly) return { status: 200, body: { totalSize: result.totalSize, done: true, records: [] } };
  return page(world, targetOf(world, call, resource), result.rows, 0, batchSizeOf(call.headers));
}
