import type { Configuration, ConnectionConfiguration, SyncConfiguration } from '../configuration.ts';
import type { IssueChange, RunRow } from './store.ts';

export interface ActiveVersion {
  /** The 18-character ID of its `Plumbline_Version__c`. */
  readonly id: string;
  readonly hash: string;
  readonly configuration: Configuration;
}

export const commandKinds = [
  'check',
  'plan',
  'backfill',
  'run',
  'explain',
  'retry',
  'pause',
  'resume',
  'status',
  'records',
  'describe',
  'match',
  'preview',
  'test',
  'rights',
  'fields',
  'keys',
  'systems',
] as const;
export type CommandKind = (typeof commandKinds)[number];

/** One sync as it is being set up, before it is activated; it may not map any field yet. */
export interface DraftSync {
  readonly connection: ConnectionConfiguration;
  readonly sync: SyncConfiguration;
}

/** A `Plumbline_Command__c` that this worker has claimed. */
export interface Command {
  readonly id: string;
  readonly kind: CommandKind;
  /** What it is about: the name of a sync or of a connection, or `sync/record ID`. */
  readonly target: string;
  readonly arguments: Readonly<Record<string, unknown>>;
}

export type Answer =
  | { readonly ok: true; readonly body: unknown }
  | { readonly ok: false; readonly message: string; readonly actions: readonly string[] };

/** Names of what is paused: `*` for all, a connection or a sync. */
export type Pauses = ReadonlySet<string>;

/** The org as control plane. Throws the errors of `engine/errors`. */
export interface ControlPlane {
  /** The activated version of this org; absent when none is. One for another org throws `SettingsError` (N-15). */
  activeVersion(): Promise<ActiveVersion | undefined>;
  /** The draft in a `Plumbline_Sync__c`, by its ID. Throws `SettingsError` for what is not there or is not complete. */
  draft(id: string): Promise<DraftSync>;
  pauses(): Promise<Pauses>;
  /** Records that someone took out of a sync (`Plumbline_Exclusion__c`). */
  exclusions(): Promise<readonly { readonly sync: string; readonly source: string }[]>;
  /** Renews this store's lease of the org and beats; throws `LeaseLostError` while another store's lease lasts. */
  beat(presence: {
    readonly storeId: string;
    readonly now: number;
    readonly leaseMilliseconds: number;
    readonly backlog: number;
    readonly listening: boolean;
  }): Promise<void>;
  /** Gives the lease back, so that another worker can start at once. */
  leave(storeId: string): Promise<void>;
  /** Claims waiting commands that have not expired; each is claimed by one worker only. */
  claim(storeId: string, now: number): Promise<readonly Command[]>;
  answer(command: Command, answer: Answer): Promise<void>;
  reportRuns(runs: readonly RunRow[]): Promise<void>;
  /** Opens, updates and closes issues; the same change twice changes nothing. */
  reportIssues(changes: readonly IssueChange[]): Promise<void>;
  /** True when that took a call of the org: progress is told only so often. */
  progress(run: RunRow): Promise<boolean>;
  /** Tells flows of the org which of its records got new values from `system` (a slug); no value is told. */
  announce(system: string, records: readonly string[]): Promise<void>;
}
