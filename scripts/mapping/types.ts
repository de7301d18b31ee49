/** One value of a source record. */
export type Cell = string | number | boolean | null;

/** What a mapped target field can hold. */
export type MappedValue = Cell | readonly string[];

export interface FieldMapping {
  /** Path in the source record: `Email`, `Account.Name`, `Owner.Email`. */
  readonly source: string;
  /** Path in the target record: `email`, `dataFields.Name.First`. */
  readonly target: string;
  /** Name of a transform of `mapping/transforms`; absent: the value as it is. */
  readonly transform?: string;
  /** A blank source value leaves the target alone, or clears it. */
  readonly blank: 'keep' | 'clear';
}
