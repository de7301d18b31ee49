import type { FieldMapping } from '../mapping/index.ts';

/** An activated configuration: the content of one `Plumbline_Version__c`, frozen. Editing it makes another. */
export interface Configuration {
  /** The 18-character ID of the org it was activated for; in another org nothing runs (N-15). */
  readonly orgId: string;
  readonly connections: readonly ConnectionConfiguration[];
  readonly syncs: readonly SyncConfiguration[];
}

export interface ConnectionConfiguration {
  /** Unique name, letters, digits, `_` and `-`; also names its secrets outside the org. */
  readonly name: string;
  /** The slug of its system: `iterable`, `pendo` … */
  readonly system: string;
  /** What the system's own settings schema allows; never a secret. */
  readonly settings: Readonly<Record<string, unknown>>;
}

export interface SyncConfiguration {
  /** Unique name. */
  readonly name: string;
  readonly connection: string;
  readonly direction: 'salesforceToSystem' | 'systemToSalesforce';
  readonly salesforceObject: string;
  /** The system's own name of its object, `user` for Iterable. */
  readonly systemObject: string;
  /** Which source field holds the target's key. */
  readonly key: { readonly source: string; readonly target: string };
  /** Which records take part: a condition in the source's own language (SOQL), or `all`, said out loud (K-13). */
  readonly include: string;
  /** Among claimants of one target key the higher precedence wins, then the latest stamp, then the highest ID. */
  readonly precedence: number;
  readonly rules: {
    readonly create: boolean;
    readonly update: boolean;
    /** What a delete in the source does in the target. */
    readonly delete: 'ignore' | 'forget';
    /**
     * What a duplicate rule of the org means for a record that it stops (K-22): it fails, it is saved all the same where
     * the rule lets that happen, or the one record that it duplicates is updated in its place. Absent: it fails.
     */
    readonly duplicates?: 'block' | 'allow' | 'link';
  };
  readonly schedule: {
    /** Seconds between two polls. */
    readonly pollSeconds: number;
    /** UTC time of the nightly sweep, `HH:MM`; absent: none. */
    readonly sweepAt?: string;
  };
  readonly mappings: readonly FieldMapping[];
}
