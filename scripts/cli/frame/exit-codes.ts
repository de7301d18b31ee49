import { PlumblineError } from '../../engine/index.ts';
import { InterruptedError } from './interrupt.ts';

/**
 * How a command ends.
 * 0: done. 1: something unexpected. 2: the command line is wrong. 3: settings, credentials or rights are wrong; a person
 * must mend them. 4: it may work later (a limit, a passing fault, another worker). 5: it ran, and found records that
 * failed, counts that do not balance, or checks that do not hold. 130: stopped by Ctrl-C; what was done is kept.
 */
export const exitCodes = { done: 0, unexpected: 1, usage: 2, settings: 3, later: 4, found: 5, stopped: 130 } as const;

export function exitCodeOf(error: unknown): number {
  if (error instanceof InterruptedError) return exitCodes.stopped;
  if (!(error instanceof PlumblineError)) return isUsageError(error) ? exitCodes.usage : exitCodes.unexpected;
  switch (error.next) {
    case 'fixSettings':
      return exitCodes.settings;
    case 'wait':
    case 'retry':
      return exitCodes.later;
    case 'fixRecord':
      return exitCodes.found;
  }
}

/** What every command prints for an error with `--json`. */
export function errorJson(error: unknown): {
  readonly error: { name: string; message: string; actions: readonly string[]; exitCode: number };
} {
  const exitCode = exitCodeOf(error);
  if (!(error instanceof Error)) return { error: { name: 'Error', message: String(error), actions: [], exitCode } };
  const usage = isUsageError(error);
  const name = usage ? 'UsageError' : error.name;
  const actions = error instanceof PlumblineError ? error.actions : usage ? ['See what it takes with --help.'] : [];
  return { error: { name, message: error.message, actions, exitCode } };
}

/** The errors of oclif carry the code that they end with; told by their shape, since the worker has no use for oclif. */
function isUsageError(error: unknown): boolean {
  if (!(error instanceof Error) || !('oclif' in error)) return false;
  const { oclif } = error;
  return typeof oclif === 'object' && oclif !== null && 'exit' in oclif && oclif.exit === exitCodes.usage;
}
