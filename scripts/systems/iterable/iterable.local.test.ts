import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createLocalIterable, type LocalIterableOptions } from '../../../local/systems/iterable/index.ts';
import { testKey, testTarget, user } from './test-target.ts';

const started = async (): Promise<void> => undefined;

function local(options: Partial<LocalIterableOptions> = {}, settings: object = {}) {
  const connected = testTarget((request) => iterable.fetch(request), settings);
  const clock = { now: () => connected.world.clock.now(), after: () => assert.fail('nothing falls due later here') };
  const iterable = createLocalIterable({ apiKeys: [testKey], clock, ...options });
  return { iterable, ...connected };
}

const nested = { Name: { First: 'Ada' }, Salesforce: { Id: '00Q1' } };

test('users arrive nested, and what is nested beside them stays, in the local Iterable', async () => {
  const { iterable, target } = local();
  await target.send('user', [user('ada@x.example', nested)], 'live', started);
  await target.send('user', [user('ada@x.example', { Name: { Last: 'Lovelace' } })], 'live', started);
  assert.deepEqual(
    [...iterable.control.users()].map(({ email, dataFields }) => ({ email, dataFields })),
    [{ email: 'ada@x.example', dataFields: { Name: { First: 'Ada', Last: 'Lovelace' }, Salesforce: { Id: '00Q1' } } }],
  );
  assert.equal((await target.read('user', ['ada@x.example', 'no@x.example'])).size, 1);
  assert.equal((await target.describe('user')).fields.get('dataFields.Salesforce.Id')?.type, 'string');
  await target.check();
});

for (const typeMismatch of ['user', 'batch'] as const) {
  test(`a wrong type fails its record alone, told by ${typeMismatch}, in the local Iterable`, async () => {
    const { iterable, target } = local({ typeMismatch });
    await target.send('user', [user('first@x.example', { score: 1 })], 'live', started);
    const batch = Array.from({ length: 20 }, (_none, number) =>
      user(`u${number}@x.example`, { score: number === 13 ? 'many' : number }),
    );
    const result = await target.send('user', batch, 'bulk', started);
    assert.ok(result.kind === 'answered');
    const rejected = result.deliveries.flatMap((delivery, place) =>
      delivery.kind === 'rejected' ? [[place, delivery.reason]] : [],
    );
    assert.deepEqual(rejected, [[13, 'rejected-type-mismatch']]);
    assert.equal([...iterable.control.users()].length, 20);
  });
}

test('the limit of the local Iterable is kept: no request is throttled', async () => {
  const { iterable, target } = local();
  const batches = Array.from({ length: 12 }, (_none, number) => [user(`u${number}@x.example`, nested)]);
  const results = await Promise.all(batches.map((batch) => target.send('user', batch, 'bulk', started)));
  assert.ok(results.every(({ kind }) => kind === 'answered'));
  assert.equal([...iterable.control.users()].length, 12);
  assert.equal(iterable.control.stats()['throttled'], 0);
});

test('a user who is forgotten is gone, and a wrong key says so, in the local Iterable', async () => {
  const { iterable, target } = local();
  await target.send('user', [user('ada@x.example', nested)], 'live', started);
  const result = await target.send('user', [{ key: 'ada@x.example', action: 'delete', json: '' }], 'live', started);
  assert.deepEqual(result, { kind: 'answered', deliveries: [{ kind: 'delivered' }] });
  assert.equal([...iterable.control.users()].length, 0);
  await assert.rejects(local({ apiKeys: ['another'] }).target.check(), /does not accept the API key/);
});
