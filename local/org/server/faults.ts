import type { DmlResult, InputRecord } from '../core/index.ts';
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

/** Decides for each request; seeded schedules put their own here. */
export type FaultDecider = (request: { readonly method: string; readonly path: string }) => Fault | undefined;

/** The faults of one org. */
export interface FaultDial {
  add(fault: Fault): void;
  lock(lock: RowLock): void;
  decideBy(decider: FaultDecider | undefined): void;
  clear(): void;
  readonly pending: readonly Fault[];
  /** The fault that hits this request, and is used up by it. */
  next(request: { readonly method: string; readonly path: string }): Fault | undefined;
  /** DML in which locked records fail. */
  guard(dml: CallDml): CallDml;
}

/** The connection ended without an answer; in the same process `fetch` rejects with it, as undici would. */
export class ConnectionCut extends TypeError {
  constructor() {
    super('fetch failed', { cause: Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' }) });
  }
}

const LOCKED: DmlResult = {
  id: undefined,
  success: false,
  errors: [
    {
      statusCode: 'UNABLE_TO_LOCK_ROW',
      message: 'unable to obtain exclusive access to this record or 1 records',
      fields: [],
    },
  ],
};

const ROLLED_BACK: DmlResult = {
  id: undefined,
  success: false,
  errors: [
    {
      statusCode: 'ALL_OR_NONE_OPERATION_ROLLED_BACK',
      message: 'Record rolled back because not all records were valid and the request was using AllOrNone header',
      fields: [],
    },
  ],
};

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
  let decider: FaultDecider | undefined;
  const isLocked = (record: InputRecord): boolean => {
    const lock = locks.find((candidate) => candidate.left > 0 && carries(record, candidate.values));
    if (!lock) return false;
    lock.left -= 1;
    return true;
  };
  return {
    add: (fault) => armed.push({ fault, skip: fault.skip ?? 0, left: fault.times ?? 1 }),
    lock: ({ values, times }) => locks.push({ values: new Set(values), left: times ?? Infinity }),
    decideBy(next) {
      decider = next;
    },
    clear() {
      armed = [];
      locks = [];
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
    guard: (dml) => (request) => {
      if (locks.length === 0) return dml(request);
      const locked = request.records.map(isLocked);
      if (!locked.includes(true)) return dml(request);
      if (request.allOrNone) return locked.map((is) => (is ? LOCKED : ROLLED_BACK));
      const free = request.records.filter((_, index) => !locked[index]);
      const results = free.length === 0 ? [] : dml({ ...request, records: free });
      let at = 0;
      return locked.map((is) => {
        const result = is ? LOCKED : results[at++];
        if (!result) throw new Error('the core answered fewer results than it was given records');
        return result;
      });
    },
  };
}
