import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Delivery, TargetRecord } from '../../engine/index.ts';
import { WaitError } from '../../engine/index.ts';
import { bulkResult, refused, testTarget, user, usersOf } from './test-target.ts';

const started = async (): Promise<void> => undefined;

function sending(answer: (body: string, request: Request) => Response | Promise<Response>, settings: object = {}) {
  const bodies: string[] = [];
  const { target, world } = testTarget(async (request) => {
    const body = await request.text();
    bodies.push(body);
    return await answer(body, request);
  }, settings);
  return {
    bodies,
    world,
    target,
    send: async (records: readonly TargetRecord[]) => await target.send('user', records, 'bulk', started),
    async deliveries(records: readonly TargetRecord[]): Promise<readonly Delivery[]> {
      const result = await target.send('user', records, 'bulk', started);
      assert.equal(result.kind, 'answered');
      return result.kind === 'answered' ? result.deliveries : [];
    },
  };
}

function users(count: number, dataFields: object = {}): TargetRecord[] {
  return Array.from({ length: count }, (_none, number) => user(`u${number}@x.example`, dataFields));
}

function outcomes(deliveries: readonly Delivery[]): string[] {
  return deliveries.map((delivery) => ('reason' in delivery ? `${delivery.kind} ${delivery.reason}` : delivery.kind));
}

test('I-16: a whole batch goes in one bulk update that merges nested objects', async () => {
  const { deliveries, bodies, world } = sending((body, request) => {
    assert.equal(request.url, 'https://api.iterable.com/api/users/bulkUpdate');
    assert.equal(request.headers.get('api-key'), 'iterable-secret-key');
    return bulkResult(body);
  });
  const answered = await deliveries(users(1_000, { Name: { First: 'Ada' } }));
  assert.ok(answered.every(({ kind }) => kind === 'delivered') && answered.length === 1_000);
  assert.equal(bodies.length, 1);
  assert.match(bodies[0] ?? '', /,"createNewFields":true}$/);
  assert.deepEqual(usersOf(bodies[0] ?? '')[7], {
    email: 'u7@x.example',
    dataFields: { Name: { First: 'Ada' } },
    mergeNestedObjects: true,
  });
  assert.deepEqual(world.slept, []);
});

test('the key is what the engine compares by, however the mapping spells it', async () => {
  const { deliveries, bodies } = sending((body) => bulkResult(body));
  await deliveries([
    { key: 'ada@x.example', action: 'upsert', json: '{"dataFields":{"a":1},"email":" Ada@X.example"}' },
    { key: 'bob@x.example', action: 'upsert', json: '{"dataFields":{"a":2}}' },
    { key: 'c@x.example', action: 'upsert', json: '{"email":"c@x.example"}' },
  ]);
  assert.deepEqual(usersOf(bodies[0] ?? ''), [
    { email: 'ada@x.example', dataFields: { a: 1 }, mergeNestedObjects: true },
    { email: 'bob@x.example', dataFields: { a: 2 }, mergeNestedObjects: true },
    { email: 'c@x.example', mergeNestedObjects: true },
  ]);
});

test('K-07: each bucket of failed users is a reason of its record, whatever the case', async () => {
  const buckets = {
    invalidEmails: ['U0@X.example'],
    notFoundEmails: ['u1@x.example'],
    invalidDataEmails: ['U2@x.EXAMPLE'],
    conflictEmails: ['u3@x.example'],
    forgottenEmails: ['u4@x.example'],
  };
  const { deliveries } = sending((body) => bulkResult(body, buckets));
  assert.deepEqual(outcomes(await deliveries(users(6))), [
    'rejected rejected-invalid-key',
    'rejected rejected-not-found',
    'rejected rejected-type-mismatch',
    'rejected rejected-conflict',
    'rejected rejected-forgotten',
    'delivered',
  ]);
});

test('in a hybrid project a failed user is found by its email too', async () => {
  const { deliveries } = sending((body) => bulkResult(body, { conflictEmails: ['ADA@x.example'] }), {
    identity: 'hybrid',
  });
  const ada = { key: 'U-1', action: 'upsert', json: '{"userId":"U-1","email":"ada@x.example"}' } as const;
  const bob = { key: 'U-2', action: 'upsert', json: '{"userId":"U-2","email":"bob@x.example"}' } as const;
  assert.deepEqual(outcomes(await deliveries([bob, ada])), ['delivered', 'rejected rejected-conflict']);
});

test('a failure that Iterable counts but does not name is narrowed down, never taken for delivered', async () => {
  const { deliveries, bodies } = sending((body) => {
    const failCount = usersOf(body).filter(({ email }) => email === 'u5@x.example').length;
    return Response.json({ successCount: 0, failCount, failedUpdates: {} });
  });
  const answered = outcomes(await deliveries(users(8)));
  assert.deepEqual(
    answered.filter((outcome) => outcome !== 'delivered'),
    ['rejected rejected-by-target'],
  );
  assert.equal(answered[5], 'rejected rejected-by-target');
  assert.ok(bodies.length < 10);
});

const mismatch = (): Response =>
  refused(400, 'RequestFieldsTypesMismatched', {
    params: {
      validationErrors: {
        'p:::score': { expectedType: 'long', incomingTypes: ['string'], offendingValue: 'hidden words' },
      },
    },
  });

