import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Change, ChangePage, Cursor } from '../../engine/index.ts';
import { createChannelDescriber } from '../client.ts';
import { collect, createTestChannel, describeAnswer, json, type Call } from '../testing/index.ts';
import { readChanges } from './changes.ts';

const minute = 60_000;
const start = Date.parse('2026-11-21T10:00:00Z');

interface Row {
  readonly id: string;
  readonly stamp: number;
  readonly deleted?: boolean;
}

/** Answers the poll's query as an org does: stamps by whole seconds, sorted, cut at LIMIT. */
function answerPoll(rows: readonly Row[], { soql }: Call, now: number): Response {
  const from = Date.parse(/SystemModstamp >= (\S+)/.exec(soql)?.[1] ?? '');
  const after = /\(SystemModstamp > (\S+) OR Id > '(\w+)'\)/.exec(soql);
  const limit = Number(/LIMIT (\d+)/.exec(soql)?.[1]);
  if (!soql.includes('WHERE'))
    return json({ totalSize: 0, done: true, records: [] }, 200, { date: new Date(now).toUTCString() });
  const [, descending] = /ORDER BY SystemModstamp( DESC)?, Id\1 LIMIT 2000$/.exec(soql) ?? assert.fail(soql);
  const direction = descending === undefined ? 1 : -1;
  const found = rows
    .filter(({ stamp }) => stamp >= from)
    .filter(({ id, stamp }) => !after || stamp > Date.parse(after[1] ?? '') || id > (after[2] ?? ''))
    .sort((a, b) => direction * (a.stamp - b.stamp || (a.id < b.id ? -1 : 1)))
    .slice(0, limit)
    .map(({ id, stamp, deleted }) => ({
      Id: id,
      SystemModstamp: new Date(stamp).toISOString().replace('Z', '+0000'),
      IsDeleted: deleted ?? false,
    }));
  return json({ totalSize: found.length, done: true, records: found }, 200, { date: new Date(now).toUTCString() });
}

function org(rows: readonly Row[], now: () => number) {
  const { channel: given, calls } = createTestChannel((call) => describeAnswer(call) ?? answerPoll(rows, call, now()));
  const describer = createChannelDescriber(given);
  let waited = 0;
  const sleep = (milliseconds: number): Promise<void> => {
    waited += milliseconds;
    return Promise.resolve();
  };
  const channel = { ...given, clock: { ...given.clock, sleep } };
  return {
    waited: () => waited,
    polls: () => calls.filter(({ soql }) => soql !== ''),
    async poll(
      cursor: Cursor | undefined,
      object = 'Lead',
    ): Promise<{ pages: ChangePage[]; changes: Change[]; cursor: Cursor }> {
      const pages = await collect(readChanges(channel, describer, object, cursor, 5 * minute));
      return { pages, changes: pages.flatMap(({ changes }) => changes), cursor: pages.at(-1)?.cursor ?? '' };
    },
  };
}

function id(number: number): string {
  return `00Q${String(number).padStart(12, '0')}AAA`;
}

test('K-02: 25,000 records of one stamp are all read, once', async () => {
  const rows = Array.from({ length: 25_000 }, (_none, number) => ({ id: id(number), stamp: start }));
  const { poll, polls } = org(rows, () => start + minute);
  const { changes, pages } = await poll(JSON.stringify({ stamp: start - minute }));
  assert.equal(changes.length, 25_000);
  assert.equal(new Set(changes.map((change) => change.id)).size, 25_000);
  assert.equal(pages.length, 13);
  assert.equal(polls().length, 13);
  assert.ok(polls().every(({ path }) => path === '/services/data/v66.0/queryAll'));
});

test('the first poll gives what the full read after it has; the next one meets what came since', async () => {
  let now = start;
  const recent = { id: id(2), stamp: start - minute };
  const rows: Row[] = [{ id: id(1), stamp: start - 10 * minute }, recent];
  const { poll } = org(rows, () => now);
  const first = await poll(undefined);
  assert.deepEqual(first.changes, [{ ...recent, deleted: false }]);
  assert.equal(first.pages[0]?.readAt, start);
  now += minute;
  rows.push({ id: id(3), stamp: start + 30_000 }, { id: id(4), stamp: start + 40_000, deleted: true });
  const second = await poll(first.cursor);
  assert.deepEqual(second.changes, [
    { ...recent, deleted: false },
    { id: id(3), stamp: start + 30_000, deleted: false },
    { id: id(4), stamp: start + 40_000, deleted: true },
  ]);
});

