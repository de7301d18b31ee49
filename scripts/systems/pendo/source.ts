import {
  RetryError,
  SettingsError,
  type Absence,
  type CallMade,
  type Cell,
  type Clock,
  type ExtractPage,
  type FieldDescription,
  type ObjectDescription,
  type ReadShape,
  type Source,
  type SourceRow,
} from '../../engine/index.ts';
import type { Lane } from '../../http/index.ts';
import type { Caller } from './call.ts';
import { idField, labels, reportObjectOf, reportOf } from './objects.ts';
import {
  cellOf,
  periodOf,
  readReport,
  reportNamed,
  reportsOf,
  type Column,
  type Report,
  type ReportRow,
} from './report.ts';

/** Rows of a page, and of a chunk in it. */
const pageRows = 5_000;
const chunkRows = 1_000;
/** Pendo runs a report anew each time it is asked: so long an answer serves those who ask for the same. */
const freshMilliseconds = 60_000;

export interface SourcePorts {
  readonly caller: Caller;
  readonly lane: Lane;
  readonly clock: Pick<Clock, 'now'>;
}

interface Run {
  /** When it was asked for: its rows are at least as new. */
  readonly at: number;
  readonly report: Promise<Report>;
}

/**
 * Reports of Pendo as a source. An object is a report, `account-report/<ID or name>`; its rows are accounts or visitors,
 * their stamp is when the report ran. Segment and date range are the report's own (P-37). Nothing tells of changes: it
 * is read as a whole.
 */
export function createSource({ caller, lane, clock }: SourcePorts): Source {
  const runs = new Map<string, Run>();

  const get = (path: string, urgency: 'live' | 'bulk', made?: CallMade): Promise<unknown> => {
    made?.();
    return caller.read({ lane, urgency, method: 'GET', path });
  };

  function run(object: string, made?: CallMade): Run {
    const known = runs.get(object);
    if (known && clock.now() - known.at <= freshMilliseconds) return known;
    const started: Run = { at: clock.now(), report: ask(object, made) };
    runs.set(object, started);
    // A run that failed is not remembered, and what was read is not kept beyond its time.
    started.report.catch(() => {
      if (runs.get(object) === started) runs.delete(object);
    });
    return started;
  }

  async function ask(object: string, made: CallMade | undefined): Promise<Report> {
    const name = reportOf(object);
    if (!name) throw noReport(object);
    const entry = reportNamed(reportsOf(await get('/api/v1/report', 'live', made)), name);
    const body = await get(`/api/v1/report/${encodeURIComponent(entry.id)}/results.json`, 'bulk', made);
    return readReport(body, entry, name.kind);
  }

  return {
    async offers() {
      const reports = reportsOf(await get('/api/v1/report', 'live'));
      return reports.flatMap(({ id, name, definition }) =>
        (['account', 'visitor'] as const)
          .filter((kind) => definition?.kind === undefined || definition.kind === kind)
          .map((kind) => ({ name: reportObjectOf(kind, id), label: `${labels[kind]} report: ${name}` })),
      );
    },
    async describe(object) {
      return describeReport(object, await run(object).report);
    },
    forgetSchema: () => runs.clear(),
    async hydrate(shape, ids, made) {
      all(shape);
      const { at, report } = run(shape.object, made);
      const { rows, columns } = checkColumns(await report, shape);
      const absent = new Map<string, Absence>();
      const found: SourceRow[] = [];
      for (const id of ids) {
        const row = rows.get(id);
        if (row) found.push(rowOf(id, row, shape, at, columns));
        else absent.set(id, 'excluded');
      }
      return { rows: found, absent, readAt: at };
    },
    async *extract(shape, position, made) {
      all(shape);
      const { at, report } = run(shape.object, made);
      const { rows, columns } = checkColumns(await report, shape);
      const ids = [...rows.keys()];
      let start = position === undefined ? 0 : Number(position);
      do {
        yield pageOf(ids, start, (id) => rowOf(id, rows.get(id) as ReportRow, shape, at, columns));
        start += pageRows;
      } while (start < ids.length);
    },
    async count(shape, made) {
      all(shape);
      return (await run(shape.object, made).report).rows.size;
    },
    // Which report it is, and its rows: who counts and who reads them share one answer.
    forecast: ({ kind }) => (kind === 'extract' || kind === 'hydrate' ? 2 : 0),
    budget: () => undefined,
  };
}

function pageOf(ids: readonly string[], start: number, row: (id: string) => SourceRow): ExtractPage {
  const end = Math.min(start + pageRows, ids.length);
  async function* chunks(): AsyncGenerator<readonly SourceRow[]> {
    for (let at = start; at < end; at += chunkRows) yield ids.slice(at, Math.min(at + chunkRows, end)).map(row);
  }
  return { position: String(start), ...(end < ids.length && { next: String(end) }), chunks: chunks() };
}

/**
 * P-48: of a row that says nothing all but its attributes is blank, whatever zeros Pendo fills it with; where figures are
 * asked for, it is empty as a whole, so that not even a mapping that clears blanks writes anything of it.
 */
function rowOf(
  id: string,
  { values, measured }: ReportRow,
  { fields }: ReadShape,
  at: number,
  columns: Report['columns'],
): SourceRow {
  const cells = fields.map((name): Cell => {
    const column = columns.get(name);
    return measured || column?.attribute !== false ? cellOf(values[name], column?.type) : null;
  });
  const row = { id, version: { own: at, parents: 0 }, cells };
  const isEmpty = !measured && fields.some((name) => columns.get(name)?.attribute === false);
  return isEmpty ? { ...row, empty: true } : row;
}

/** Throws `RetryError` while the report has no rows: they alone tell its columns, and who reads it has none to miss. */
function describeReport(object: string, { entry, kind, columns, rows, notes }: Report): ObjectDescription {
  if (rows.size === 0) {
    throw new RetryError(`The report "${entry.name}" of Pendo has no rows now, so its columns cannot be told.`, [
      'Widen its segment or date range in Pendo, or wait for its first row.',
    ]);
  }
  const fields = new Map<string, FieldDescription>();
  for (const column of columns.values()) fields.set(column.name, fieldOf(column, column.name === idField(kind)));
  const period = periodOf(entry);
  return {
    ...{ object, label: entry.name, fields, closed: true },
    ...(period !== undefined && { period }),
    ...(notes.length > 0 && { notes }),
  };
}

function fieldOf({ name, label, type, length }: Column, isId: boolean): FieldDescription {
  return {
    path: name,
    label,
    type,
    ...(length > 0 && { length }),
    nillable: !isId,
    readable: type !== 'object',
    writable: false,
  };
}

/** Throws `SettingsError` for a column that the report no longer has; an empty report has none to miss. */
function checkColumns(report: Report, { fields }: ReadShape): Report {
  const missing = report.rows.size === 0 ? undefined : fields.find((name) => !report.columns.has(name));
  if (missing === undefined) return report;
  throw new SettingsError(`The report "${report.entry.name}" of Pendo has no column "${missing}".`, [
    'Add the column to the report, or take it out of the sync.',
  ]);
}

/** Which rows there are is said by the report's own segment, in Pendo. */
function all({ include, object }: ReadShape): void {
  if (include === 'all') return;
  throw new SettingsError(`The report ${object} of Pendo cannot be narrowed by "${include}".`, [
    'Set the segment of the report in Pendo, and the condition of the sync to "all".',
  ]);
}

function noReport(object: string): SettingsError {
  return new SettingsError(`"${object}" names no report of Pendo.`, [
    'Set the object of the sync to account-report/<ID> or visitor-report/<ID>.',
  ]);
}
