import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Answer, WriteLimits } from '../ports/index.ts';
import { FakeControl, fakeSetup, MemoryStore, syncConfiguration, World } from '../testing/index.ts';
import { answerCommand } from './answer.ts';
import { pairUp } from './key-pairs.ts';
import type { KeysAnswer } from './keys.ts';

const draft = 'a01000000000001AAA';
const match = { source: 'name', target: 'Name' };

/** Accounts of a system, and those of an org, whose key field is to be filled. */
function filling(keyField = 'Own_Id__c') {
  const [system, org] = [new World(), new World()];
  const control = new FakeControl();
  const sync = syncConfiguration('people', {
    ...{ connection: 'usage', direction: 'systemToSalesforce', systemObject: 'account', salesforceObject: 'Account' },
    key: { source: 'accountId', target: keyField },
    mappings: [{ source: 'days', target: 'Own_Days__c', blank: 'keep' }],
  });
  control.drafts.set(draft, { connection: { name: 'usage', system: 'fake', settings: {} }, sync });
  const limits: WriteLimits = { mayWrite: (_object, path) => path.startsWith('Own_'), existingOnly: () => true };
  org.target.normaliseKey = (_object, key) => ({ key });
  const ask = async (more: object = { match }): Promise<Answer> => {
    const { clock, random, makeId } = org;
    const store = new MemoryStore(clock, org.disk);
    await store.acquire('test', clock.now(), 600_000);
    const context = {
      ...{ store, control, clock, random, makeId, session: undefined, setup: fakeSetup() },
      salesforce: { source: org.source, target: org.target },
      connect: async () => ({ source: system.source, writeLimits: limits }),
      exclusions: { has: () => false },
      changedRuns: () => undefined,
    };
    const command = { id: 'c', kind: 'keys', target: 'people', arguments: { draft, ...more } } as const;
    return await org.run(answerCommand(command, context));
  };
  const body = async (more?: object): Promise<KeysAnswer> => {
    const answer = await ask(more);
    assert.ok(answer.ok, JSON.stringify(answer));
    return answer.body as KeysAnswer;
  };
  return { system, org, control, ask, body };
}

test('P-60: IDs are matched by another field, shown first, then written, and again as new ones appear', async () => {
  const { system, org, body } = filling();
  for (const [id, name] of Object.entries({ p1: 'Acme', p2: 'Bolt', p3: 'Nobody' })) {
    system.source.save('account', id, { accountId: id, name });
  }
  for (const [id, Name] of Object.entries({ '001A': 'Acme', '001B': 'Bolt', '001C': 'Core' })) {
    org.source.save('Account', id, { Name });
  }
  const dry = await body();
  assert.deepEqual([dry.counts.fill, dry.counts.noMatch, dry.written], [2, 1, undefined]);
  assert.deepEqual(org.target.requests, [], 'a dry run writes nothing');
  assert.deepEqual(dry.examples[0], { finding: 'fill', record: '001A', id: 'p1', source: 'Name', value: 'Acme' });
  const wet = await body({ match, write: true });
  assert.deepEqual(wet.written, { filled: 2, later: 0, refused: [] });
  assert.equal(org.target.records.get('001A'), '{"Own_Id__c":"p1"}');
  org.source.save('Account', '001A', { Own_Id__c: 'p1' });
  org.source.save('Account', '001B', { Own_Id__c: 'p2' });
  system.source.save('account', 'p4', { accountId: 'p4', name: 'Core' });
  const again = await body({ match, write: true });
  assert.deepEqual([again.counts.there, again.counts.fill, again.written?.filled], [2, 1, 1]);
  assert.equal(org.target.records.get('001C'), '{"Own_Id__c":"p4"}');
});

test('P-40, P-60: a key field that is not the system’s own is never filled', async () => {
  const { ask } = filling('AccountNumber');
  const answer = await ask({ match, write: true });
  assert.ok(!answer.ok);
  assert.match(answer.message, /never writes Account\.AccountNumber/);
});

test('P-60: while the sync is paused by someone nothing is filled; a command without fields says what it needs', async () => {
  const { system, org, control, body, ask } = filling();
  system.source.save('account', 'p1', { accountId: 'p1', name: 'Acme' });
  org.source.save('Account', '001A', { Name: 'Acme' });
  control.paused = new Set(['usage']);
  assert.deepEqual((await body({ match, write: true })).written, { filled: 0, later: 1, refused: [] });
  assert.deepEqual(org.target.requests, []);
  const answer = await ask({});
  assert.ok(!answer.ok);
  assert.match(answer.actions[0] ?? '', /"match"/);
});

test('P-54, P-56, P-57, P-60: pairs are exact and one to one, and no key that is there is replaced', () => {
  const name = fc.constantFrom('Acme', 'acme', 'Bolt', '', null);
  const version = { own: 0, parents: 0 };
  const system = fc.uniqueArray(fc.tuple(fc.constantFrom('1', '2', '3', '4', '5'), name), { selector: ([id]) => id });
  const org = fc.array(fc.tuple(fc.option(fc.constantFrom('1', '2', '9')), name), { maxLength: 6 });
  fc.assert(
    fc.property(system, org, (theirs, ours) => {
      const rows = theirs.map(([id, value]) => ({ id, version, cells: [id, value] }));
      const records = ours.map(([key, value], index) => ({ id: `r${index}`, version, cells: [key, value] }));
      const { pairs, counts } = pairUp(rows, records, 'Name');
      assert.equal(
        Object.values(counts).reduce((sum, count) => sum + count, 0),
        theirs.length,
      );
      assert.equal(new Set(pairs.map(({ record }) => record)).size, pairs.length);
      assert.equal(new Set(pairs.map(({ id }) => id)).size, pairs.length);
      for (const { record, id } of pairs) {
        const [key, value] = ours[Number(record.slice(1))] ?? [];
        assert.equal(key, null);
        assert.equal(theirs.find(([each]) => each === id)?.[1], value);
        assert.equal(ours.filter(([, each]) => each === value).length, 1);
        assert.equal(theirs.filter(([, each]) => each === value).length, 1);
        assert(!ours.some(([each]) => each === id));
      }
    }),
  );
});
