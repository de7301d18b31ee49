import { z } from 'zod';
import { fieldTypes, type FieldType } from './fields.ts';
import { dayOf } from './usage.ts';

/** What a report can count of a visitor's days, and of an account's visitors' days. */
export const metrics = [
  'numEvents',
  'numMinutes',
  'numFeatureClicks',
  'daysActive',
  'firstVisit',
  'lastVisit',
  'visitorCount',
] as const;
export type Metric = (typeof metrics)[number];

const metricTypes: Readonly<Record<Metric, FieldType>> = {
  numEvents: 'integer',
  numMinutes: 'integer',
  numFeatureClicks: 'integer',
  daysActive: 'integer',
  firstVisit: 'time',
  lastVisit: 'time',
  visitorCount: 'integer',
};

const columnSchema = z.strictObject({
  /** What the column is called in the rows. */
  name: z.string().min(1),
  label: z.string().min(1),
  from: z.union([
    z.strictObject({ metric: z.enum(metrics) }),
    /** A field of metadata, of the report's own kind or of the other one: then a row for each pair. */
    z.strictObject({
      kind: z.enum(['visitor', 'account']),
      group: z.string(),
      field: z.string(),
      type: z.enum(fieldTypes),
    }),
  ]),
});

/** A report as someone made it on Pendo's pages. */
export const reportSchema = z.strictObject({
  name: z.string().min(1),
  /** Whose rows it has. */
  kind: z.enum(['visitor', 'account']),
  /** Reports of other types than `List` have no rows that the API tells. */
  type: z.enum(['List', 'Path', 'Funnel', 'Retention', 'Workflow', 'Data Explorer']),
  shared: z.boolean(),
  segmentId: z.string(),
  /** `last` days until today, or from one day to another, both included, as `yyyy-mm-dd`. */
  range: z.union([
    z.strictObject({ last: z.number().int().min(1).max(400) }),
    z.strictObject({ from: z.iso.date(), to: z.iso.date() }),
  ]),
  columns: z.array(columnSchema).max(100),
});

export type ReportDefinition = z.infer<typeof reportSchema>;
export type Column = z.infer<typeof columnSchema>;

export interface Report extends ReportDefinition {
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly updatedAt: number;
  /** Milliseconds since 1970; undefined: never. */
  runAt: number | undefined;
}

export function typeOf({ from }: Column): FieldType {
  return 'metric' in from ? metricTypes[from.metric] : from.type;
}

/** The days that a report tells of, both included. */
export function daysOf({ range }: ReportDefinition, now: number): { readonly first: number; readonly last: number } {
  const today = dayOf(now);
  if ('last' in range) return { first: today - range.last + 1, last: today };
  return { first: dayOf(Date.parse(range.from)), last: Math.min(today, dayOf(Date.parse(range.to))) };
}
