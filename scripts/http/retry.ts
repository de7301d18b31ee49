import {
  CredentialsError,
  RecordError,
  RetryError,
  SettingsError,
  WaitError,
  type Clock,
  type PlumblineError,
  type Random,
} from '../engine/index.ts';

/** Statuses after which the same request may work in a moment (RFC 9110, RFC 8470, and 5xx of gateways). */
const passing: ReadonlySet<number> = new Set([408, 425, 500, 502, 503, 504]);

/** Wait after a 429 that does not say how long, in milliseconds. */
const unnamedWait = 1_000;

/**
 * An answer that is not a success, by what to do next, when the system has no better word for it. `doing` says what was
 * asked as a noun (`the update of 1,000 users`), `now` is in milliseconds since 1970.
 */
export function failureOf(
  response: Response,
  context: { readonly doing: string; readonly now: number },
): PlumblineError {
  const { status } = response;
  const what = `${context.doing} was answered with status ${status}.`;
  const until = retryAfter(response.headers, context.now);
  if (status === 429 || (status === 503 && until !== undefined)) {
    return new WaitError(what, until ?? context.now + unnamedWait, ['Nothing to do: it goes on by itself.']);
  }
  if (status === 401) return new CredentialsError(what, ['Renew the credentials of this connection.']);
  if (status === 403) return new SettingsError(what, ['Give these credentials the right to do this.']);
  if (passing.has(status)) return new RetryError(what, ['Nothing to do: it is tried again by itself.']);
  if (status === 413) return new RecordError(what, ['Map fewer or shorter fields, so that the record gets smaller.']);
  return new SettingsError(what, ['Check the settings of this connection.']);
}

/** When `Retry-After` (seconds or a date) lets the next request go, milliseconds since 1970; absent without one. */
export function retryAfter(headers: Headers, now: number): number | undefined {
  const value = headers.get('retry-after')?.trim();
  if (!value) return undefined;
  if (/^\d+$/.test(value)) return now + Number(value) * 1_000;
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(now, date);
}

const firstBackOff = 1_000;
const longestBackOff = 5 * 60_000;

/** Milliseconds to wait before the try after failed try number `attempt` (1 the first): doubling, half of it random. */
export function backOff(attempt: number, random: Random): number {
  const whole = Math.min(longestBackOff, firstBackOff * 2 ** Math.min(attempt - 1, 30));
  return Math.round(whole * (0.5 + random() / 2));
}

/**
 * Runs a task that may be repeated (a read) until it works, at most `attempts` times: again after a `RetryError`, with
 * back-off. Any other error, and the last, is thrown on. Never for a write: a write is planned again instead.
 */
export async function retry<Result>(
  task: () => Promise<Result>,
  options: { readonly clock: Clock; readonly random: Random; readonly attempts: number; readonly signal?: AbortSignal },
): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await task();
    } catch (error) {
      if (!(error instanceof RetryError) || attempt >= options.attempts) throw error;
      await options.clock.sleep(backOff(attempt, options.random), options.signal);
    }
  }
}
