import { z } from 'zod';
import { CannotDo } from '../kit/index.ts';
import { setValue, type Visitor } from './entities.ts';
import { fieldTypes, fit, sameValue, type Kind } from './fields.ts';
import { reportSchema, type Report, type ReportDefinition } from './reports.ts';
import { segmentSchema, type Segment } from './segments.ts';
import type { IntegrationKey, Subscription } from './subscription.ts';
import { dayOf } from './usage.ts';
import { misfit } from './value-writes.ts';

const metadataSchema = z.record(z.string(), z.record(z.string(), z.unknown()));
const count = z.number().int().min(0);

/** Values by group and field, null clears; what is not named stays. Fields must be mapped. */
export const entityEditSchema = z.strictObject({ metadata: metadataSchema.optional() });

export const visitorEditSchema = z.strictObject({
  metadata: metadataSchema.optional(),
  accountIds: z.array(z.string().min(1)).optional(),
  /** By day, as `yyyy-mm-dd`; zeros mean that the visitor did not come. */
  usage: z.record(z.iso.date(), z.strictObject({ events: count, minutes: count, clicks: count })).optional(),
});

export const fieldEditSchema = z.strictObject({
  kind: z.enum(['visitor', 'account']),
  group: z.string().min(1),
  name: z.string().min(1),
  displayName: z.string().optional(),
  /** Null takes the field away. */
  type: z.enum(fieldTypes).nullable(),
  elementType: z.enum(fieldTypes).exclude(['list']).optional(),
});

export type EntityEdit = z.infer<typeof entityEditSchema>;
export type VisitorEdit = z.infer<typeof visitorEditSchema>;
export type FieldEdit = z.infer<typeof fieldEditSchema>;

/** What an admin does on Pendo's pages, and what visitors do on those of its customers. */
export interface Edits {
  putAccount(id: string, edit: EntityEdit): void;
  putVisitor(id: string, edit: VisitorEdit): void;
  remove(kind: Kind, id: string): boolean;
  fields(): Iterable<FieldEdit>;
  putField(field: FieldEdit): void;
  reports(): Iterable<Report>;
  putReport(id: string, report: ReportDefinition): void;
  removeReport(id: string): boolean;
  segments(): Iterable<Segment>;
  putSegment(id: string, segment: z.infer<typeof segmentSchema>): void;
  putKey(key: string, state: IntegrationKey): void;
}

export function edits(subscription: Subscription): Edits {
  return {
    putAccount: (id, edit) => putMetadata(subscription, 'account', id, edit),
    putVisitor(id, { metadata, accountIds, usage }) {
      putMetadata(subscription, 'visitor', id, { metadata });
      const visitor = subscription.ensure('visitor', id) as Visitor;
      if (accountIds !== undefined) subscription.setAccountsOf(visitor, accountIds);
      for (const [date, done] of Object.entries(usage ?? {})) visitor.usage.tell(dayOf(Date.parse(date)), done);
    },
    remove: (kind, id) => subscription.remove(kind, id),
    *fields() {
      for (const schema of Object.values(subscription.schemas))
        for (const { group, name, field } of schema.all()) yield { kind: schema.kind, group, name, ...field };
    },
    putField({ kind, group, name, type, elementType, displayName }) {
      const schema = subscription.schemas[kind];
      if (type === null) schema.remove(group, name);
      else schema.define(group, name, { type, displayName: displayName ?? name, elementType });
    },
    reports: () => subscription.reports.values(),
    putReport(id, report) {
      const runAt = subscription.reports.get(id)?.runAt;
      subscription.reports.set(id, { ...reportSchema.parse(report), id, updatedAt: subscription.now(), runAt });
    },
    removeReport: (id) => subscription.reports.delete(id),
    segments: () => subscription.segments.values(),
    putSegment: (id, segment) => void subscription.segments.set(id, { ...segmentSchema.parse(segment), id }),
    putKey: (key, state) => void subscription.keys.set(key, state),
  };
}

function putMetadata(subscription: Subscription, kind: Kind, id: string, { metadata }: EntityEdit): void {
  const changes = Object.entries(metadata ?? {}).flatMap(([group, values]) =>
    Object.entries(values).map(([name, value]) => {
      const field = subscription.schemas[kind].field(group, name);
      if (field === undefined) throw new CannotDo(`the ${kind} field "${group}.${name}" has no mapping`);
      const fitting = value === null ? undefined : fit(value, field);
      if (fitting === undefined && value !== null) throw new CannotDo(misfit(name, field));
      return { group, name: name.toLowerCase(), value: fitting };
    }),
  );
  const entity = subscription.ensure(kind, id);
  for (const { group, name, value } of changes) {
    if (sameValue(entity.metadata[group]?.[name], value)) continue;
    setValue(entity.metadata, group, name, value);
    entity.updatedAt = subscription.now();
  }
}
