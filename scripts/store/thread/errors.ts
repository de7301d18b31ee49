import { LeaseLostError, PlumblineError, RetryError, SettingsError } from '../../engine/index.ts';

/** An error as it travels between threads: what is caught is told by its class, which a copy would lose. */
export interface PackedError {
  readonly name: string;
  readonly message: string;
  readonly stack: string | undefined;
  readonly actions: readonly string[] | undefined;
}

const classes = { LeaseLostError, RetryError, SettingsError };

export function packError(error: unknown): PackedError {
  const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
  return { name, message, stack, actions: error instanceof PlumblineError ? error.actions : undefined };
}

export function unpackError({ name, message, stack, actions }: PackedError): Error {
  const known = Object.entries(classes).find(([each]) => each === name)?.[1];
  if (known === undefined && actions !== undefined)
    throw new Error(`The thread of the store threw a ${name}: ${message}`);
  const error = known ? new known(message, actions ?? []) : new Error(message);
  // Where it was thrown, not where it was unpacked.
  if (stack !== undefined) error.stack = stack;
  return error;
}
