import { compileFilter } from './expression.ts';
import { grouped } from './group.ts';
import { entityRows, eventRows, plainRow, type Row } from './rows.ts';
import { Unreadable } from './tokens.ts';
import { isObject } from '../json.ts';
import { membershipOf } from '../segments.ts';
import type { Subscription } from '../subscription.ts';
import { dayOf } from '../usage.ts';

type Stage = (rows: Iterable<Row>, argument: unknown, subscription: Subscription) => Iterable<Row>;

/** What a pipeline can do here; Pendo has more. */
const stages: Readonly<Record<string, Stage>> = {
  *filter(rows, argument, subscription) {
    const filter = compileFilter(text('filter', argument), subscription.now());
    for (const row of rows) if (filter(row.read)) yield row;
  },
  *identified(rows, argument) {
    const path = text('identified', argument);
    for (const row of rows) {
      const id = row.read(path);
      // Visitors that are not logged in have made-up IDs; source: Pendo's web snippet.
      if (typeof id === 'string' && id !== '' && !id.startsWith('_PENDO_T_')) yield row;
    }
  },
  *segment(rows, argument, { segments }) {
    const id = isObject(argument) ? argument['id'] : undefined;
    const segment = typeof id === 'string' ? segments.get(id) : undefined;
    if (segment === undefined) throw new Unreadable('segment must name an existing one by its id');
    const members = membershipOf(segment);
    for (const row of rows) {
      const { visitor, accountId } = row;
      if (visitor !== undefined ? members.visitor(visitor, accountId) : members.account(accountId ?? '')) yield row;
    }
  },
  *select(rows, argument) {
    if (!isObject(argument)) throw new Unreadable('select must be an object of names and fields');
    const paths = Object.entries(argument).map(([name, path]) => [name, text('select', path)] as const);
    for (const row of rows) {
      yield plainRow(
        Object.fromEntries(paths.map(([name, path]) => [name, row.read(path) ?? null])),
        row.visitor,
        row.accountId,
      );
    }
  },
  group: grouped,
  sort: (rows, argument) => sorted(rows, argument),
  *limit(rows, argument) {
    if (!Number.isSafeInteger(argument) || (argument as number) < 1)
      throw new Unreadable('limit must be a whole number above 0');
    let left = argument as number;
    for (const row of rows) {
      yield row;
      if (--left === 0) return;
    }
  },
  *count(rows) {
    let count = 0;
    for (const _ of rows) count++;
    yield plainRow({ count });
  },
};

/** Runs a pipeline. Throws `Unreadable` where it is not what it should be, or needs what this stand-in does not have. */
export function runPipeline(pipeline: unknown, subscription: Subscription): Iterable<Row> {
  if (!Array.isArray(pipeline) || pipeline.length === 0)
    throw new Unreadable('pipeline must be a list that begins with a source');
  const [first, ...rest] = pipeline.map(readStage);
  if (first?.name !== 'source') throw new Unreadable('pipeline must begin with a source');
  let rows = sourceRows(first.argument, subscription);
  for (const { name, argument } of rest) {
    const stage = stages[name];
    if (stage === undefined) throw new Unreadable(`unsupported stage "${name}"`);
    rows = stage(rows, argument, subscription);
  }
  return rows;
}

function readStage(stage: unknown): { readonly name: string; readonly argument: unknown } {
  const [only, ...others] = Object.entries(isObject(stage) ? stage : {});
  if (only === undefined || others.length > 0) throw new Unreadable('each stage must be an object with one name');
  return { name: only[0], argument: only[1] };
}

function sourceRows(source: unknown, subscription: Subscription): Iterable<Row> {
  const { timeSeries, ...named } = isObject(source) ? source : {};
  const [only, ...others] = Object.entries(named);
  if (only === undefined || others.length > 0) throw new Unreadable('source must name one source');
  const [name, argument] = only;
  if (name === 'events') {
    const { first, last } = readTimeSeries(timeSeries, subscription.now());
    return eventRows(first, last, subscription);
  }
  if (name !== 'visitors' && name !== 'accounts') throw new Unreadable(`unsupported source "${name}"`);
  const plain = argument === null || (isObject(argument) && Object.keys(argument).every((key) => key === 'identified'));
  if (!plain) throw new Unreadable(`unsupported argument of source "${name}"`);
  return entityRows(name === 'visitors' ? 'visitor' : 'account', subscription);
}

/** Days, both included. A negative count goes back from `first`. */
function readTimeSeries(timeSeries: unknown, now: number): { readonly first: number; readonly last: number } {
  const { period, first, count, last } = isObject(timeSeries) ? timeSeries : {};
  if (period !== 'dayRange') throw new Unreadable('timeSeries must have the period "dayRange"');
  const from = first === 'now()' ? now : first;
  if (typeof from !== 'number') throw new Unreadable('timeSeries.first must be milliseconds or "now()"');
  if (typeof last === 'number') return { first: dayOf(from), last: dayOf(last) };
  if (!Number.isSafeInteger(count) || count === 0) throw new Unreadable('timeSeries must have a count or a last');
  const days = count as number;
  return days < 0
    ? { first: dayOf(from) + days + 1, last: dayOf(from) }
    : { first: dayOf(from), last: dayOf(from) + days - 1 };
}

function sorted(rows: Iterable<Row>, argument: unknown): Iterable<Row> {
  if (!Array.isArray(argument) || !argument.every((key) => typeof key === 'string'))
    throw new Unreadable('sort must be a list of fields');
  const keys = argument.map((key: string) =>
    key.startsWith('-') ? { path: key.slice(1), sign: -1 } : { path: key, sign: 1 },
  );
  const keyed = [...rows].map((row) => ({ row, values: keys.map(({ path }) => row.read(path)) }));
  const inOrder = keyed.every(
    ({ values }, index) => index === 0 || compare(keyed[index - 1]?.values ?? [], values) <= 0,
  );
  if (!inOrder) keyed.sort((one, other) => compare(one.values, other.values));
  return keyed.map(({ row }) => row);

  function compare(one: readonly unknown[], other: readonly unknown[]): number {
    for (const [index, { sign }] of keys.entries()) {
      const order = compareValues(one[index], other[index]);
      if (order !== 0) return sign * order;
    }
    return 0;
  }
}

/** What is absent comes first, then numbers, then texts. */
function compareValues(one: unknown, other: unknown): number {
  if (typeof one === 'number' && typeof other === 'number') return one - other;
  if (typeof one === 'string' && typeof other === 'string') return one === other ? 0 : one < other ? -1 : 1;
  return rank(one) - rank(other);
}

function rank(value: unknown): number {
  return value === undefined || value === null ? 0 : typeof value === 'number' ? 1 : 2;
}

function text(stage: string, argument: unknown): string {
  if (typeof argument === 'string') return argument;
  throw new Unreadable(`${stage} must be a text`);
}
