import { isDeepStrictEqual } from 'node:util';
import type { Answer } from '../http.ts';

/** One error of a REST answer. */
export interface RestError {
  readonly errorCode: string;
  readonly message: string;
  readonly fields?: readonly string[];
}

function words(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value);
}

/** Throws unless the condition holds. */
export function expectTrue(condition: boolean, what: string): asserts condition {
  if (!condition) throw new Error(what);
}

/** Throws unless two values are deeply equal; names what was compared. */
export function expectEqual(actual: unknown, expected: unknown, what: string): void {
  expectTrue(isDeepStrictEqual(actual, expected), `${what}: expected ${words(expected)}, got ${words(actual)}`);
}

/** Throws unless the answer has this status; what the org said is in the message. */
export function expectStatus(answer: Answer, status: number, what: string): void {
  const told = answer.text.slice(0, 300);
  expectTrue(answer.status === status, `${what}: expected ${status}, got ${answer.status} ${told}`);
}

/** Throws unless the answer is this status with an array of errors whose first has this code; returns the first. */
export function expectError(answer: Answer, status: number, errorCode: string, what: string): RestError {
  expectStatus(answer, status, what);
  const told = answer.text.slice(0, 300);
  const errors = answer.json<unknown>();
  expectTrue(Array.isArray(errors), `${what}: the body of an error is an array, got ${told}`);
  const first = (errors as readonly RestError[])[0];
  expectTrue(first?.errorCode === errorCode, `${what}: expected ${errorCode}, got ${told}`);
  expectTrue(typeof first.message === 'string', `${what}: an error has a message, got ${told}`);
  return first;
}
