import { OrgError } from '../../core/index.ts';
import type { BoundValue, QueryRows } from '../../core/index.ts';
import { typeOfAggregates } from './aggregates.ts';
import type { Type } from '../types/index.ts';
import {
  DateValue,
  DatetimeValue,
  Decimal,
  DoubleValue,
  ListValue,
  MapValue,
  RecordValue,
  SetValue,
  TimeValue,
  type Value,
} from '../values/index.ts';
import { recordsOf } from './records.ts';
import { throwApex } from './throw.ts';
import type { Frame, Thread } from './thread.ts';

/** A query with the way to its binds. */
export interface QueryCall {
  readonly soql: string;
  bind(frame: Frame, expression: string): Value;
  /** What the call says of access; absent when the query itself, or its class, decides. */
  readonly mode: 'user' | 'system' | undefined;
}

/** Runs a query and gives its records as a list. Throws QueryException in an org's words. */
export function runQuery(frame: Frame, call: QueryCall, type: Type): Value {
  const { thread } = frame;
  const rows = execute(frame, call);
  const records = recordsOf(thread, rows);
  if (records[0]?.object === 'AggregateResult') typeOfAggregates(thread, call.soql, records);
  return new ListValue(records, type);
}

/** `SELECT COUNT() …` */
export function runCount(frame: Frame, call: QueryCall): Value {
  return execute(frame, call).totalSize;
}

function execute(frame: Frame, call: QueryCall): QueryRows {
  const { soql, mode } = call;
  const { thread } = frame;
  thread.take('queries');
  const rows = inOrg(thread, () =>
    thread.unit
      .prepare(soql, thread.userId, {
        bind: (expression) => boundValue(thread, call.bind(frame, expression)),
        mode: mode ?? 'system',
        sharing: thread.sharing,
      })
      .run(),
  );
  thread.take('queryRows', Math.max(rows.rows.length, 1));
  return rows;
}

/** What the org refuses becomes a QueryException. */
function inOrg<Result>(thread: Thread, ask: () => Result): Result {
  try {
    return ask();
  } catch (error) {
    if (!(error instanceof OrgError)) throw error;
    return throwApex(thread, 'QueryException', error.message.trim());
  }
}

/** A value as a query takes it. */
export function boundValue(thread: Thread, value: Value): BoundValue {
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return value;
  if (typeof value === 'bigint') return Number(value);
  if (value instanceof Decimal) return value.toNumber();
  if (value instanceof DoubleValue) return value.value;
  if (value instanceof DateValue) return { kind: 'date', text: value.toString() };
  if (value instanceof DatetimeValue) return { kind: 'datetime', text: value.toJson() };
  if (value instanceof TimeValue) return { kind: 'time', text: value.toString() };
  if (value instanceof RecordValue) return value.id;
  if (value instanceof ListValue) return value.items.map((item) => boundValue(thread, item));
  if (value instanceof SetValue) return [...value.items.values()].map((item) => boundValue(thread, item));
  if (value instanceof MapValue) return [...value.entries.values()].map(({ key }) => boundValue(thread, key));
  return throwApex(thread, 'QueryException', 'Invalid bind expression type');
}
