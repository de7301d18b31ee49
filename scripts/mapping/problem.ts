/** Something wrong with a mapping, where it stands, and how to mend it. */
export interface MappingProblem {
  /** The mapping it is about: `Email → email`. */
  readonly place: string;
  readonly problem: string;
  readonly mend: string;
}

/** A value of one record cannot become what its target field needs. Never carries the value. */
export class ValueNotMappableError extends Error {
  readonly path: string;
  readonly expected: string;

  constructor(path: string, expected: string) {
    super(`${path} is not ${expected}`);
    this.name = 'ValueNotMappableError';
    this.path = path;
    this.expected = expected;
  }
}

/** A mapping that cannot be compiled; `validateMapping` finds the same before it goes live. */
export class MappingError extends Error {
  readonly problems: readonly MappingProblem[];

  constructor(problems: readonly MappingProblem[]) {
    super(problems.map((each) => `${each.place}: ${each.problem}. ${each.mend}.`).join(' '));
    this.name = 'MappingError';
    this.problems = problems;
  }
}
