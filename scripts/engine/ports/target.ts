import type { ReasonCode } from '../reasons/index.ts';
import type { CallMade, FieldDescription, ObjectDescription } from './source.ts';

/** How urgent a request is in its credential's lane: live work goes first. */
export type Urgency = 'live' | 'bulk';

export interface TargetLimits {
  readonly maxRecords: number;
  readonly maxBytes: number;
  /** Requests that may be unanswered at once. */
  readonly maxInFlight: number;
  /** Milliseconds after which a request that was never answered can no longer be applied. */
  readonly lateApplyMilliseconds: number;
  /** Requests a second that the lane allows, for forecasts. */
  readonly requestsPerSecond: number;
}

export interface TargetRecord {
  readonly key: string;
  readonly action: 'upsert' | 'delete';
  /** The mapped record as JSON text, made once: hashed, measured and sent as it is. Empty for a delete. */
  readonly json: string;
}

/** One record's answer; `delivered` also when the target says that nothing changed. */
export type Delivery =
  | {
      readonly kind: 'delivered';
      /** The target held these very values already, and nothing was written. */
      readonly unchanged?: true;
      /** The target's own ID of the record, where it tells. */
      readonly record?: string;
    }
  | { readonly kind: 'rejected'; readonly reason: ReasonCode; readonly detail: string }
  | {
      readonly kind: 'retry';
      readonly reason: ReasonCode;
      readonly detail: string;
      readonly afterMilliseconds?: number;
    }
  /** The part of the batch that this record left with was not answered, while others were. */
  | { readonly kind: 'unanswered'; readonly detail: string };

/**
 * What became of a batch.
 * - `answered`: one delivery per record, in order.
 * - `unanswered`: it may have been applied, and may still be, for `lateApplyMilliseconds`.
 * - `refused`: nothing was applied; the error says what to do next.
 */
export type SendResult = SendCalls &
  (
    | { readonly kind: 'answered'; readonly deliveries: readonly Delivery[] }
    | { readonly kind: 'unanswered'; readonly detail: string }
    | { readonly kind: 'refused'; readonly error: Error }
  );

export interface SendCalls {
  /** Calls of the target's API that it took; absent: one. */
  readonly calls?: number;
  /** Of these, those that only found records, or read what they hold. */
  readonly lookUpCalls?: number;
}

/** A system that records are written to. */
export interface Target {
  readonly limits: TargetLimits;
  describe(object: string): Promise<ObjectDescription>;
  /** The key as the target compares it (an email trimmed and lower-cased), or why it cannot be one. */
  normaliseKey(object: string, value: string): { readonly key: string } | { readonly reason: ReasonCode };
  /** Waits for its turn in the lane, calls `onStart` just before the request leaves, sends. Never throws for what a vendor answers. */
  send(
    object: string,
    records: readonly TargetRecord[],
    urgency: Urgency,
    onStart: () => Promise<void>,
  ): Promise<SendResult>;
  /** The target's current state of these keys, as nested objects; a key it does not know is absent. */
  read(
    object: string,
    keys: readonly string[],
    made?: CallMade,
  ): Promise<ReadonlyMap<string, Readonly<Record<string, unknown>>>>;
  /**
   * Which of these keys the target has: asked where records may only be changed. Absent: `read` is asked, which is to be
   * as cheap.
   */
  known?(object: string, keys: readonly string[], made?: CallMade): Promise<ReadonlySet<string>>;
  /** True where a write makes no fields: what is described is all there is, and watched as the source's fields are. */
  readonly fixedFields?: boolean;
  /**
   * How many calls of its API so many records take, whose keys have so many bytes on average (N-10); absent: one for each
   * full batch.
   */
  forecast?(records: number, keyBytes: number): Required<SendCalls>;
  /** Bytes of a batch beyond the sum of its records' JSON, per batch and per record. */
  readonly overhead: { readonly batchBytes: number; readonly recordBytes: number };
  /** Checks the credentials with the cheapest call there is. Throws the errors of `engine/errors`. */
  check(): Promise<{ readonly account: string }>;
}

/** What a system never lets any sync write, in whichever direction it goes. A configuration cannot widen it. */
export interface WriteLimits {
  /** False: no sync may write that field. `path` is its target path, names parted by dots; case counts. */
  mayWrite(object: string, path: string): boolean;
  /** True: records of that object are changed only, never created nor deleted. */
  existingOnly(object: string): boolean;
}

/** What a system says of the org's fields that its syncs read. */
export interface FieldRules {
  /** Why no sync into the system may map this field of the org, as a sentence; undefined when one may (K-11). */
  refusal(object: string, field: FieldDescription): string | undefined;
  /** Why the values of a field of the org do not fit a field of the system, as words; undefined when they do. */
  mismatch(from: FieldDescription, to: FieldDescription): string | undefined;
}
