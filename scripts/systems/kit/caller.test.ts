import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CredentialsError, RetryError, SettingsError, WaitError } from '../../engine/index.ts';
import { VirtualClock } from '../../engine/testing/index.ts';
import { Lane, NotSentError } from '../../http/index.ts';
import { createCaller, type Call, type Caller } from './index.ts';

function setUp(answer: (request: Request) => Response | Promise<Response>): {
  readonly caller: Caller<number>;
  readonly call: Call;
  readonly clock: VirtualClock;
} {
  const clock = new VirtualClock();
  const lane = new Lane({ clock, limits: { requests: 100, windowMilliseconds: 1_000, maxInFlight: 1 } });
  const caller = createCaller<number>(
    { baseUrl: 'https://vendor.local', transport: async (request) => await answer(request), clock, random: () => 0.5 },
    {
      system: 'Vendor',
      headers: { 'x-key': 'secret' },
      refusalOf: ({ status }) => (status < 300 ? undefined : status),
      isLimit: (status) => status === 429,
      credentialsError: (status) => (status === 401 ? new CredentialsError('The key is wrong.', []) : undefined),
      refusalError: (status, path) => new SettingsError(`Vendor refused ${path}: ${status}.`, []),
    },
  );
  return { caller, call: { lane, urgency: 'live', method: 'GET', path: '/things?of=1' }, clock };
}

test('a request has the credential and its own headers, and says that its body is JSON', async () => {
  const seen: Request[] = [];
  const { caller, call } = setUp((request) => {
    seen.push(request);
    return Response.json({ fine: true });
  });
  assert.deepEqual(await caller.call(call), { kind: 'taken', body: { fine: true } });
  await caller.call({ ...call, method: 'POST', body: '{"a":1}', headers: { 'x-form': 'base64' } });
  const [first, second] = seen as [Request, Request];
  assert.deepEqual([first.url, first.headers.get('x-key')], ['https://vendor.local/things?of=1', 'secret']);
  assert.equal(first.headers.get('content-type'), null);
  assert.deepEqual([second.headers.get('content-type'), second.headers.get('x-form')], ['application/json', 'base64']);
  assert.equal(await second.text(), '{"a":1}');
});

test('what was never sent has failed, what may have been applied is unanswered', async () => {
  const answers: readonly (readonly [() => Response, string])[] = [
    [
      () => {
        throw new TypeError('terminated');
      },
      'unanswered',
    ],
    [() => new Response('<html>', { status: 503 }), 'unanswered'],
    [() => new Response('{"cut":', { status: 200 }), 'unanswered'],
    [() => new Response('<html>', { status: 400 }), 'refused'],
    [
      () => {
        throw new NotSentError('No connection.');
      },
      'failed',
    ],
    [() => new Response('', { status: 401 }), 'failed'],
  ];
  for (const [answer, kind] of answers) {
    const { caller, call } = setUp(answer);
    assert.equal((await caller.call(call)).kind, kind, String(answer));
  }
});

test('each limit that is met in a row pauses the lane for longer, until a request is taken', async () => {
  const statuses = [429, 429, 429, 200, 429];
  const { caller, call, clock } = setUp(() => Response.json({}, { status: statuses.shift() ?? 500 }));
  const pauses: number[] = [];
  while (statuses.length > 0) {
    const askedAt = clock.now();
    const asked = caller.call(call);
    await clock.pass(600_000);
    const reply = await asked;
    if (reply.kind !== 'failed') continue;
    assert(reply.error instanceof WaitError);
    pauses.push(reply.error.untilMilliseconds - askedAt);
  }
  const [first, second, third, again] = pauses as [number, number, number, number];
  assert(first < second && second < third, pauses.join());
  assert.equal(again, first);
});

test('a read throws what to do next', async () => {
  const errors: readonly (readonly [number, new (...given: never[]) => Error])[] = [
    [404, SettingsError],
    [401, CredentialsError],
    [429, WaitError],
    [500, RetryError],
  ];
  for (const [status, kind] of errors) {
    const { caller, call } = setUp(() => Response.json({}, { status }));
    await assert.rejects(caller.read(call), kind, String(status));
  }
  const { caller, call } = setUp(() => Response.json([1]));
  assert.deepEqual(await caller.read(call), [1]);
});
