import { noCounts, type RecordRow, type RunRow, type Store, type WorkItem } from '../../engine/index.ts';
import { blankRow } from '../../engine/testing/index.ts';

/** Opens one more handle on the same store, as another process would. */
export type OpenHandle = () => Promise<Store>;

export interface Fixture {
  readonly store: Store;
  readonly another: OpenHandle;
  /** What the store's clock tells, milliseconds since 1970. */
  readonly time: { now: number };
}

/** One sentence of the port, as a test. */
export type Clause = (title: string, body: (fixture: Fixture) => Promise<void>) => void;

export function row(source: string, given: Partial<RecordRow> = {}): RecordRow {
  return {
    ...blankRow,
    sync: 'leads',
    source,
    version: { own: 1_700_000_000_000, parents: 3_400_000_000_000 },
    keySpace: 'main/user',
    precedence: 1,
    outcome: 'created',
    run: 'run',
    bulkRun: undefined,
    entrance: 'bulk',
    settledAt: 1_700_000_000_500,
    ...given,
  };
}

export function run(id: string, given: Partial<RunRow> = {}): RunRow {
  return {
    id,
    sync: 'leads',
    kind: 'backfill',
    state: 'running',
    startedAt: 1_700_000_000_000,
    counts: noCounts,
    reasons: {},
    pagesDone: false,
    sourceCalls: 0,
    targetCalls: 0,
    lookUpCalls: 0,
    tellCalls: 0,
    reportCalls: 0,
    ...given,
  };
}

export function work(source: string, given: Partial<WorkItem> = {}): WorkItem {
  return { sync: 'leads', source, urgency: 0, dueAt: 100, cause: 'changed', ...given };
}
