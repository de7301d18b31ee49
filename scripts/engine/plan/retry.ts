import type { Random } from '../ports/index.ts';

/** How often and how long one record is tried again. */
export interface RetryBudget {
  readonly attempts: number;
  /** Milliseconds since its first failed attempt. */
  readonly ageMilliseconds: number;
  readonly firstDelayMilliseconds: number;
  readonly longestDelayMilliseconds: number;
}

/** A fault that passes is worth a day; a lost request is sent again a few times (K-17). */
export const retryBudgets = {
  fault: {
    attempts: 12,
    ageMilliseconds: 86_400_000,
    firstDelayMilliseconds: 2_000,
    longestDelayMilliseconds: 1_800_000,
  },
  unanswered: {
    attempts: 20,
    ageMilliseconds: 86_400_000,
    firstDelayMilliseconds: 1_000,
    longestDelayMilliseconds: 600_000,
  },
} as const satisfies Readonly<Record<string, RetryBudget>>;

/** Milliseconds to wait after the attempt number `attempts` (1 is the first) failed: exponential, capped, with jitter. */
export function retryDelay(budget: RetryBudget, attempts: number, random: Random): number {
  const full = Math.min(
    budget.longestDelayMilliseconds,
    budget.firstDelayMilliseconds * 2 ** Math.min(attempts - 1, 30),
  );
  return Math.round(full / 2 + (full / 2) * random());
}

/** True when a record that has failed `attempts` times, first at `firstFailedAt`, is not tried again. */
export function isExhausted(
  budget: RetryBudget,
  attempts: number,
  firstFailedAt: number | undefined,
  now: number,
): boolean {
  return attempts >= budget.attempts || (firstFailedAt !== undefined && now - firstFailedAt >= budget.ageMilliseconds);
}
