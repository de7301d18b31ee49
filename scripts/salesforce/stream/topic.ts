/** What one topic of an org's event bus brings. Values of fields are not among it (I-05). */
export type TopicEvent =
  | {
      readonly kind: 'change';
      readonly replayId: ReplayId;
      /** CREATE, UPDATE, DELETE, UNDELETE, or one of these after `GAP_`, or GAP_OVERFLOW. */
      readonly changeType: string;
      readonly recordIds: readonly string[];
      /** Milliseconds since 1970. */
      readonly commitTimestamp: number;
      /** `com/salesforce/api/rest/66.0;client=…`: the API and its client (Change Data Capture guide); absent: not told. */
      readonly changeOrigin?: string | undefined;
    }
  | { readonly kind: 'doorbell'; readonly replayId: ReplayId; readonly commandId: string }
  /** Something came that could not be read. */
  | { readonly kind: 'unreadable'; readonly replayId: ReplayId }
  /** Nothing has come up to here. */
  | { readonly kind: 'silence'; readonly replayId: ReplayId };

/** A place in a topic: opaque bytes of the org, in hexadecimal. */
export type ReplayId = string;

/**
 * Opens a topic after a place (absent: from now on) until the signal is aborted; ends when the org ends the stream.
 * Throws the errors of `engine/errors`: `SettingsError` for a topic that the org does not have or not show,
 * `CredentialsError`, `PositionLostError` for a place that is no longer kept, `WaitError` at a limit, `RetryError`.
 */
export type OpenTopic = (topic: string, after: ReplayId | undefined, signal: AbortSignal) => AsyncIterable<TopicEvent>;

export const doorbellTopic = '/event/Plumbline_Doorbell__e';

/** The field of the doorbell that carries the ID of its command. */
export const doorbellField = 'Command_Id__c';

/** `Lead` → `/data/LeadChangeEvent`, `Foo__c` → `/data/Foo__ChangeEvent`. Source: Change Data Capture guide. */
export function changeTopic(object: string): string {
  return `/data/${object.endsWith('__c') ? object.slice(0, -1) : object}ChangeEvent`;
}
