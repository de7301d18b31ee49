import { Refusal, type Answer, type Call } from '../kit/index.ts';
import { refused } from './answer.ts';
import { perSecond, type CallDefinition } from './calls.ts';
import { rowsOf, type Row } from './report-rows.ts';
import { typeOf, type Report } from './reports.ts';
import type { Subscription } from './subscription.ts';

/** The report as `GET /report` tells it; only what follows `definition` is of this stand-in's own shape. */
function told(report: Report): Record<string, unknown> {
  const { id, name, kind, type, shared, segmentId, range, columns, updatedAt, runAt } = report;
  const idColumn = { name: `${kind}Id`, label: kind === 'visitor' ? 'Visitor ID' : 'Account ID', type: 'string' };
  const timeSeries = timeSeriesOf(range);
  return {
    id,
    name,
    type,
    kind: 'Report',
    shared,
    level: 'subscription',
    scope: shared ? 'public' : 'private',
    lastRunAt: runAt ?? 0,
    lastUpdatedAt: updatedAt,
    definition: {
      kind,
      segment: { id: segmentId },
      timeSeries,
      columns: [idColumn, ...columns.map((column) => toldColumn(column, kind))],
    },
    aggregation: {
      pipeline: [
        { source: { events: null, timeSeries } },
        { segment: { id: segmentId } },
        { group: { group: [`${kind}Id`], fields: { numEvents: { sum: 'numEvents' } } } },
      ],
    },
    aggregationList: [],
  };
}

function toldColumn(column: Report['columns'][number], kind: Report['kind']): Record<string, unknown> {
  const { name, label, from } = column;
  const source =
    'metric' in from
      ? { metric: from.metric, kind }
      : { field: `metadata.${from.group}.${from.field}`, kind: from.kind };
  return { name, label, type: typeOf(column), source };
}

function timeSeriesOf(range: Report['range']): Record<string, unknown> {
  return 'last' in range
    ? { period: 'dayRange', first: 'now()', count: -range.last }
    : { period: 'dayRange', first: Date.parse(range.from), last: Date.parse(range.to) };
}

function reportOf({ parameters }: Call, subscription: Subscription): Report {
  const report = subscription.reports.get(parameters['id'] ?? '');
  if (report === undefined || !report.shared) throw new Refusal(refused(404, 'There is no such report'));
  if (report.type !== 'List') throw new Refusal(refused(400, `Results of a ${report.type} report are not available`));
  return report;
}

const rowsAPiece = 500;

/** Texts joined to pieces of many rows. */
function* joined(texts: Iterable<string>): Generator<string> {
  let piece = '';
  let count = 0;
  for (const text of texts) {
    piece += text;
    if (++count % rowsAPiece > 0) continue;
    yield piece;
    piece = '';
  }
  if (piece !== '') yield piece;
}

function* asJson(rows: Iterable<Row>): Generator<string> {
  let before = '[';
  for (const row of rows) {
    yield before + JSON.stringify(row);
    before = ',';
  }
  yield before === '[' ? '[]' : ']';
}

function* asCsv(report: Report, rows: Iterable<Row>): Generator<string> {
  const names = [`${report.kind}Id`, ...report.columns.map(({ name }) => name)];
  yield `${names.map(quoted).join(',')}\r\n`;
  for (const row of rows) yield `${names.map((name) => quoted(row[name])).join(',')}\r\n`;
}

function quoted(value: unknown): string {
  const text = value === null || value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function run(call: Call, subscription: Subscription): Report {
  const report = reportOf(call, subscription);
  report.runAt = subscription.now();
  return report;
}

function call(path: string, name: string, handle: (call: Call, subscription: Subscription) => Answer): CallDefinition {
  return { method: 'GET', path, name, limit: perSecond, handle };
}

export const reportCalls: readonly CallDefinition[] = [
  call('/api/v1/report', 'report', (_, { reports }) => ({
    status: 200,
    body: [...reports.values()].filter(({ shared }) => shared).map(told),
  })),
  call('/api/v1/report/:id/results.json', 'report/results', (request, subscription) => ({
    status: 200,
    body: undefined,
    pieces: joined(asJson(rowsOf(run(request, subscription), subscription))),
  })),
  call('/api/v1/report/:id/results.csv', 'report/results', (request, subscription) => {
    const report = run(request, subscription);
    return {
      status: 200,
      body: undefined,
      type: 'text/csv',
      pieces: joined(asCsv(report, rowsOf(report, subscription))),
    };
  }),
  call('/api/v1/report/:id', 'report', (request, { reports }) => {
    const report = reports.get(request.parameters['id'] ?? '');
    return report?.shared === true ? { status: 200, body: told(report) } : refused(404, 'There is no such report');
  }),
];
