import type { ConnectionConfiguration, SyncConfiguration } from '../configuration.ts';
import type { ObjectDescription } from './source.ts';

export interface MissingRight {
  readonly objectName: string;
  /** Absent for a right on the object itself. */
  readonly fieldName?: string;
  readonly right: 'read' | 'create' | 'edit' | 'delete';
  /** In words: what cannot be done, and where. */
  readonly sentence: string;
}

/** A custom field by the words of the Metadata API. */
export type FieldShape =
  | { readonly type: 'Text'; readonly length: number; readonly isKey?: true }
  | { readonly type: 'LongTextArea'; readonly length: number }
  | { readonly type: 'Number'; readonly precision: number; readonly scale: number }
  | { readonly type: 'Checkbox' | 'Date' | 'DateTime' };

/** What becomes of one column of a system in the org: a field for it, or why there is none. */
export type FieldProposal = {
  /** Path of the column, and what people call it. */
  readonly source: string;
  readonly sourceLabel: string;
} & (
  | { readonly cannotUse: string }
  | {
      /** API name of the field. */
      readonly target: string;
      /** What its mapping needs. */
      readonly transform?: string;
      readonly label: string;
      /** Shown beside the field. */
      readonly help: string;
      readonly shape: FieldShape;
      /** The org has it already. */
      readonly exists: boolean;
    }
);

export interface FieldRequest {
  /** Object of the org. */
  readonly object: string;
  /** What is read of the system: its columns become fields. */
  readonly columns: ObjectDescription;
  /** Words for their span of time, in the place of those that the columns say of themselves. */
  readonly period: string | undefined;
  /** How the sync tells records apart: its target is made as well, where it is a field of the system's own. */
  readonly key: { readonly source: string; readonly target: string } | undefined;
}

/** Fields of an object of the org for the columns of a system's object. */
export interface FieldPlan {
  /** As people call the system. */
  readonly systemLabel: string;
  /** Object of the org. */
  readonly object: string;
  readonly proposals: readonly FieldProposal[];
  /** Other fields of the system that the object has already, by API name. */
  readonly others: readonly string[];
}

/** A system that can be connected, as an admin chooses it. */
export interface SystemOffer {
  /** The slug of `ConnectionConfiguration.system`, and what people call it. */
  readonly name: string;
  readonly label: string;
  /** Settings that are chosen once for a connection, each with what it begins with; all others have their defaults. */
  readonly settings: readonly {
    readonly name: string;
    readonly label: string;
    readonly options: readonly { readonly value: string; readonly label: string }[];
    readonly value: string;
  }[];
  /** What an admin should know before choosing what to sync, one sentence each. */
  readonly beforehand: readonly string[];
  /** When what was delivered is seen there, as a sentence; absent where it is at once. */
  readonly freshness?: string;
  /** The syncs that a connection of it starts with. */
  readonly syncs: readonly SyncConfiguration[];
}

/** What setting a sync up asks of the worker's surroundings. Throws the errors of `engine/errors`. */
export interface Setup {
  /** Where the worker is logged in, and as whom. */
  org(): Promise<{ readonly id: string; readonly sandbox: boolean; readonly user: string }>;
  /** Whether the worker has the secrets of a connection, and the variable that each is read from; never their values. */
  secrets(
    connection: ConnectionConfiguration,
  ): Promise<readonly { readonly connection: string; readonly present: boolean; readonly variable: string }[]>;
  /** The text without the secrets of a connection. */
  masked(connection: ConnectionConfiguration, text: string): string;
  /** Every system that there is; `connection`: the name that their first syncs are for, the system's own when absent. */
  systems(connection: string | undefined): readonly SystemOffer[];
  /** The syncs that a connection of this system starts with. */
  defaultSyncs(connection: ConnectionConfiguration): readonly SyncConfiguration[];
  /** Fields of an object of the org. Throws `SettingsError` for a system that has none there. */
  proposeFields(connection: ConnectionConfiguration, request: FieldRequest): Promise<FieldPlan>;
  /** What an admin deploys to make the fields, as text by path, and a note that says all of it in words. */
  fieldPackage(
    plan: FieldPlan,
    facts: { readonly user: string; readonly from: string },
  ): { readonly files: Readonly<Record<string, string>>; readonly note: string };
  /** What the user of the worker lacks in the org for one sync; `userId` has 18 characters. */
  rights(sync: SyncConfiguration): Promise<{
    readonly userId: string;
    readonly userName: string;
    readonly missing: readonly MissingRight[];
  }>;
}
