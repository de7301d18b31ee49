/** What PlumblineSetupController answers and takes. */
import type { Rights, VersionRow } from 'plumbline/health';

export interface ConnectionDraft {
  readonly id: string;
  readonly name: string;
  readonly label?: string | null;
  readonly systemName: string;
  readonly settingsJson?: string | null;
  readonly paused: boolean;
}

export interface MappingDraft {
  readonly id?: string | null;
  readonly source: string;
  readonly target: string;
  readonly transform?: string | null;
  /** What an empty value in the source does: `keep` or `clear`. */
  readonly blank: string;
  readonly position: number;
}

export interface SyncDraft {
  readonly id?: string | null;
  /** The unique name; it cannot change once saved. */
  readonly name: string;
  readonly label?: string | null;
  readonly connectionId?: string | null;
  readonly connectionName: string;
  readonly salesforceObject: string;
  readonly systemObject: string;
  readonly direction: string;
  readonly paused: boolean;
  readonly keySource?: string | null;
  readonly keyTarget?: string | null;
  /** Which records take part: `all`, or a SOQL condition. */
  readonly include?: string | null;
  readonly precedence: number;
  readonly createRecords: boolean;
  readonly updateRecords: boolean;
  readonly onDelete: string;
  /** What becomes of a record that a duplicate rule of the org stops: `block`, `allow` or `link`; empty: `block`. */
  readonly onDuplicate?: string | null;
  readonly pollSeconds: number;
  /** UTC, `HH:MM`. */
  readonly sweepAt?: string | null;
  readonly mappings: readonly MappingDraft[];
}

export interface Setup {
  readonly connections: readonly ConnectionDraft[];
  readonly syncs: readonly SyncDraft[];
  readonly activeVersion?: VersionRow | null;
  readonly workerAlive: boolean;
  readonly orgId: string;
  readonly sandbox: boolean;
  readonly userName: string;
  readonly rights: Rights;
}

export interface FieldInfo {
  readonly name: string;
  readonly label: string;
  readonly type: string;
  readonly length?: number | null;
  readonly readable: boolean;
  readonly updateable: boolean;
  readonly createable: boolean;
  readonly custom: boolean;
  readonly unique: boolean;
  readonly externalId: boolean;
  /** Why the field cannot take part, as a sentence; empty when it can. */
  readonly cannotUse?: string | null;
}

export interface ObjectInfo {
  readonly name: string;
  readonly label: string;
  readonly personAccounts: boolean;
  readonly fields: readonly FieldInfo[];
}

export interface MissingRight {
  readonly objectName: string;
  readonly fieldName?: string | null;
  readonly right: string;
  readonly sentence: string;
}

/** A connection before it has an ID. */
export interface NewConnection {
  readonly name: string;
  readonly label: string;
  readonly systemName: string;
  readonly settingsJson: string;
  readonly paused: boolean;
}

/** An object that a sync may be made for. */
export interface ObjectChoice {
  readonly name: string;
  readonly label: string;
}

/** A record that was looked for by its name. */
export interface RecordChoice {
  readonly id: string;
  readonly name: string;
}
