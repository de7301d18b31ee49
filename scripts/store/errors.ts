import { PlumblineError, RetryError, SettingsError } from '../engine/index.ts';

const unreachable = 'Check that the folder exists and that the worker may write to it.';

const mends: Readonly<Record<number, { readonly what: string; readonly action: string }>> = {
  8: { what: 'is read-only', action: 'Give the worker the right to write to the file and its folder.' },
  10: { what: 'could not be read or written by the disk', action: 'Check the disk, then start the worker again.' },
  11: {
    what: 'is damaged',
    action: 'Restore the file from a backup, or move it away: a full backfill builds it anew.',
  },
  13: { what: 'could not grow: the disk is full', action: 'Free space on the disk, then start the worker again.' },
  14: { what: 'could not be opened', action: unreachable },
  26: { what: 'is not a Plumbline store', action: 'Name another file, or move this one away.' },
};

/** What the file system or SQLite reports (its primary result code), in terms of what to do next; any other error stays as it is. */
export function storeError(error: unknown, file: string): unknown {
  if (error instanceof PlumblineError || !(error instanceof Error)) return error;
  if ('syscall' in error && 'code' in error) {
    return new SettingsError(`The store ${file} could not be opened (${String(error.code)}).`, [unreachable], {
      cause: error,
    });
  }
  if (!('errcode' in error)) return error;
  const code = Number(error.errcode) & 0xff;
  if (code === 5 || code === 6) {
    return new RetryError(`The store ${file} is locked by another process.`, ['Try again in a moment.'], {
      cause: error,
    });
  }
  const mend = mends[code];
  return mend ? new SettingsError(`The store ${file} ${mend.what}.`, [mend.action], { cause: error }) : error;
}
