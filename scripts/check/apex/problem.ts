/** A mistake in the package's Apex, and where it is. */
export interface ApexProblem {
  /** Relative to the project. */
  readonly file: string;
  readonly line: number;
  readonly message: string;
}
