/** A record's page in its system, for people to open. */
export interface RecordPage {
  /** What people call the system. */
  readonly system: string;
  readonly address: string;
}
