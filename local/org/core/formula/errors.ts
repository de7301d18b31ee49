/** What is wrong with a formula, in an org's words where they are known; `at` is the place in its text, from 0. */
export class FormulaError extends Error {
  readonly at: number;

  constructor(message: string, at: number) {
    super(message);
    this.at = at;
  }
}

/** A sound formula met a value that it cannot work with: a division by zero, a text that is no number. */
export class EvaluationError extends Error {}

export const syntaxError = (detail: string, at: number) => new FormulaError(`Error: Syntax error. ${detail}`, at);

export const noSuchField = (path: string, at: number) =>
  new FormulaError(`Error: Field ${path} does not exist. Check spelling.`, at);

export const noSuchFunction = (name: string, at: number) =>
  new FormulaError(`Error: Unknown function ${name}. Check spelling.`, at);

export const notInThisPlace = (name: string, at: number) =>
  new FormulaError(`Error: Function ${name} may not be used in this type of formula`, at);

export const wrongParameter = (callee: string, expected: string, received: string, at: number) =>
  new FormulaError(`Error: Incorrect parameter type for ${callee}. Expected ${expected}, received ${received}`, at);

export const wrongCount = (name: string, expected: number, received: number, at: number) =>
  new FormulaError(
    `Error: Incorrect number of parameters for function '${name}()'. Expected ${expected}, received ${received}`,
    at,
  );

export const picklistMisused = (path: string, at: number) =>
  new FormulaError(
    `Error: Field ${path} is a picklist field. Picklist fields are only supported in certain functions.`,
    at,
  );

export const notYet = (what: string, at: number) =>
  new FormulaError(`not yet: ${what} in formulas of the local org`, at);
