import type { Entity, Visitor } from './entities.ts';
import type { Kind } from './fields.ts';
import { daysOf, type Column, type Metric, type Report } from './reports.ts';
import { everyone, membershipOf } from './segments.ts';
import type { Subscription } from './subscription.ts';
import { startOf } from './usage.ts';

export type Row = Record<string, unknown>;

type Totals = Record<Exclude<Metric, 'firstVisit' | 'lastVisit'>, number> & { firstDay: number; lastDay: number };

function noTotals(): Totals {
  return {
    numEvents: 0,
    numMinutes: 0,
    numFeatureClicks: 0,
    daysActive: 0,
    visitorCount: 0,
    firstDay: Infinity,
    lastDay: -Infinity,
  };
}

/** Adds what a visitor did in the range. */
function add(totals: Totals, { usage }: Visitor, first: number, last: number): void {
  let came = false;
  for (let day = first; day <= last; day++) {
    const done = usage.on(day);
    if (done === undefined) continue;
    came = true;
    totals.numEvents += done.events;
    totals.numMinutes += done.minutes;
    totals.numFeatureClicks += done.clicks;
    totals.daysActive++;
    totals.firstDay = Math.min(totals.firstDay, day);
    totals.lastDay = Math.max(totals.lastDay, day);
  }
  if (came) totals.visitorCount++;
}

function valueOf(metric: Metric, totals: Totals): unknown {
  if (metric === 'firstVisit') return startOf(totals.firstDay);
  return metric === 'lastVisit' ? startOf(totals.lastDay) : totals[metric];
}

/**
 * The rows of a report, run now: first a row for each visitor or account in the segment that came in the range, then,
 * by the habit `extraRows`, one for each of all the others, so that the match stays one-to-one (P-47). A column of the
 * other kind makes a row for each pair: the second and later rows of an ID have no measures (P-49).
 */
export function* rowsOf(report: Report, subscription: Subscription): Generator<Row> {
  const { kind, columns } = report;
  const { first, last } = daysOf(report, subscription.now());
  const members = membershipOf(subscription.segments.get(report.segmentId) ?? everyone);
  const others: Entity[] = [];
  const extraRows = subscription.habits.extraRows;
  for (const entity of kind === 'visitor' ? subscription.visitors.all() : subscription.accounts.all()) {
    const totals = noTotals();
    const visitors = kind === 'visitor' ? [entity as Visitor] : subscription.visitorsOf(entity.id);
    const accountId = kind === 'account' ? entity.id : undefined;
    for (const visitor of visitors) if (members.visitor(visitor, accountId)) add(totals, visitor, first, last);
    if (totals.visitorCount > 0) yield* measured(kind, columns, entity, totals, subscription);
    else if (extraRows !== 'none') others.push(entity);
  }
  const zero = extraRows === 'zero' ? 0 : null;
  for (const entity of others)
    yield row(kind, columns, entity, undefined, (metric) => (isTime(metric) ? null : zero), subscription);
}

function isTime(metric: Metric): boolean {
  return metric === 'firstVisit' || metric === 'lastVisit';
}

function* measured(
  kind: Kind,
  columns: readonly Column[],
  entity: Entity,
  totals: Totals,
  subscription: Subscription,
): Generator<Row> {
  const mixed = columns.some(({ from }) => 'kind' in from && from.kind !== kind);
  const partners = mixed ? partnersOf(kind, entity, subscription) : [];
  yield row(kind, columns, entity, partners[0], (metric) => valueOf(metric, totals), subscription);
  for (const partner of partners.slice(1)) yield row(kind, columns, entity, partner, () => null, subscription);
}

function partnersOf(kind: Kind, entity: Entity, subscription: Subscription): readonly Entity[] {
  if (kind === 'account') return subscription.visitorsOf(entity.id);
  return (entity as Visitor).accountIds
    .map((id) => subscription.accounts.get(id))
    .filter((account) => account !== undefined);
}

function row(
  kind: Kind,
  columns: readonly Column[],
  entity: Entity,
  partner: Entity | undefined,
  measure: (metric: Metric) => unknown,
  subscription: Subscription,
): Row {
  const made: Row = { [`${kind}Id`]: entity.id };
  for (const { name, from } of columns) {
    if ('metric' in from) made[name] = measure(from.metric);
    else {
      const whose = from.kind === kind ? entity : partner;
      const values = whose === undefined ? undefined : groupOf(from.kind, from.group, whose, subscription);
      made[name] = values?.[from.field.toLowerCase()] ?? null;
    }
  }
  return made;
}

function groupOf(
  kind: Kind,
  group: string,
  entity: Entity,
  subscription: Subscription,
): Record<string, unknown> | undefined {
  return group === 'auto' ? subscription.auto(kind, entity) : entity.metadata[group];
}
