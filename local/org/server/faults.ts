import { refusing } from './refusing.ts';
import type { Refusals } from './refusing.ts';
import { OrgError } from '../core/index.ts';
import type { InputRecord, PreparedQuery, RecordError } from '../core/index.ts';
import type { CallDml } from '../http/index.ts';

/**
 * What can go wrong with a request: the connection is cut before it is acted on, or after (its transaction committed,
 * its answer lost); the answer comes late; a load balancer answers 503 with HTML.
 */
export type FaultKind = 'cutBefore' | 'cutAfter' | 'slow' | 'unavailable';

export interface Fault {
  readonly kind: FaultKind;
  /** Part of the path of the requests it hits; all when absent. */
  readonly path?: string | undefined;
  readonly method?: string | undefined;
  /** Requests that it lets pass first; 0 when absent. */
  readonly skip?: number | undefined;
  /** Requests that it hits; 1 when absent. */
  readonly times?: number | undefined;
  /** Of the org's clock, for `slow`. */
  readonly milliseconds?: number | undefined;
}

/** Records that fail with UNABLE_TO_LOCK_ROW. */
export interface RowLock {
  /** IDs or other values (a parent's ID, an external ID): a record that carries one is locked. */
  readonly values: readonly string[];
  /** Records that it hits; without it, until it is cleared. */
  readonly times?: number | undefined;
}

/** A trigger that takes too long for many records: the whole transaction runs into the CPU limit of Apex. */
export interface TriggerLoad {
  readonly object: string;
  /** Records in one transaction that it still copes with. */
  readonly mostRecords: number;
  /** Transactions that it fails; without it, until it is cleared. */
  readonly times?: number | undefined;
}

/** Queries that run for too long. */
export interface SlowQuery {
  /** Part of the query, in any case; all queries when absent. */
  readonly matching?: string | undefined;
  /** Queries that it fails; without it, until it is cleared. */
  readonly times?: number | undefined;
}

/** Decides for each request; seeded schedules put their own here. */
export type FaultDecider = (request: { readonly method: string; readonly path: string }) => Fault | undefined;

/** The faults of one org. */
export interface FaultDial {
  add(fault: Fault): void;
  lock(lock: RowLock): void;
  overload(load: TriggerLoad): void;
  timeOut(query: SlowQuery): void;
  decideBy(decider: FaultDecider | undefined): void;
  clear(): void;
  readonly pending: readonly Fault[];
  /** The fault that hits this request, and is used up by it. */
  next(request: { readonly method: string; readonly path: string }): Fault | undefined;
  /** DML in which locked records fail, and transactions that a trigger does not cope with. */
  guard(dml: CallDml): CallDml;
  /** The query, or one that ends with QUERY_TIMEOUT when it is run. */
  guardQuery(soql: string, prepared: PreparedQuery): PreparedQuery;
}

/** The connection ended without an answer; in the same process `fetch` rejects with it, as undici would. */
export class ConnectionCut extends TypeError {
  constructor() {
    super('fetch failed', { cause: Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' }) });
  }
}

const LOCKED: RecordError = {
  statusCode: 'UNABLE_TO_LOCK_ROW',
  message: 'unable to obtain exclusive access to this record or 1 records',
  fields: [],
};

function overloaded(object: string): RecordError {
  return {
    statusCode: 'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY',
    message: `${object}Trigger: System.LimitException: Apex CPU time limit exceeded`,
    fields: [],
  };
}

interface Armed {
  readonly fault: Fault;
  skip: number;
  left: number;
}

function carries(record: InputRecord, values: ReadonlySet<string>): boolean {
  return Object.values(record).some((value) => typeof value === 'string' && values.has(value));
}

export function createFaultDial(): FaultDial {
  let armed: Armed[] = [];
  let locks: { readonly values: ReadonlySet<string>; left: number }[] = [];
  let loads: Counted<TriggerLoad>[] = [];
  let slowQueries: Counted<SlowQuery>[] = [];
  let decider: FaultDecider | undefined;
  const lockOf = (record: InputRecord): RecordError | undefined => {
    const lock = locks.find((candidate) => candidate.left > 0 && carries(record, candidate.values));
    if (!lock) return undefined;
    lock.left -= 1;
    return LOCKED;
  };
  const refusalsOf = ({ object, records }: Parameters<CallDml>[0]): Refusals | undefined => {
    const load = take(
      loads,
      (candidate) => candidate.object.toLowerCase() === object.toLowerCase() && records.length > candidate.mostRecords,
    );
    if (load) return records.map(() => overloaded(load.object));
    return locks.length === 0 ? undefined : records.map(lockOf);
  };
  return {
    add: (fault) => armed.push({ fault, skip: fault.skip ?? 0, left: fault.times ?? 1 }),
    overload: (load) => loads.push({ ...load, left: load.times ?? Infinity }),
    timeOut: (query) => slowQueries.push({ ...query, left: query.times ?? Infinity }),
    lock: ({ values, times }) => locks.push({ values: new Set(values), left: times ?? Infinity }),
    decideBy(next) {
      decider = next;
    },
    clear() {
      armed = [];
      locks = [];
      loads = [];
      slowQueries = [];
      decider = undefined;
    },
    get pending() {
      return armed.map(({ fault, skip, left }) => ({ ...fault, skip, times: left }));
    },
    next(request) {
      const decided = decider?.(request);
      if (decided) return decided;
      const hit = armed.find(
        ({ fault }) =>
          (fault.path === undefined || request.path.includes(fault.path)) &&
          (fault.method === undefined || fault.method === request.method),
      );
      if (!hit) return undefined;
      if (hit.skip > 0) {
        hit.skip -= 1;
        return undefined;
      }
      hit.left -= 1;
      if (hit.left <= 0) armed = armed.filter((candidate) => candidate !== hit);
      return hit.fault;
    },
    guard: (dml) => refusing(dml, refusalsOf),
    guardQuery(soql, prepared) {
      const text = soql.toLowerCase();
      const isSlow = ({ matching }: SlowQuery): boolean => text.includes((matching ?? '').toLowerCase());
      const guarded =
        <Result>(work: () => Result) =>
        (): Result => {
          if (take(slowQueries, isSlow)) {
            throw new OrgError(400, 'QUERY_TIMEOUT', 'Your query request was running for too long.');
          }
          return work();
        };
      return { ...prepared, run: guarded(() => prepared.run()), snapshot: guarded(() => prepared.snapshot()) };
    },
  };
}

type Counted<Fault> = Fault & { left: number };

/** The first that applies, one use of it taken. */
function take<Kind>(
  armed: readonly Counted<Kind>[],
  applies: (candidate: Counted<Kind>) => boolean,
): Counted<Kind> | undefined {
  const hit = armed.find((candidate) => candidate.left > 0 && applies(candidate));
  if (hit) hit.left -= 1;
  return hit;
}
