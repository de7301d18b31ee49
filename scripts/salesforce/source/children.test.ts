import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createChannelDescriber } from '../client.ts';
import { collect, createTestChannel, describeAnswer, page, type Call } from '../testing/index.ts';
import { createSource } from './index.ts';

/** Contacts by account, answered as an org does: in ID order, after an ID, cut at LIMIT. */
function answerChildren(contacts: ReadonlyMap<string, string>, { soql }: Call): Response {
  const [, list = '', after = ''] =
    /AccountId IN \((.*?)\)(?: AND Id > '(\w+)')? ORDER BY Id LIMIT 2000$/.exec(soql) ?? [];
  const found = [...contacts]
    .filter(([id, account]) => list.includes(`'${account}'`) && id > after)
    .map(([Id]) => ({ Id }))
    .sort((a, b) => (a.Id < b.Id ? -1 : 1));
  return page(found.slice(0, 2_000));
}

function account(number: number): string {
  return `001${String(number).padStart(12, '0')}AAA`;
}

for (const accounts of [1, 1_000]) {
  test(`I-X2: the contacts of ${accounts} accounts come in ID order, page by page, and resume after an ID`, async () => {
    const contacts = new Map<string, string>();
    for (let number = 0; number < 5_000; number += 1) {
      contacts.set(`003${String((number * 7_919) % 99_991).padStart(12, '0')}AAA`, account(number % accounts));
    }
    const { channel } = createTestChannel((call) => describeAnswer(call) ?? answerChildren(contacts, call));
    const source = createSource(channel, createChannelDescriber(channel));
    const parents = Array.from({ length: accounts }, (_none, number) => account(number));
    const pages = await collect(source.children('Contact', 'AccountId', parents, undefined));
    assert.deepEqual(
      pages.map((ids) => ids.length),
      [2_000, 2_000, 1_000],
    );
    assert.deepEqual(pages.flat(), [...contacts.keys()].sort());
    const rest = await collect(source.children('Contact', 'AccountId', parents, pages[0]?.at(-1)));
    assert.deepEqual(rest.flat(), pages.slice(1).flat());
  });
}

test('a parent without children gives no page', async () => {
  const { channel } = createTestChannel((call) => describeAnswer(call) ?? page([]));
  const source = createSource(channel, createChannelDescriber(channel));
  assert.deepEqual(await collect(source.children('Contact', 'Account.OwnerId', [account(1)], undefined)), []);
});
