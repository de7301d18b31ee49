import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { RetryError, SettingsError, WaitError } from '../engine/index.ts';
import { backOff, failureOf, retry, retryAfter } from './index.ts';
import { VirtualClock } from '../engine/testing/index.ts';

const doing = 'the update of 3 users';
const answer = (status: number, headers: Record<string, string> = {}): Response =>
  new Response('', { status, headers });

test('each status says what to do next, and the error says what was asked', () => {
  const next = {
    400: 'fixSettings',
    401: 'fixSettings',
    403: 'fixSettings',
    404: 'fixSettings',
    408: 'retry',
    413: 'fixRecord',
    425: 'retry',
    429: 'wait',
    500: 'retry',
    502: 'retry',
    503: 'retry',
    504: 'retry',
    501: 'fixSettings',
  };
  for (const [status, expected] of Object.entries(next)) {
    const failure = failureOf(answer(Number(status)), { doing, now: 0 });
    assert.equal(failure.next, expected, status);
    assert.equal(failure.message, `${doing} was answered with status ${status}.`);
    assert.ok(failure.actions.length > 0);
  }
  assert.equal(failureOf(answer(401), { doing, now: 0 }).name, 'CredentialsError');
});

test('a wait ends when Retry-After says, in seconds or by date, else after a second', () => {
  const now = Date.UTC(2026, 0, 1);
  const until = (headers: Record<string, string>, status = 429): number | undefined => {
    const failure = failureOf(answer(status, headers), { doing, now });
    return failure instanceof WaitError ? failure.untilMilliseconds : undefined;
  };
  assert.equal(until({ 'retry-after': '7' }), now + 7_000);
  assert.equal(until({ 'retry-after': new Date(now + 90_000).toUTCString() }), now + 90_000);
  assert.equal(until({}), now + 1_000);
  assert.equal(until({ 'retry-after': 'soon' }), now + 1_000);
  assert.equal(until({ 'retry-after': '7' }, 503), now + 7_000);
  assert.equal(until({}, 503), undefined);
  assert.equal(retryAfter(new Headers({ 'retry-after': new Date(now - 90_000).toUTCString() }), now), now);
});

test('back-off doubles up to five minutes, at least half of it kept', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 5_000 }),
      fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      (attempt, random) => {
        const whole = Math.min(300_000, 1_000 * 2 ** (attempt - 1));
        const wait = backOff(attempt, () => random);
        assert.ok(wait >= whole / 2 && wait <= whole, `${wait} of ${whole}`);
      },
    ),
  );
});

test('a read is repeated after passing faults only, as often as it may', async () => {
  const clock = new VirtualClock();
  const begun = clock.now();
  const waits: number[] = [];
  const failing = (error: Error) => async (): Promise<never> => {
    waits.push(clock.now() - begun);
    throw error;
  };
  const options = { clock, random: () => 0, attempts: 4 };
  const passing = assert.rejects(retry(failing(new RetryError('cut', [])), options), { message: 'cut' });
  await clock.run(passing);
  assert.deepEqual(waits, [0, 500, 1_500, 3_500]);

  waits.length = 0;
  await assert.rejects(retry(failing(new SettingsError('wrong', [])), options), { message: 'wrong' });
  assert.equal(waits.length, 1);

  let tries = 0;
  const second = retry(async () => {
    if (++tries < 2) throw new RetryError('cut', []);
    return 'read';
  }, options);
  assert.equal(await clock.run(second), 'read');
});