test('a batch refused for types is split down to the culprits, and the others arrive', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 60 }),
      fc.array(fc.nat(59), { maxLength: 3 }),
      async (count, culprits) => {
        const arrived = new Set<string>();
        const { deliveries } = sending((body) => {
          const sent = usersOf(body);
          if (sent.some(({ dataFields }) => typeof dataFields?.['score'] === 'string')) return mismatch();
          for (const { email } of sent) arrived.add(email ?? '');
          return bulkResult(body);
        });
        // Texts of different looks, so that each culprit has to be found by itself.
        const looks = ['many', '12', '2026-11-21'];
        const records = users(count, { score: 5 }).map((record, place) => {
          const rank = culprits.indexOf(place);
          return rank < 0 ? record : user(record.key, { score: looks[rank] });
        });
        const answered = await deliveries(records);
        for (const [place, delivery] of answered.entries()) {
          const wrong = culprits.includes(place);
          assert.equal(delivery.kind, wrong ? 'rejected' : 'delivered');
          assert.equal(arrived.has(records[place]?.key ?? ''), !wrong);
          if (delivery.kind === 'rejected')
            assert.equal(delivery.detail, 'The field score is a long in the Iterable project.');
        }
      },
    ),
    { numRuns: 60 },
  );
});

test('a batch where all are wrong alike is not asked for one by one', async () => {
  const { deliveries, bodies } = sending(() => mismatch());
  const answered = await deliveries(users(1_000, { score: 'many' }));
  assert.ok(answered.every((delivery) => delivery.kind === 'rejected' && delivery.reason === 'rejected-type-mismatch'));
  assert.equal(bodies.length, 11);
});

test('a batch of nothing but culprits has an end, and what is open is tried again', async () => {
  const { deliveries, bodies } = sending(() => refused(400, 'BadParams'));
  const answered = outcomes(await deliveries(users(1_000)));
  assert.equal(bodies.length, 64);
  assert.deepEqual([...new Set(answered)].sort(), ['rejected rejected-by-target', 'retry passing-fault']);
});

test('K-04: a body that is too large is halved, and a record too large alone is rejected', async () => {
  for (const answer of [() => new Response('too large', { status: 413 }), () => refused(400, 'BatchTooLarge')]) {
    const { deliveries } = sending((body) => (body.length > 400 ? answer() : bulkResult(body)));
    const answered = outcomes(await deliveries([...users(9), user('big@x.example', { text: 'x'.repeat(500) })]));
    assert.deepEqual(answered, [...Array.from({ length: 9 }, () => 'delivered'), 'rejected record-too-large']);
  }
});

test('a body that is no valid JSON names the path, and only that record is rejected', async () => {
  const { deliveries, bodies } = sending((body) =>
    usersOf(body).some(({ email }) => email === 'u1@x.example')
      ? refused(400, 'BadJsonBody', { params: { 'obj.users[1].preferUserId': 'Boolean value expected' } })
      : bulkResult(body),
  );
  const answered = await deliveries(users(5));
  assert.deepEqual(answered[1], {
    kind: 'rejected',
    reason: 'rejected-by-target',
    detail: 'preferUserId: Boolean value expected.',
  });
  assert.equal(answered.filter(({ kind }) => kind === 'delivered').length, 4);
  assert.equal(bodies.length, 2);
});

test('K-06: an answer of status 200 whose code is not Success is a failure', async () => {
  const { deliveries } = sending(() =>
    Response.json({ code: 'UniqueFieldsLimitExceeded', msg: 'too many', params: null }),
  );
  assert.deepEqual(outcomes(await deliveries(users(1))), ['rejected rejected-too-many-fields']);
});

test('a limit that is met pauses the lane, longer each time, until a request is taken', async () => {
  let limited = 3;
  const { send, world } = sending((body) => (limited-- > 0 ? refused(429, 'RateLimitExceeded') : bulkResult(body)));
  for (let time = 0; time < 3; time += 1) {
    const result = await send(users(1));
    assert.ok(result.kind === 'refused' && result.error instanceof WaitError);
    assert.ok(result.error.untilMilliseconds > world.clock.now());
  }
  assert.equal((await send(users(1))).kind, 'answered');
  assert.deepEqual(
    world.slept.map((slept) => Math.round(slept / 750)),
    [1, 2, 4],
  );
});

test('a limit met in the middle of a narrowed batch leaves what is settled settled', async () => {
  let requests = 0;
  const { deliveries } = sending((body) => {
    requests += 1;
    if (requests === 1) return refused(400, 'BadParams');
    return requests === 2 ? bulkResult(body) : refused(429, 'RateLimitExceeded');
  });
  assert.deepEqual(outcomes(await deliveries(users(2))), ['delivered', 'retry waiting-for-limit']);
});

test('a narrowed batch that is cut off in the middle is unanswered as a whole, since some of it may come late', async () => {
  let requests = 0;
  const { send } = sending((body) => {
    requests += 1;
    if (requests === 1) return refused(400, 'BadParams');
    return requests === 2 ? bulkResult(body) : Promise.reject(new TypeError('terminated'));
  });
  assert.equal((await send(users(2))).kind, 'unanswered');
});

test('no delivery carries a value of the record', async () => {
  const { deliveries } = sending(() =>
    refused(400, 'InvalidEmailAddressError', { msg: 'Invalid email: secret@x.example' }),
  );
  const [delivery] = await deliveries([user('secret@x.example')]);
  assert.ok(delivery?.kind === 'rejected' && delivery.reason === 'rejected-invalid-key');
  assert.doesNotMatch(delivery.detail, /secret/);
});
