/**
 * What the worker answers to commands, and how the org hands it on. Values stand in objects that name their field in
 * `source`, so that the org can leave out what the reader may not see. Times are milliseconds since 1970.
 */
import type { MissingRight } from 'plumbline/setup';

export interface CommandAnswer {
  readonly id: string;
  readonly kind?: string;
  readonly target?: string;
  /** ISO 8601. */
  readonly askedAt?: string;
  readonly status: string;
  readonly answerJson?: string | null;
  /** Fields that were left out, since the reader may not see them. */
  readonly hidden?: readonly string[] | null;
  readonly problem?: string | null;
  readonly workerAlive: boolean;
}

export interface CheckAnswer {
  readonly checks: readonly {
    readonly name: string;
    readonly ok: boolean;
    readonly detail: string;
    readonly actions: readonly string[];
  }[];
  readonly secrets?: readonly { readonly connection: string; readonly present: boolean; readonly variable: string }[];
}

export interface RightsAnswer {
  readonly userId: string;
  readonly userName: string;
  readonly missing: readonly MissingRight[];
}

export interface SystemField {
  readonly path: string;
  readonly label: string;
  readonly type: string;
  readonly writable: boolean;
  readonly cannotUse?: string;
}

export interface DescribeAnswer {
  readonly account: string;
  readonly objects: readonly { readonly name: string; readonly label: string }[];
  readonly object: string;
  readonly fields: readonly SystemField[];
  readonly suggestions: readonly { readonly source: string; readonly target: string; readonly transform?: string }[];
  /** Fields of this org that no sync into the system may map, each with why. */
  readonly refused?: readonly { readonly path: string; readonly sentence: string }[];
  /** What an admin should know before using the object, one sentence each. */
  readonly notes?: readonly string[];
}

/** A sync that a connection of a system starts with. */
export interface SystemSync {
  readonly name: string;
  readonly connection: string;
  readonly direction: 'salesforceToSystem' | 'systemToSalesforce';
  readonly salesforceObject: string;
  readonly systemObject: string;
  readonly key: { readonly source: string; readonly target: string };
  readonly include: string;
  readonly precedence: number;
  readonly rules: {
    readonly create: boolean;
    readonly update: boolean;
    readonly delete: string;
    readonly duplicates?: string;
  };
  readonly schedule: { readonly pollSeconds: number; readonly sweepAt?: string };
  readonly mappings: readonly unknown[];
}

export interface SystemOffer {
  /** What a connection's `systemName` says. */
  readonly name: string;
  readonly label: string;
  /** Settings that are chosen once for a connection. */
  readonly settings: readonly {
    readonly name: string;
    readonly label: string;
    readonly options: readonly { readonly value: string; readonly label: string }[];
    readonly value: string;
  }[];
  readonly beforehand: readonly string[];
  readonly freshness?: string;
  readonly syncs: readonly SystemSync[];
}

export interface SystemsAnswer {
  readonly systems: readonly SystemOffer[];
}

/** A custom field by the words of the Metadata API. */
export type FieldShape =
  | { readonly type: string; readonly length: number }
  | { readonly type: string; readonly precision: number; readonly scale: number }
  | { readonly type: string };

/** What becomes of one column of a system: a field of the org, or why there is none. */
export type FieldProposal = { readonly source: string; readonly sourceLabel: string } & (
  | { readonly cannotUse: string }
  | {
      readonly target: string;
      readonly transform?: string;
      readonly label: string;
      readonly shape: FieldShape;
      readonly exists: boolean;
    }
);

export interface FieldsAnswer {
  readonly plan: { readonly object: string; readonly proposals: readonly FieldProposal[] };
  readonly period?: string;
  readonly notes: readonly string[];
  /** What an admin deploys, as text by path, and a note that says it in words. */
  readonly package?: { readonly files: Readonly<Record<string, string>>; readonly note: string };
  readonly writable: readonly { readonly path: string; readonly label: string; readonly type: string }[];
}

export interface MatchExample {
  readonly kind: 'blank' | 'invalid' | 'duplicate';
  readonly source: string;
  readonly value?: unknown;
  readonly records: readonly { readonly id: string; readonly name: string }[];
}

