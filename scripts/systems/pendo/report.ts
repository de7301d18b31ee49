import { z } from 'zod';
import { compareIds, RetryError, SettingsError, type Cell } from '../../engine/index.ts';
import { idField, labels, type Kind, type ReportName } from './objects.ts';

/** What of a definition is understood; it is not published, so all of it may be absent. */
const definition = z
  .looseObject({
    kind: z.enum(['account', 'visitor']).optional().catch(undefined),
    timeSeries: z
      .looseObject({ count: z.int().optional().catch(undefined) })
      .optional()
      .catch(undefined),
    columns: z
      .array(
        z.looseObject({
          name: z.string(),
          label: z.string().optional().catch(undefined),
          type: z.string().optional().catch(undefined),
          source: z.looseObject({ metric: z.string().optional() }).optional().catch(undefined),
        }),
      )
      .optional()
      .catch(undefined),
  })
  .optional()
  .catch(undefined);
const reportList = z.array(
  z.looseObject({ id: z.string(), name: z.string(), shared: z.boolean().optional(), definition }),
);
const reportRows = z.array(z.record(z.string(), z.unknown()));

export interface ReportEntry {
  readonly id: string;
  readonly name: string;
  /** As its definition says it. */
  readonly definition: z.infer<typeof definition>;
}

/** The reports of Pendo's answer. Throws `RetryError` for an answer that is none. */
export function reportsOf(body: unknown): readonly ReportEntry[] {
  const parsed = reportList.safeParse(body);
  if (!parsed.success) throw new RetryError('The answer of Pendo is no list of reports.', []);
  return parsed.data
    .filter(({ shared }) => shared !== false)
    .map(({ id, name, definition: told }) => ({ id, name, definition: told }));
}

/** The report that a sync names, by its ID or its name. Throws `SettingsError` when there is none, or several. */
export function reportNamed(reports: readonly ReportEntry[], { report }: ReportName): ReportEntry {
  const found = reports.find(({ id }) => id === report);
  if (found) return found;
  const alike = reports.filter(({ name }) => name === report);
  const [only] = alike;
  if (only && alike.length === 1) return only;
  if (only) {
    throw new SettingsError(`Pendo has ${alike.length} reports with the name "${report}".`, [
      `Name the report by its ID in the sync: ${alike.map(({ id }) => id).join(', ')}.`,
    ]);
  }
  throw new SettingsError(`Pendo shows no report "${report}" to this key.`, [
    'Make the report public in Pendo, or name another one in the sync.',
  ]);
}

export interface Column {
  readonly name: string;
  readonly label: string;
  /** It says what a record is, its ID or metadata, and not what it did. */
  readonly attribute: boolean;
  /** `string`, `integer`, `float`, `boolean`, `date`, `time` or `list`, as its values look. */
  readonly type: string;
  /** Of the longest text; 0 for other types. */
  readonly length: number;
}

/** What a report says, one row for each account or visitor. */
export interface Report {
  readonly entry: ReportEntry;
  readonly kind: Kind;
  readonly columns: ReadonlyMap<string, Column>;
  /** By ID, in order of the IDs: the smaller one first. */
  readonly rows: ReadonlyMap<string, ReportRow>;
  /** What an admin should know of it, one sentence each. */
  readonly notes: readonly string[];
}

export interface ReportRow {
  readonly values: Readonly<Record<string, unknown>>;
  /**
   * Its account or visitor is in the report's segment and date range. Pendo adds rows for others, whose figures are
   * blank or zero (P-47): those say nothing.
   */
  readonly measured: boolean;
}

/** Reads Pendo's answer as the report of a kind. Throws `SettingsError` for a report of something else. */
export function readReport(body: unknown, entry: ReportEntry, kind: Kind): Report {
  const parsed = reportRows.safeParse(body);
  if (!parsed.success) throw new RetryError(`The answer of Pendo holds no rows of the report "${entry.name}".`, []);
  const rows = parsed.data;
  const columns = columnsOf(rows, entry);
  if (rows.length > 0 && !columns.has(idField(kind))) {
    throw new SettingsError(
      `The report "${entry.name}" of Pendo is no ${labels[kind]} report: it has no ${idField(kind)}.`,
      [`Add the column ${idField(kind)} to the report, or choose a report of ${labels[kind].toLowerCase()}s.`],
    );
  }
  const byId = new Map<string, ReportRow>();
  let doubled = 0;
  for (const values of rows) {
    const id = values[idField(kind)];
    if (typeof id !== 'string' && typeof id !== 'number') continue;
    const row = { values, measured: isMeasured(values, columns) };
    const other = byId.get(String(id));
    if (other) doubled += 1;
    if (!other || isFuller(row, other)) byId.set(String(id), row);
  }
  const sorted = new Map([...byId].sort(([left], [right]) => compareIds(left, right)));
  return { entry, kind, columns, rows: sorted, notes: notesOf(columns, kind, doubled) };
}

