/** Why a class or trigger cannot be compiled, worded as an org does it; line and column from 1. */
export class CompileError extends Error {
  readonly line: number;
  readonly column: number;

  constructor(message: string, line: number, column: number) {
    super(message);
    this.line = line;
    this.column = column;
  }
}

/** A place in a source, as the parser's contexts give it. */
export interface Placed {
  readonly start: { readonly line: number; readonly column: number };
}

export function failAt(at: Placed, message: string): never {
  throw new CompileError(message, at.start.line, at.start.column + 1);
}

/** Stops at what the interpreter does not know. */
export function unsupportedAt(at: Placed, what: string): never {
  return failAt(at, `unsupported ${what} in the local org`);
}

/** The parser's types promise what its methods do not: a part that is not there is null. */
export function present<Part>(part: Part): NonNullable<Part> | undefined {
  return part ?? undefined;
}
