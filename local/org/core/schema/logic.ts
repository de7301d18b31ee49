import { OrgError } from '../contract/index.ts';

/** `1 AND (2 OR 3)`, read: whether it holds, given what holds of each number. */
export type Logic = (holds: (number: number) => boolean) => boolean;

/** Throws `OrgError`, beginning with `place`, for logic that cannot be read or names other numbers than 1 to `most`. */
export function checkLogic(place: string, text: string, most: number): void {
  try {
    parseLogic(text)((number) => {
      if (number > most) throw new OrgError(400, 'INVALID_FIELD', `there is no item ${number}`);
      return true;
    });
  } catch (error) {
    if (!(error instanceof OrgError)) throw error;
    throw new OrgError(400, 'INVALID_FIELD', `${place}: the filter logic "${text}" is not valid: ${error.message}`);
  }
}

/** Reads filter logic; AND binds closer than OR. Throws `OrgError` when it cannot be read. */
export function parseLogic(text: string): Logic {
  const tokens = text.toUpperCase().match(/\d+|AND|OR|NOT|[()]|\S/g) ?? [];
  let at = 0;
  const fail = () => new OrgError(400, 'INVALID_FIELD', `unexpected ${tokens[at] ?? 'end'}`);
  const chain = (word: string, next: () => Logic, join: (parts: readonly boolean[]) => boolean): Logic => {
    const parts = [next()];
    while (tokens[at] === word) {
      at++;
      parts.push(next());
    }
    // Every part is asked, so that a check sees every number.
    return (holds) => join(parts.map((part) => part(holds)));
  };
  const factor = (): Logic => {
    const token = tokens[at++] ?? '';
    if (token === 'NOT') {
      const inner = factor();
      return (holds) => !inner(holds);
    }
    if (token === '(') {
      const inner = either();
      if (tokens[at++] !== ')') throw fail();
      return inner;
    }
    if (!/^\d+$/.test(token)) throw fail();
    return (holds) => holds(Number(token));
  };
  const both = (): Logic => chain('AND', factor, (parts) => parts.every(Boolean));
  const either = (): Logic => chain('OR', both, (parts) => parts.some(Boolean));
  const logic = either();
  if (at < tokens.length) throw fail();
  return logic;
}