export interface MatchAnswer {
  readonly records: number;
  readonly withKey: number;
  readonly blank: number;
  readonly invalid: number;
  readonly duplicates: number;
  readonly examples: readonly MatchExample[];
}

export interface FieldChange {
  readonly source?: string;
  readonly path: string;
  readonly before?: unknown;
  readonly after?: unknown;
}

export interface PreviewAnswer {
  readonly record: string;
  readonly key?: string;
  readonly action: string;
  readonly sentence?: string;
  readonly nextStep?: string;
  readonly fields: readonly {
    readonly source: string;
    readonly target: string;
    readonly before?: unknown;
    readonly after?: unknown;
    readonly changed: boolean;
    readonly problem?: string;
  }[];
}

export interface PlanAnswer {
  readonly sync: string;
  readonly total: number;
  readonly planned: number;
  readonly counts: Readonly<
    Record<'read' | 'created' | 'updated' | 'unchanged' | 'skipped' | 'held' | 'failed', number>
  >;
  /** Each reason in words, with how many records have it. */
  readonly reasonRows: readonly {
    readonly code: string;
    readonly outcome: string;
    readonly sentence: string;
    readonly nextStep: string;
    readonly records: number;
  }[];
  readonly changes: readonly {
    readonly record?: string;
    readonly key: string;
    readonly action: string;
    readonly fields: readonly FieldChange[];
  }[];
  readonly forecast: {
    readonly sourceCalls: number;
    readonly targetCalls: number;
    readonly seconds: number;
    readonly org: OrgCalls;
  };
}

/** Calls of the Salesforce API by what they are for. */
export interface OrgCalls {
  readonly read: number;
  readonly lookUp: number;
  readonly write: number;
  readonly tell: number;
  /** Of other syncs, which meet what this one writes. */
  readonly echo: number;
  readonly report: number;
}

/** The page of a record in the other system; `system`: what people call it. */
export interface RecordPage {
  readonly system: string;
  readonly address: string;
}

export interface TestAnswer {
  readonly record: string;
  readonly key?: string;
  readonly outcome: string;
  readonly sentence?: string;
  readonly nextStep?: string;
  readonly link?: RecordPage;
  readonly fields: readonly {
    readonly source: string;
    readonly target: string;
    readonly salesforce?: unknown;
    readonly system?: unknown;
    readonly same: boolean;
  }[];
}

export interface Provenance {
  readonly source: string;
  readonly target: string;
  readonly value?: unknown;
  readonly system: string;
  readonly writtenAt?: number;
  readonly run?: string;
  readonly replaced?: unknown;
  /** The reader may not see the field, so its values were taken out. */
  readonly hidden?: boolean;
}

export interface ExplainAnswer {
  readonly sync: string;
  readonly source: string;
  readonly outcome: string;
  readonly reason?: string;
  readonly sentence: string;
  readonly nextStep?: string;
  readonly waiting: boolean;
  readonly winner?: string;
  readonly last?: {
    readonly outcome: string;
    readonly sentence?: string;
    readonly at: number;
    readonly run: string;
  };
  readonly link?: RecordPage;
  readonly lastSync?: number;
  /** The last request that carried the record, and its reply; secrets are masked. */
  readonly exchange?: { readonly at: number; readonly request: string; readonly reply: string };
  readonly fields?: readonly Provenance[];
  /** Why what the other system holds is not known. */
  readonly unread?: string;
}

export interface RecordsAnswer {
  readonly records: readonly {
    readonly source: string;
    readonly outcome: string;
    readonly run: string;
    readonly settledAt: number;
    readonly reason?: string;
    readonly sentence?: string;
    readonly nextStep?: string;
  }[];
  readonly more: boolean;
}

export interface RetryAnswer {
  readonly queued: number;
}

/** Of a connection: a run for each of its syncs that is not paused. */
export interface BeginAllAnswer {
  readonly runs: readonly BeginAnswer[];
}

export interface BeginAnswer {
  readonly run: string;
  readonly sync: string;
  readonly kind: string;
  readonly begun: boolean;
}
