import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SettingsError } from '../../engine/index.ts';
import { createChannelDescriber } from '../client.ts';
import { createTestChannel, describeAnswer, json, page, refusal, type Call } from '../testing/index.ts';
import { createSource } from './index.ts';

const stamp = '2026-11-21T09:00:00.000+0000';
const leads = {
  object: 'Lead',
  fields: ['Email', 'Score__c', 'LastActivity__c', 'Owner.Email', 'Id'],
  include: 'IsConverted = false',
};
const contacts = { object: 'Contact', fields: ['Account.Name', 'Owner.Name'], include: 'all' };

function sourceOf(answer: (call: Call) => Response) {
  const { channel, calls } = createTestChannel((call) => describeAnswer(call) ?? answer(call));
  const source = createSource(channel, createChannelDescriber(channel));
  return { source, calls, queries: () => calls.filter(({ soql }) => soql !== '') };
}

function idsIn(soql: string): string[] {
  return [...soql.matchAll(/'([a-zA-Z0-9]{18})'/g)].map((match) => match[1] ?? '');
}

function id(prefix: string, number: number): string {
  return `${prefix}${String(number).padStart(12, '0')}AAA`;
}

test('I-12: one relationship query gives current values, typed, with a version of its own and its parents', async () => {
  const { source, queries } = sourceOf(() =>
    page([
      {
        attributes: { type: 'Contact' },
        Id: id('003', 1),
        SystemModstamp: stamp,
        Account: { Name: 'Acme', SystemModstamp: '2026-11-20T00:00:00.000+0000' },
        Owner: { Name: 'Ada', SystemModstamp: '2026-11-19T00:00:00.000+0000' },
      },
      {
        Id: id('003', 2),
        SystemModstamp: stamp,
        Account: null,
        Owner: { Name: 'Ada', SystemModstamp: '2026-11-19T00:00:00.000+0000' },
      },
    ]),
  );
  const { rows, absent } = await source.hydrate(contacts, [id('003', 1), id('003', 2)]);
  assert.equal(
    queries()[0]?.soql,
    'SELECT Id, SystemModstamp, Account.Name, Owner.Name, Account.SystemModstamp, Owner.SystemModstamp FROM Contact' +
      ` WHERE Id IN ('${id('003', 1)}','${id('003', 2)}')`,
  );
  assert.equal(queries().length, 1);
  const own = Date.parse('2026-11-21T09:00:00Z');
  const [account, owner] = [Date.parse('2026-11-20T00:00:00Z'), Date.parse('2026-11-19T00:00:00Z')];
  assert.deepEqual(rows, [
    { id: id('003', 1), version: { own, parents: account + owner }, cells: ['Acme', 'Ada'] },
    { id: id('003', 2), version: { own, parents: owner }, cells: [null, 'Ada'] },
  ]);
  assert.equal(absent.size, 0);
});

test('values have the types of the describe, and moments one spelling', async () => {
  const row = {
    Id: id('00Q', 1),
    SystemModstamp: stamp,
    Email: '',
    Score__c: 12,
    LastActivity__c: stamp,
    Owner: { Email: 'o@x.example' },
  };
  const { source } = sourceOf(() => page([row]));
  const { rows } = await source.hydrate(leads, [id('00Q', 1)]);
  assert.deepEqual(rows[0]?.cells, [null, 12, '2026-11-21T09:00:00.000Z', 'o@x.example', id('00Q', 1)]);
});

test('K-24, K-25, K-26: what became of a record that did not come back is said', async () => {
  const found: Readonly<Record<string, object>> = {
    [id('00Q', 1)]: { IsDeleted: true },
    [id('00Q', 2)]: { IsDeleted: true, MasterRecordId: id('00Q', 9) },
    [id('00Q', 3)]: { IsDeleted: false, IsConverted: true, ConvertedContactId: id('003', 9) },
    [id('00Q', 4)]: { IsDeleted: false, IsConverted: false },
  };
  const { source, queries } = sourceOf(({ path, soql }) =>
    path.endsWith('queryAll') ? page(idsIn(soql).flatMap((Id) => (found[Id] ? [{ Id, ...found[Id] }] : []))) : page([]),
  );
  const { absent } = await source.hydrate(
    leads,
    [1, 2, 3, 4, 5].map((number) => id('00Q', number)),
  );
  assert.deepEqual(
    [...absent.values()],
    ['deleted', { mergedInto: id('00Q', 9) }, { convertedTo: id('003', 9) }, 'excluded', 'unreadable'],
  );
  assert.match(
    queries()[1]?.soql ?? '',
    /^SELECT Id, IsDeleted, MasterRecordId, IsConverted, ConvertedContactId FROM Lead/,
  );
});

