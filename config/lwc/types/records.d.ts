/** What the controllers of runs, issues and records answer. Times are ISO 8601. */
import type { RunRow } from 'plumbline/health';

export interface IssueRow {
  readonly id: string;
  readonly recordId?: string | null;
  readonly recordName?: string | null;
  readonly objectName?: string | null;
  readonly syncId?: string | null;
  readonly syncName?: string | null;
  readonly runId?: string | null;
  readonly reasonCode?: string | null;
  readonly status?: string | null;
  readonly sentence: string;
  readonly nextStep?: string | null;
  readonly outcome: string;
  readonly firstSeen?: string | null;
  readonly lastSeen?: string | null;
  /** More than 1 for the issue that sums up the rest. */
  readonly records?: number | null;
}

export interface RecordSync {
  readonly syncId: string;
  readonly syncName: string;
  readonly systemName: string;
  readonly paused: boolean;
  readonly excluded: boolean;
  readonly exclusionNote?: string | null;
  readonly issues: readonly IssueRow[];
}

export interface RecordStatus {
  readonly objectName: string;
  readonly syncs: readonly RecordSync[];
  readonly canAsk: boolean;
  readonly canSyncNow: boolean;
  readonly canExclude: boolean;
  readonly workerAlive: boolean;
}

export interface ReasonCount {
  readonly code: string;
  readonly sentence: string;
  readonly nextStep?: string | null;
  readonly outcome: string;
  readonly records: number;
}

export interface RunDetail {
  readonly row: RunRow;
  /** False when its records are those of a system, so that they have no page here. */
  readonly fromSalesforce: boolean;
  readonly reasons: readonly ReasonCount[];
  readonly sourceCalls?: number | null;
  readonly targetCalls?: number | null;
  readonly lookUpCalls?: number | null;
  readonly tellCalls?: number | null;
  readonly reportCalls?: number | null;
}
