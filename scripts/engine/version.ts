/**
 * How new a record's values are. `own` is the record's own stamp, `parents` the sum of the stamps of its mapped
 * parents, both in milliseconds since 1970 (UTC). While `own` stands still the parents are the same records, so
 * their sum grows with any change of theirs. Salesforce compares stamps by whole seconds: equal versions may hold
 * different values.
 */
export interface Version {
  readonly own: number;
  readonly parents: number;
}
