import { WaitError, SettingsError, CredentialsError, type PlumblineError, type Random } from '../../engine/index.ts';

const firstPause = 1_000;
const longestPause = 60_000;
/** An object may be selected for change events at any time. */
const refusedPause = 15 * 60_000;

/** Milliseconds until a stream is opened again, after `failures` in a row; with jitter, so that workers do not meet. */
export function pauseAfter(error: PlumblineError | undefined, failures: number, now: number, random: Random): number {
  if (error instanceof WaitError) return Math.max(firstPause, error.untilMilliseconds - now);
  if (error instanceof SettingsError && !(error instanceof CredentialsError)) return refusedPause;
  const pause = Math.min(longestPause, firstPause * 2 ** Math.min(failures, 10));
  return pause * (0.5 + random() / 2);
}
