import { methodNotAllowed, notFound } from './call.ts';
import type { RestAnswer, RestCall, RestWorld } from './call.ts';
import type { ObjectDefinition, QueryRow, QueryValue, Schema } from '../core/index.ts';

/** Rows of a list view when the caller does not say (REST API Developer Guide, "List View Results"). */
const USUAL_ROWS = 25;
const MOST_ROWS = 2000;

/** The one list view of each object: all of its records, by name. */
const DEVELOPER_NAME = 'All';

interface ListView {
  readonly id: string;
  readonly label: string;
  readonly columns: readonly { readonly field: string; readonly label: string }[];
  readonly query: string;
}

function listViewOf(object: ObjectDefinition): ListView {
  const name = [...object.fields.values()].find((field) => field.name === 'Name') ?? object.fields.get('Id');
  const columns = [name, object.fields.get('CreatedDate')]
    .filter((field) => field !== undefined)
    .map((field) => ({ field: field.name, label: field.label }));
  const selected = [...new Set([...columns.map(({ field }) => field), 'Id', 'SystemModstamp'])].filter((field) =>
    object.fields.has(field),
  );
  return {
    // An ID of its own for each object, told by its key prefix.
    id: `00B${object.keyPrefix}000000001AAA`.slice(0, 18),
    label: `All ${object.labelPlural}`,
    columns,
    query: `SELECT ${selected.join(', ')} FROM ${object.name} ORDER BY ${columns[0]?.field ?? 'Id'} ASC NULLS FIRST, Id ASC NULLS FIRST`,
  };
}

/** The query of a list view by its ID (15 or 18 characters); undefined when it is none's. */
export function listViewQuery(schema: Schema, id: string): string | undefined {
  if (!/^00B\w{12}(?:\w{3})?$/.test(id)) return undefined;
  const object = schema.objects().find((each) => listViewOf(each).id.slice(0, 15) === id.slice(0, 15));
  return object && listViewOf(object).query;
}

function columnsJson(view: ListView): readonly Record<string, unknown>[] {
  return view.columns.map(({ field, label }, index) => ({
    ascendingLabel: null,
    descendingLabel: null,
    fieldNameOrPath: field,
    hidden: false,
    label,
    searchable: false,
    selectListItem: field,
    sortDirection: index === 0 ? 'ascending' : null,
    sortIndex: index === 0 ? 0 : null,
    sortable: true,
    type: null,
  }));
}

function text(value: QueryValue | undefined): string | null {
  return value === null || value === undefined ? null : typeof value === 'object' ? '' : String(value);
}

function rowJson(row: QueryRow): Record<string, unknown> {
  return { columns: [...row.values].map(([fieldNameOrPath, value]) => ({ fieldNameOrPath, value: text(value) })) };
}

function results(world: RestWorld, call: RestCall, view: ListView): RestAnswer {
  const limit = Math.min(MOST_ROWS, Math.max(1, Number(call.query.get('limit') ?? USUAL_ROWS) || USUAL_ROWS));
  const offset = Math.max(0, Number(call.query.get('offset') ?? 0) || 0);
  const { rows } = world.org.prepare(view.query, call.session).run();
  const records = rows.slice(offset, offset + limit).map(rowJson);
  return {
    status: 200,
    body: {
      columns: columnsJson(view),
      developerName: DEVELOPER_NAME,
      done: offset + records.length >= rows.length,
      id: view.id,
      label: view.label,
      records,
      size: records.length,
    },
  };
}

/** `/sobjects/{object}/listviews` and below: one view of all records. `rest` is what follows `listviews`. */
export function answerListViews(
  world: RestWorld,
  call: RestCall,
  object: ObjectDefinition,
  rest: readonly string[],
): RestAnswer {
  if (call.method !== 'GET') throw methodNotAllowed(call.method, 'GET, HEAD');
  const view = listViewOf(object);
  const base = `/services/data/v${call.version}/sobjects/${object.name}/listviews`;
  const [id, part, ...beyond] = rest;
  if (beyond.length > 0) throw notFound();
  const own = {
    describeUrl: `${base}/${view.id}/describe`,
    developerName: DEVELOPER_NAME,
    id: view.id,
    label: view.label,
    resultsUrl: `${base}/${view.id}/results`,
    soqlCompatible: true,
    url: `${base}/${view.id}`,
  };
  if (id === undefined) {
    return {
      status: 200,
      body: { done: true, listviews: [own], nextRecordsUrl: null, size: 1, sobjectType: object.name },
    };
  }
  if (id.slice(0, 15) !== view.id.slice(0, 15)) throw notFound();
  if (part === undefined) return { status: 200, body: own };
  if (part === 'results') return results(world, call, view);
  if (part !== 'describe') throw notFound();
  const orderBy = [
    { fieldNameOrPath: view.columns[0]?.field ?? 'Id', nullsPosition: 'first', sortDirection: 'ascending' },
  ];
  return {
    status: 200,
    body: {
      columns: columnsJson(view),
      id: view.id,
      orderBy,
      query: view.query,
      relatedEntityId: null,
      scope: 'everything',
      sobjectType: object.name,
      whereCondition: null,
    },
  };
}
