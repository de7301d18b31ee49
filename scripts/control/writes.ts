import { RetryError, SettingsError, type WriteResult } from '../engine/index.ts';

/** Codes that pass by themselves: the same write may work in a moment. */
const passing = new Set(['UNABLE_TO_LOCK_ROW', 'SERVER_UNAVAILABLE', 'QUERY_TIMEOUT', 'UNKNOWN_EXCEPTION']);

/**
 * Throws for the first record that the org refused: `RetryError` for what passes by itself, else `SettingsError`, as the
 * package in the org or the rights of its user are not what this worker needs.
 */
export function requireWritten(results: readonly WriteResult[], what: string): readonly string[] {
  return results.map((result) => {
    if (result.success) return result.id;
    const [error] = result.errors;
    const said = error === undefined ? 'no reason given' : `${error.statusCode}: ${error.message}`;
    if (error !== undefined && passing.has(error.statusCode)) {
      throw new RetryError(`The org could not write ${what} just now: ${said}`, ['It is tried again by itself.']);
    }
    if (refusedByRule(result)) {
      throw new SettingsError(`The org did not take ${what}: ${error?.message}`, [
        'Do what the org asks for, or have someone do it who may.',
      ]);
    }
    throw new SettingsError(`The org refused to write ${what}: ${said}`, [
      'Deploy the current package to the org.',
      'Assign the permission set that this user needs: Plumbline Integration User for the worker, Plumbline Admin for people.',
    ]);
  });
}

/** True when the org's own rule, not a fault, refused the write. */
export function refusedByRule(result: WriteResult): boolean {
  return !result.success && result.errors.some((error) => error.statusCode === 'FIELD_CUSTOM_VALIDATION_EXCEPTION');
}