test('K-03: what was saved before the first poll and is committed after it is met by the next one', async () => {
  const rows: Row[] = [{ id: id(1), stamp: start - 30_000 }];
  const { poll } = org(rows, () => start);
  const first = await poll(undefined);
  rows.push({ id: id(2), stamp: start - 40_000 });
  assert.deepEqual(
    (await poll(first.cursor)).changes.map((change) => change.id),
    [id(2), id(1)],
  );
});

test('of many records saved just before the first poll the latest 2,000 are read, and polls go on from there', async () => {
  const rows: Row[] = Array.from({ length: 5_000 }, (_none, number) => ({
    id: id(number),
    stamp: start - 10_000 + Math.floor(number / 700) * 1_000,
  }));
  const { poll, polls } = org(rows, () => start);
  const first = await poll(undefined);
  assert.deepEqual([polls().length, first.changes.length], [2, 1_500], 'of the second that it ends in, nothing');
  assert.deepEqual(
    first.changes.map((change) => change.id),
    rows.slice(3_500).map((row) => row.id),
  );
  assert.deepEqual((await poll(first.cursor)).changes, first.changes);
});

test('what was saved in the second of the first poll is left to the full read: that second is waited out', async () => {
  const rows: Row[] = [{ id: id(1), stamp: start }];
  const { poll, waited } = org(rows, () => start);
  const first = await poll(undefined);
  assert.equal(waited(), 1_000);
  assert.deepEqual(
    first.changes.map((change) => change.id),
    [id(1)],
  );
});

test('a first poll where people save all the time begins after two seconds', async () => {
  const rows: Row[] = Array.from({ length: 10 }, (_none, number) => ({
    id: id(number),
    stamp: start + number * 1_000,
  }));
  const { poll, waited } = org(rows, () => start);
  assert.equal((await poll(undefined)).changes.length, 2);
  assert.equal(waited(), 2_000);
});

test('a transaction that commits after a later stamp was read is met by the overlap', async () => {
  let now = start + minute;
  const rows: Row[] = [{ id: id(1), stamp: start + 50_000 }];
  const { poll } = org(rows, () => now);
  const first = await poll(JSON.stringify({ stamp: start }));
  rows.push({ id: id(2), stamp: start + 20_000 });
  now += 4 * minute;
  assert.ok((await poll(first.cursor)).changes.some((change) => change.id === id(2)));
});

test('an idle object is not read again and again from its last change', async () => {
  let now = start + minute;
  const { poll } = org([{ id: id(1), stamp: start }], () => now);
  let { cursor } = await poll(JSON.stringify({ stamp: start }));
  now += 10 * minute;
  ({ cursor } = await poll(cursor));
  assert.deepEqual((await poll(cursor)).changes, []);
});

test('the cursor of each page resumes, and never goes backwards', async () => {
  const rows = Array.from({ length: 4_500 }, (_none, number) => ({
    id: id(number),
    stamp: start + Math.floor(number / 500) * 1000,
  }));
  const { poll } = org(rows, () => start + minute);
  const { pages } = await poll(JSON.stringify({ stamp: start + 3_000 }));
  const stamps = pages.map(({ cursor }) => (JSON.parse(cursor) as { stamp: number }).stamp);
  assert.deepEqual(stamps, [start + 3_000, start + 7_000, start + minute]);
  const resumed = await poll(pages[0]?.cursor);
  assert.ok(resumed.changes.some((change) => change.id === id(4_499)));
});

test('an object without IsDeleted is polled without it', async () => {
  const { poll, polls } = org([{ id: '005000000000001AAA', stamp: start }], () => start);
  const { changes } = await poll(JSON.stringify({ stamp: start }), 'User');
  assert.deepEqual(changes, [{ id: '005000000000001AAA', stamp: start, deleted: false }]);
  assert.doesNotMatch(polls()[0]?.soql ?? '', /IsDeleted/);
});

test('a cursor of something else is refused', async () => {
  const { poll } = org([], () => start);
  await assert.rejects(poll('{"replayId":"x"}'), /not a cursor of a Salesforce object/);
});
