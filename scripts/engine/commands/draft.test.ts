import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SyncConfiguration } from '../configuration.ts';
import { RetryError } from '../errors.ts';
import { fakeSetup, MemoryStore, FakeControl, syncConfiguration, World } from '../testing/index.ts';
import type { Answer, CommandKind } from '../ports/index.ts';
import { answerCommand } from './answer.ts';

const draft = 'a01000000000001AAA';

/** A worker that nothing is activated for, and one sync that is being set up. */
function settingUp(change: Partial<SyncConfiguration> = {}) {
  const world = new World();
  const control = new FakeControl();
  const connection = { name: 'mail', system: 'fake', settings: {} };
  control.drafts.set(draft, { connection, sync: syncConfiguration('people', change) });
  const store = new MemoryStore(world.clock, world.disk);
  const ask = async (kind: CommandKind, target: string, more: Record<string, unknown> = {}): Promise<Answer> => {
    const { clock, random, makeId, source, target: end } = world;
    const context = {
      ...{ store, control, clock, random, makeId, session: undefined },
      salesforce: { source },
      connect: async () => ({ target: end }),
      setup: fakeSetup([syncConfiguration('people')]),
      exclusions: { has: () => false },
      changedRuns: () => undefined,
    };
    await store.acquire('test', clock.now(), 600_000);
    const command = { id: 'c', kind, target, arguments: { draft, ...more } };
    return await world.run(answerCommand(command, context));
  };
  const body = async (...asked: Parameters<typeof ask>): Promise<Record<string, unknown>> => {
    const answer = await ask(...asked);
    assert.ok(answer.ok, JSON.stringify(answer));
    return answer.body as Record<string, unknown>;
  };
  return { world, control, store, ask, body };
}

test('P-46: a preview of a draft shows each field before and after, and writes nothing', async () => {
  const { world, body, store } = settingUp();
  world.source.save('Person', 'p1', { Mail: 'Ada@X.example', Name: 'Ada' });
  const answer = await body('preview', 'people/p1');
  assert.equal(answer['action'], 'create');
  assert.deepEqual((answer['fields'] as { source: string; after: unknown; changed: boolean }[])[0], {
    source: 'Mail',
    target: 'mail',
    before: undefined,
    after: 'ada@x.example',
    changed: true,
  });
  world.source.save('Person', 'p2', { Name: 'Nobody' });
  const skipped = await body('preview', 'people/p2');
  assert.equal(skipped['action'], 'skip');
  assert.match(String(skipped['sentence']), /empty/);
  assert.equal(world.target.requests.length, 0);
  assert.equal((await store.rows('people', ['p1'])).size, 0);
});

test('P-46: a test of a draft writes this one record and shows both sides', async () => {
  const { world, body, control } = settingUp();
  control.paused = new Set(['people']);
  world.source.save('Person', 'p1', { Mail: 'ada@x.example', Name: 'Ada' });
  world.source.save('Person', 'p2', { Mail: 'bob@x.example', Name: 'Bob' });
  const answer = await body('test', 'people/p1');
  assert.equal(answer['outcome'], 'created');
  const fields = answer['fields'] as { target: string; salesforce: unknown; system: unknown; same: boolean }[];
  assert.deepEqual(
    fields.find(({ target }) => target === 'data.name'),
    { source: 'Name', target: 'data.name', salesforce: 'Ada', system: 'Ada', same: true },
  );
  assert.ok(fields.every(({ same }) => same));
  assert.deepEqual([...world.target.records.keys()], ['ada@x.example']);
  assert.equal((await body('preview', 'people/p1'))['action'], 'unchanged');
});

test('a test is refused while the connection is paused', async () => {
  const { world, ask, control } = settingUp();
  control.paused = new Set(['mail']);
  world.source.save('Person', 'p1', { Mail: 'ada@x.example' });
  const answer = await ask('test', 'people/p1');
  assert.ok(!answer.ok && /mail is paused/.test(answer.message));
  assert.equal(world.target.requests.length, 0);
});