/** The value of a column as the engine takes it: moments in words, lists as a multi-select field holds them. */
export function cellOf(value: unknown, type: string | undefined): Cell {
  if (typeof value === 'number' && (type === 'time' || type === 'date')) {
    const text = new Date(value).toISOString();
    return type === 'date' ? text.slice(0, 10) : text;
  }
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (Array.isArray(value)) return value.length === 0 ? null : value.map(String).join(';');
  return null;
}

/** As reports name IDs and metadata: `accountId`, `account_custom_tier`. */
function namesAttribute(name: string): boolean {
  return /^(account|visitor)(Ids?$|_)/.test(name);
}

/**
 * P-X5: a row that Pendo marks is believed. Without a mark it is measured when any of its figures is more than blank or
 * zero: then its zeros are measured, too.
 */
function isMeasured(values: ReportRow['values'], columns: Report['columns']): boolean {
  const mark = values[measuredMark];
  if (typeof mark === 'boolean') return mark;
  return Object.entries(values).some(([name, value]) => columns.get(name)?.attribute === false && !isNothing(value));
}

/** Column of a report that says whether its row lies in segment and date range. */
export const measuredMark = 'inSegmentAndRange';

function isNothing(value: unknown): boolean {
  return value === null || value === undefined || value === '' || value === 0 || value === false;
}

/** Of two rows with one ID (P-49), whichever order they come in: the measured one, then the one that says more. */
function isFuller(row: ReportRow, other: ReportRow): boolean {
  if (row.measured !== other.measured) return row.measured;
  const said = ({ values }: ReportRow): number => Object.values(values).filter((value) => !isNothing(value)).length;
  if (said(row) !== said(other)) return said(row) > said(other);
  return JSON.stringify(row.values) < JSON.stringify(other.values);
}

function columnsOf(
  rows: readonly Readonly<Record<string, unknown>>[],
  entry: ReportEntry,
): ReadonlyMap<string, Column> {
  const columns = new Map<string, { type: string | undefined; length: number }>();
  for (const row of rows) {
    for (const [name, value] of Object.entries(row)) {
      let column = columns.get(name);
      if (!column) columns.set(name, (column = { type: undefined, length: 0 }));
      const type = typeOf(value);
      if (type === undefined) continue;
      column.type = column.type === undefined ? type : common(column.type, type);
      if (typeof value === 'string') column.length = Math.max(column.length, value.length);
    }
  }
  const told = new Map(entry.definition?.columns?.map((column) => [column.name, column]));
  return new Map(
    [...columns].map(([name, { type, length }]): [string, Column] => {
      const column = told.get(name);
      const metric = column?.source ? column.source.metric !== undefined : !namesAttribute(name);
      const given = column?.type ?? type ?? 'string';
      return [name, { name, label: column?.label ?? name, attribute: !metric, type: given, length }];
    }),
  );
}

function typeOf(value: unknown): string | undefined {
  if (value === null || value === undefined || value === '') return undefined;
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'float';
  if (typeof value === 'boolean') return 'boolean';
  if (Array.isArray(value)) return 'list';
  if (typeof value !== 'string') return 'object';
  if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return 'date';
  return /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:?\d{2})$/.test(value) ? 'datetime' : 'string';
}

function common(left: string, right: string): string {
  if (left === right) return left;
  const both = [left, right];
  return both.every((type) => type === 'integer' || type === 'float') ? 'float' : 'string';
}

/** `Last 30 days`; undefined where the report's dates are others, or not told. */
export function periodOf({ definition: told }: ReportEntry): string | undefined {
  const days = told?.timeSeries?.count;
  return days === undefined || days >= 0 ? undefined : `Last ${-days} days`;
}

/** P-49, P-50: what makes rows of a report empty or doubled. */
function notesOf(columns: ReadonlyMap<string, Column>, kind: Kind, doubled: number): readonly string[] {
  const notes: string[] = [];
  const other = kind === 'account' ? 'visitor' : 'account';
  const mixed = [...columns.keys()].filter(
    (name) => name !== `${other}Id` && new RegExp(`^${other}(Ids$|_)`).test(name),
  );
  if (mixed.length > 0 || (kind === 'account' && columns.has('visitorId'))) {
    const named = mixed.length > 0 ? `: ${mixed.join(', ')}` : '';
    notes.push(
      `This ${labels[kind]} report also holds data of ${labels[other].toLowerCase()}s${named}. Such columns make empty and repeated rows; take them out, or make a report of ${labels[other].toLowerCase()}s.`,
    );
  }
  if (doubled > 0) {
    notes.push(
      `${doubled} rows repeat the ${idField(kind)} of another row. Of each, the row that says most is used; make a new report with the same settings to be rid of them.`,
    );
  }
  return notes;
}
