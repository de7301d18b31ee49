/** What PlumblineHealthController answers. Times are ISO 8601. Apex leaves out, or gives as null, what is empty. */
export interface Counts {
  readonly read: number;
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly skipped: number;
  readonly held: number;
  readonly failed: number;
  /** False when read is not the sum of the six. */
  readonly balanced: boolean;
}

export interface Check {
  readonly state: 'good' | 'bad' | 'unknown';
  readonly sentence: string;
  readonly nextStep?: string | null;
}

export interface SyncRow {
  readonly id: string;
  readonly name: string;
  readonly salesforceObject: string;
  readonly systemObject: string;
  readonly direction: string;
  readonly paused: boolean;
  readonly counts: Counts;
  readonly openIssues: number;
}

export interface ConnectionHealth {
  readonly id: string;
  readonly name: string;
  readonly systemName: string;
  readonly paused: boolean;
  readonly connected: Check;
  readonly mapped: Check;
  readonly reconciled: Check;
  readonly lastSync?: string | null;
  readonly syncs: readonly SyncRow[];
  /** Of the last 24 hours. */
  readonly counts: Counts;
}

export interface RunRow {
  readonly id: string;
  readonly runId: string;
  readonly syncName: string;
  readonly kind: string;
  readonly state: string;
  readonly startedAt: string;
  readonly finishedAt?: string | null;
  /** How many records the run expects to read; empty when it cannot know. */
  readonly expected?: number | null;
  readonly counts: Counts;
}

export interface TrendPoint {
  /** A day, `YYYY-MM-DD`. */
  readonly day: string;
  readonly records: number;
  readonly failed: number;
  readonly held: number;
}

export interface Cause {
  readonly reasonCode: string;
  readonly sentence: string;
  readonly nextStep: string;
  readonly outcome: string;
  readonly syncName: string;
  readonly syncId?: string | null;
  readonly records: number;
  readonly lastSeen?: string | null;
}

export interface BacklogPoint {
  readonly at: string;
  readonly records: number;
}

export interface Worker {
  /** False when no worker ever leased this org. */
  readonly known: boolean;
  readonly alive: boolean;
  readonly lastBeat?: string | null;
  readonly leaseUntil?: string | null;
  readonly backlog: number;
  readonly backlogTrend?: readonly BacklogPoint[] | null;
  readonly drainsAt?: string | null;
  /** True while changes come by stream, too. */
  readonly listening: boolean;
}

export interface Api {
  readonly used: number;
  readonly max: number;
  /** Calls that the day will have taken at its end, at the present pace. */
  readonly forecast?: number | null;
  /** Calls that Plumbline leaves to people. */
  readonly reserve: number;
}

export interface Storage {
  readonly usedMb: number;
  readonly maxMb: number;
  readonly ownMb: number;
  readonly forecastMb: number;
}

export interface VersionRow {
  readonly id: string;
  readonly name: string;
  readonly activatedAt?: string | null;
  readonly activatedBy?: string | null;
  readonly hash: string;
}

export interface Rights {
  /** May ask why a record did or did not sync. */
  readonly canAsk: boolean;
  readonly canOperate: boolean;
  readonly canAdminister: boolean;
  readonly canActivate: boolean;
}

export interface Health {
  readonly worker: Worker;
  readonly connections: readonly ConnectionHealth[];
  readonly recentRuns: readonly RunRow[];
  readonly trend: readonly TrendPoint[];
  readonly causes: readonly Cause[];
  readonly api: Api;
  readonly storage: Storage;
  /** The activated configuration; empty when none is. */
  readonly version?: VersionRow | null;
  /** What has stopped or crossed a threshold, in sentences. */
  readonly alarms: readonly string[];
  readonly rights: Rights;
}
