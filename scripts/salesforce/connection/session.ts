/** An org's answer to a login. */
export interface Session {
  /** Never logged, never part of an error. */
  readonly accessToken: string;
  /** Without a trailing slash. */
  readonly instanceUrl: string;
}

/** A way to log in; one per kind of credential in `../auth`. */
export interface Login {
  /** What the user would call it: `JWT login of sync@acme.example`. No secret. */
  readonly description: string;
  /** Logs in anew. Throws `CredentialsError` when the org refuses, `RetryError` when it cannot be reached. */
  login(): Promise<Session>;
}
