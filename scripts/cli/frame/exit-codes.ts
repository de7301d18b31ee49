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
  if (!(error instanceof PlumblineError)) return exitCodes.unexpected;
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
