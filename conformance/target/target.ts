/** A plain HTTP session of an org: all that a check has. */
export interface Session {
  /** Scheme and host, without a slash at its end. */
  readonly instanceUrl: string;
  readonly accessToken: string;
  /** `66.0`. */
  readonly apiVersion: string;
}

/** An org that the checks run against. */
export interface Target {
  /** For people: which org it is. */
  readonly name: string;
  readonly session: Session;
  /** Ends what was started for it; the org of an alias is only left. */
  close(): Promise<void>;
}

/** An org that cannot be reached or must not be written to; the message says what to do. */
export class TargetError extends Error {}
