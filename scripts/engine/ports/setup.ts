import type { ConnectionConfiguration, SyncConfiguration } from '../configuration.ts';

export interface MissingRight {
  readonly objectName: string;
  /** Absent for a right on the object itself. */
  readonly fieldName?: string;
  readonly right: 'read' | 'create' | 'edit' | 'delete';
  /** In words: what cannot be done, and where. */
  readonly sentence: string;
}

/** What setting a sync up asks of the worker's surroundings. Throws the errors of `engine/errors`. */
export interface Setup {
  /** Where the worker is logged in, and as whom. */
  org(): Promise<{ readonly id: string; readonly sandbox: boolean; readonly user: string }>;
  /** Whether the worker has the secrets of a connection, and the variable that each is read from; never their values. */
  secrets(
    connection: ConnectionConfiguration,
  ): Promise<readonly { readonly connection: string; readonly present: boolean; readonly variable: string }[]>;
  /** The syncs that a connection of this system starts with. */
  defaultSyncs(connection: ConnectionConfiguration): readonly SyncConfiguration[];
  /** What the user of the worker lacks in the org for one sync; `userId` has 18 characters. */
  rights(sync: SyncConfiguration): Promise<{
    readonly userId: string;
    readonly userName: string;
    readonly missing: readonly MissingRight[];
  }>;
}
