import { known, type ClassInfo } from '../types/index.ts';
import { Instance, type DmlRow, type Value } from '../values/index.ts';
import type { Thread } from './thread.ts';

/** An Apex exception on its way up. */
export class Thrown extends Error {
  readonly exception: Instance;

  constructor(exception: Instance) {
    super(`${exception.info.name}: ${exception.thrown?.message ?? ''}`);
    this.exception = exception;
  }
}

/** A new exception of a class, with the stack as it is. */
export function makeException(
  thread: Thread,
  info: ClassInfo,
  message: string | null,
  cause: Value = null,
  rows: readonly DmlRow[] = [],
): Instance {
  const exception = new Instance(info);
  const { line, stack } = thread.trace();
  exception.thrown = { message, cause: cause instanceof Instance ? cause : null, line, stack, rows };
  return exception;
}

/** Throws an exception of the library: `NullPointerException`. */
export function throwApex(thread: Thread, name: string, message: string, rows: readonly DmlRow[] = []): never {
  throw new Thrown(makeException(thread, known(name), message, null, rows));
}

/** What no catch clause takes: an org ends the transaction (Apex Developer Guide, "Exception Handling"). */
export function isCatchable({ exception }: Thrown): boolean {
  return !['LimitException', 'AssertException'].includes(exception.info.name);
}

/** What the interpreter does not know; never what an org would say. */
export class Unsupported extends Error {
  constructor(what: string, place: string) {
    super(`unsupported ${what}: ${place}`);
  }
}
