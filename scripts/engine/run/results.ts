import { isExhausted, retryBudgets, retryDelay, type Candidate, type Result, type RetryBudget } from '../plan/index.ts';
import type { Delivery, Random } from '../ports/index.ts';
import type { ReasonCode } from '../reasons/index.ts';
import type { Held } from './hold.ts';

/** One record's answer in the planner's words. A retry takes from the record's own budget (K-17). */
export function resultOf(
  delivery: Delivery,
  candidate: Candidate,
  lateMilliseconds: number,
  now: number,
  random: Random,
): Result {
  if (delivery.kind === 'delivered') return delivery;
  if (delivery.kind === 'unanswered')
    return unansweredResult(candidate, delivery.detail, lateMilliseconds, now, random);
  const { reason, detail } = delivery;
  if (delivery.kind === 'rejected') return { kind: 'failed', reason, detail, maybeApplied: false };
  return retry(
    candidate,
    retryBudgets.fault,
    { reason, detail, maybeApplied: false },
    delivery.afterMilliseconds ?? 0,
    now,
    random,
  );
}

/** A request without an answer: sent once more when it can no longer be applied late. */
export function unansweredResult(
  candidate: Candidate,
  detail: string,
  lateMilliseconds: number,
  now: number,
  random: Random,
): Result {
  const why = { reason: 'unanswered-request', detail, maybeApplied: true } as const;
  return retry(candidate, retryBudgets.unanswered, why, lateMilliseconds, now, random);
}

/** A request of which nothing was applied. Waiting for a limit or for a person is no attempt of the record's. */
export function refusedResult(candidate: Candidate, held: Held, now: number, random: Random): Result {
  const { reason, detail } = held;
  if (reason === 'passing-fault') {
    return retry(candidate, retryBudgets.fault, { reason, detail, maybeApplied: false }, held.until - now, now, random);
  }
  return { kind: 'held', reason, detail, dueAt: held.until, countAttempt: false, maybeApplied: false };
}

function retry(
  { work }: Candidate,
  budget: RetryBudget,
  why: { readonly reason: ReasonCode; readonly detail: string; readonly maybeApplied: boolean },
  atLeast: number,
  now: number,
  random: Random,
): Result {
  const attempts = (work?.attempts ?? 0) + 1;
  if (isExhausted(budget, attempts, work?.firstFailedAt, now)) {
    return { kind: 'failed', reason: 'retries-exhausted', detail: why.detail, maybeApplied: why.maybeApplied };
  }
  return {
    kind: 'held',
    ...why,
    dueAt: now + Math.max(atLeast, retryDelay(budget, attempts, random)),
    countAttempt: true,
  };
}