test('P-56: match counts blank, invalid and shared keys, with examples', async () => {
  const { world, body } = settingUp({ mappings: [] });
  const mails = ['a@x.example', 'A@x.example', 'b@x.example', null, 'no-key-at-all'];
  mails.forEach((Mail, index) => world.source.save('Person', `p${index}`, { Mail, Name: `N${index}` }));
  const answer = await body('match', 'people', { examples: 5 });
  const { examples, ...counts } = answer;
  const invalid = world.target.normaliseKey('user', 'no-key-at-all');
  const expectedInvalid = 'reason' in invalid ? 1 : 0;
  assert.deepEqual(counts, {
    records: 5,
    withKey: 4 - expectedInvalid,
    blank: 1,
    invalid: expectedInvalid,
    duplicates: 2,
  });
  const [shared] = examples as { kind: string; records: { id: string; name: string }[] }[];
  assert.equal(shared?.kind, 'duplicate');
  assert.deepEqual(shared.records, [
    { id: 'p0', name: 'N0' },
    { id: 'p1', name: 'N1' },
  ]);
});

test('a draft that maps nothing yet is described and checked', async () => {
  const { body, world } = settingUp({ mappings: [] });
  world.source.save('Person', 'p1', { Mail: 'a@x.example' });
  const described = await body('describe', 'mail', { object: 'user' });
  assert.equal(described['object'], 'user');
  assert.equal((described['suggestions'] as unknown[]).length, 4);
  const { objects, fields } = await body('describe', 'mail', { objects: true });
  assert.deepEqual([objects, fields], [[{ name: 'user', label: 'user' }], []]);
  const { systems } = (await body('systems', 'mail')) as { systems: Record<string, unknown>[] };
  assert.deepEqual(systems[0]?.['settings'], [
    { name: 'region', label: 'Data centre', options: [{ value: 'us', label: 'United States' }], value: 'us' },
  ]);
  assert.deepEqual(
    (systems[0]?.['syncs'] as SyncConfiguration[]).map(({ name, connection }) => [name, connection]),
    [['people', 'mail']],
  );
  const { checks, org, secrets } = await body('check', 'people');
  assert.ok(
    (checks as { ok: boolean }[]).every(({ ok }) => ok),
    JSON.stringify(checks),
  );
  assert.deepEqual(org, { id: 'org', sandbox: true, user: 'worker@example.com' });
  assert.deepEqual(secrets, [{ connection: 'mail', present: true, variable: 'PLUMBLINE_MAIL_KEY' }]);
  assert.deepEqual((await body('rights', 'people'))['missing'], []);
});

test('N-01, N-03: a plan of a draft names record, source and reasons in words; an explanation says where values come from', async () => {
  const { world, body } = settingUp();
  world.source.save('Person', 'p1', { Mail: 'ada@x.example', Name: 'Ada' });
  world.source.save('Person', 'p2', { Name: 'Nobody' });
  const plan = await body('plan', 'people');
  const [change] = plan['changes'] as { record: string; fields: { source: string; path: string }[] }[];
  assert.equal(change?.record, 'p1');
  assert.ok(change.fields.some(({ source, path }) => source === 'Name' && path === 'data.name'));
  const [row] = plan['reasonRows'] as { code: string; outcome: string; records: number; sentence: string }[];
  assert.deepEqual([row?.code, row?.outcome, row?.records], ['no-key', 'skipped', 1]);
  await body('test', 'people/p1');
  const explained = await body('explain', 'people/p1');
  const { writtenAt, value, system } = (explained['fields'] as Record<string, unknown>[])[2] ?? {};
  assert.deepEqual([value, system, writtenAt], ['Ada', 'Salesforce', explained['lastSync']]);
  assert.ok(typeof writtenAt === 'number');
  const replaced = async (): Promise<unknown> =>
    ((await body('explain', 'people/p1'))['fields'] as { replaced?: unknown }[])[2]?.replaced;
  assert.equal(await replaced(), undefined, 'both sides say the same');
  world.source.save('Person', 'p1', { Mail: 'ada@x.example', Name: 'Ada L.' });
  assert.equal(await replaced(), 'Ada', 'what sending would replace');
});

test('an explanation says when the other system cannot be asked, and gives its reason all the same', async () => {
  const { world, body } = settingUp();
  world.source.save('Person', 'p1', { Mail: 'ada@x.example', Name: 'Ada' });
  world.target.read = () => Promise.reject(new RetryError('It does not answer.', []));
  const explained = await body('explain', 'people/p1');
  assert.equal(explained['unread'], 'It does not answer.');
  assert.equal(explained['outcome'], 'created');
});

test('a draft that is not there is told, with what to do', async () => {
  const { ask, control } = settingUp();
  control.drafts.clear();
  const answer = await ask('preview', 'people/p1');
  assert.ok(!answer.ok && answer.actions.length > 0);
  const wrong = await ask('preview', 'people/p1', { draft: "x' OR Id != '" });
  assert.ok(!wrong.ok && /is not the ID of a sync/.test(wrong.message));
});