test('I-13: hostile IDs do not reach the org, and are answered for', async () => {
  const { source, queries } = sourceOf(({ soql }) => page(idsIn(soql).map((Id) => ({ Id, SystemModstamp: stamp }))));
  const hostile = ["' OR Id != null --", '[003]', "003'); --", ''];
  const { rows, absent } = await source.hydrate({ ...leads, fields: ['Email'] }, [...hostile, id('00Q', 1)]);
  assert.equal(rows.length, 1);
  assert.deepEqual(
    [...absent],
    hostile.map((text) => [text, 'unreadable']),
  );
  assert.equal(queries().length, 1);
  assert.doesNotMatch(queries()[0]?.soql ?? '', /[[\]]|--|!=/);
});

test('I-11, N-10: a batch is cut by the limits of a request, as forecast', async () => {
  const { source, queries } = sourceOf(({ soql }) => page(idsIn(soql).map((Id) => ({ Id, SystemModstamp: stamp }))));
  const ids = Array.from({ length: 2_000 }, (_none, number) => id('003', number));
  const { rows } = await source.hydrate(contacts, ids);
  assert.equal(rows.length, 2_000);
  assert.equal(queries().length, source.forecast({ kind: 'hydrate', records: 2_000, shape: contacts }));
  for (const { url } of queries()) assert.ok(url.href.length < 12_400, `${url.href.length} bytes`);
});

test('N-10: many records without parents are read by their IDs, 2,000 in a call, as forecast', async () => {
  const gone = id('003', 7);
  const { source, calls } = sourceOf(({ body, soql }) => {
    if (soql !== '') return page([]);
    const { ids, fields } = JSON.parse(body) as { ids: string[]; fields: string[] };
    assert.deepEqual(fields, ['Id', 'SystemModstamp', 'Email']);
    return json(ids.map((Id) => (Id === gone ? null : { Id, SystemModstamp: stamp, Email: `${Id}@x.example` })));
  });
  const shape = { object: 'Contact', fields: ['Email'], include: 'all' };
  const ids = Array.from({ length: 4_001 }, (_none, number) => id('003', number));
  const { rows, absent } = await source.hydrate(shape, ids);
  const asked = calls.filter(({ path }) => path.endsWith('/composite/sobjects/Contact'));
  assert.deepEqual([rows.length, asked.length, [...absent]], [4_000, 3, [[gone, 'unreadable']]]);
  assert.equal(source.forecast({ kind: 'hydrate', records: 4_001, shape }), 3);
  assert.deepEqual(rows[0]?.cells, [`${ids[0]}@x.example`]);
});

test('a page of wide rows that the org cuts is read to its end', async () => {
  const { source } = sourceOf(({ path }) => {
    const more = path.includes('/query/01g');
    const row = { Id: id('003', more ? 2 : 1), SystemModstamp: stamp };
    return page([row], more ? {} : { done: false, nextRecordsUrl: '/services/data/v66.0/query/01gxx-1' });
  });
  const { rows, absent } = await source.hydrate(contacts, [id('003', 1), id('003', 2)]);
  assert.deepEqual(
    rows.map((row) => row.id),
    [id('003', 1), id('003', 2)],
  );
  assert.equal(absent.size, 0);
});

test("K-01, K-03: the count is the org's own, with the same filter", async () => {
  const { source, queries } = sourceOf(() => json({ totalSize: 49_000, done: true, records: [] }));
  assert.equal(await source.count(leads), 49_000);
  assert.equal(queries()[0]?.soql, 'SELECT COUNT() FROM Lead WHERE (IsConverted = false)');
});

test('K-39: what the org refuses is described anew before it is asked for again', async () => {
  let refusing = true;
  let describes = 0;
  const { channel } = createTestChannel((call) => {
    const described = describeAnswer(call);
    if (described) describes += 1;
    if (described) return described;
    return refusing ? refusal(400, 'INVALID_FIELD', "No such column 'Email'") : page([]);
  });
  const source = createSource(channel, createChannelDescriber(channel));
  const shape = { object: 'Contact', fields: ['Email'], include: 'all' };
  await assert.rejects(source.hydrate(shape, [id('003', 1)]), SettingsError);
  refusing = false;
  await source.hydrate(shape, [id('003', 1)]);
  await source.hydrate(shape, [id('003', 1)]);
  assert.equal(describes, 2);
});

test('an object that the org does not have is named', async () => {
  const { source } = sourceOf(() => page([]));
  for (const object of ['Nonsense__c', 'Lead/../User', "Lead' --"]) {
    await assert.rejects(
      source.count({ ...contacts, object }),
      (error) => error instanceof SettingsError && error.message.includes(object),
    );
  }
});
