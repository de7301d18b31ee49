import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createLocalOrg, manualClock } from '../../local/org/index.ts';
import { CredentialsError, PositionLostError, SettingsError, type Clock, type SourceRow } from '../engine/index.ts';
import { connectSalesforce, loginByAccessToken } from './index.ts';
import type { SourceOptions } from './source/index.ts';
import { collect } from './testing/index.ts';

const blank = createLocalOrg({ clock: manualClock(Date.parse('2026-11-21T10:00:00Z')) });

/** A fork of a local org, and Salesforce connected to it over its clock. */
function local(options: SourceOptions = {}) {
  const orgClock = manualClock(Date.parse('2026-11-21T10:00:00Z'));
  const org = blank.fork({ clock: orgClock });
  const clock: Clock = { now: () => orgClock.now(), sleep: async (milliseconds) => orgClock.advance(milliseconds) };
  const accessToken = org.issueToken(org.core.adminUserId);
  const login = loginByAccessToken({ accessToken, instanceUrl: 'http://127.0.0.1' });
  const salesforce = connectSalesforce({ transport: (request) => org.fetch(request), login, clock, ...options });
  const session = { userId: org.core.adminUserId, token: accessToken, origin: 'test' };
  const insert = (object: string, records: readonly Record<string, unknown>[]): string[] => {
    const ids = [];
    for (let start = 0; start < records.length; start += 200) {
      const batch = records.slice(start, start + 200);
      for (const result of org.core.dml({ operation: 'insert', object, records: batch, allOrNone: true, session }))
        ids.push(result.id ?? '');
    }
    return ids;
  };
  return { org, orgClock, insert, session, ...salesforce };
}

const hard = ['O\'Neil "Neo"', 'a, b', 'line\nbreak', '😀👩‍👩‍👧', 'שלום', 'back\\slash'];

async function rowsOf(
  pages: AsyncIterable<{ readonly chunks: AsyncIterable<readonly SourceRow[]> }>,
): Promise<SourceRow[]> {
  const rows: SourceRow[] = [];
  for await (const { chunks } of pages) for await (const chunk of chunks) rows.push(...chunk);
  return rows;
}

test('bulk and hydration read the same values and versions in the local org', async () => {
  const { insert, source, client } = local({ pageRecords: 2 });
  const [account = ''] = insert('Account', [{ Name: hard[1] }]);
  const ids = insert(
    'Contact',
    hard.map((name, number) => ({
      LastName: name,
      Email: `c${number}@x.example`,
      AccountId: number > 0 ? account : null,
    })),
  );
  const fields = [
    'LastName',
    'Email',
    'Account.Name',
    'Account.Id',
    'Owner.Name',
    'Owner.Email',
    'Owner.IsActive',
    'CreatedDate',
    'Birthdate',
  ];
  const shape = { object: 'Contact', fields, include: 'LastName != null' };
  const bulk = await rowsOf(source.extract(shape, undefined));
  const { rows, absent } = await source.hydrate(shape, ids);
  const inOrder = (all: readonly SourceRow[]): SourceRow[] => [...all].sort((a, b) => (a.id < b.id ? -1 : 1));
  assert.deepEqual(inOrder(bulk), inOrder(rows));
  assert.equal(absent.size, 0);
  assert.deepEqual(
    inOrder(rows).map(({ cells }) => cells[0]),
    hard,
  );
  assert.equal(await source.count(shape), hard.length);
  assert.deepEqual(await collect(source.children('Contact', 'AccountId', [account], undefined)), [ids.slice(1)]);
  const { orgId, userId } = await client.identity();
  assert.match(`${orgId} ${userId}`, /^00D\w{15} 005\w{15}$/);
});

test('K-02: 25,000 leads of one stamp in the local org are all read, once', async () => {
  const { insert, source, orgClock } = local();
  const [first] = await collect(source.changes('Lead', undefined));
  orgClock.advance(60_000);
  const ids = insert(
    'Lead',
    Array.from({ length: 25_000 }, (_none, number) => ({ LastName: `L${number}`, Company: 'Acme' })),
  );
  const pages = await collect(source.changes('Lead', first?.cursor));
  const read = pages.flatMap(({ changes }) => changes.map(({ id }) => id));
  assert.equal(read.length, 25_000);
  assert.deepEqual(read.sort(), ids.sort());
  const again = await collect(source.changes('Lead', pages.at(-1)?.cursor));
  assert.equal(again.flatMap(({ changes }) => changes).length, 25_000);
});

test('a transaction that commits after a later stamp was read still arrives from the local org', async () => {
  const { insert, source, org, orgClock } = local();
  let cursor = (await collect(source.changes('Lead', undefined))).at(-1)?.cursor;
  org.core.delayCommits(30_000);
  insert('Lead', [{ LastName: 'Late', Company: 'Acme' }]);
  org.core.delayCommits(0);
  orgClock.advance(10_000);
  const [early = ''] = insert('Lead', [{ LastName: 'Early', Company: 'Acme' }]);
  let pages = await collect(source.changes('Lead', cursor));
  assert.deepEqual(
    pages.flatMap(({ changes }) => changes.map(({ id }) => id)),
    [early],
  );
  cursor = pages.at(-1)?.cursor;
  orgClock.advance(60_000);
  pages = await collect(source.changes('Lead', cursor));
  assert.equal(pages.flatMap(({ changes }) => changes).length, 2);
});

test('what was saved before the first poll is told by it; what comes after it by the next one, in the local org', async () => {
  const { insert, source, orgClock } = local();
  const before = insert('Lead', [{ LastName: 'before', Company: 'x' }]);
  orgClock.advance(10_000);
  const [first] = await collect(source.changes('Lead', undefined));
  assert.deepEqual(
    first?.changes.map((change) => change.id),
    before,
  );
  orgClock.advance(1_000);
  const after = insert('Lead', [{ LastName: 'after', Company: 'x' }]);
  orgClock.advance(60_000);
  const [second] = await collect(source.changes('Lead', first?.cursor));
  assert.deepEqual(
    second?.changes.map((change) => change.id),
    [...before, ...after],
  );
});

test('K-25: a delete is a change, and its record is told as deleted, in the local org', async () => {
  const { insert, source, client, orgClock } = local();
  const [first] = await collect(source.changes('Lead', undefined));
  const [gone = '', kept = ''] = insert(
    'Lead',
    ['Gone', 'Kept'].map((LastName) => ({ LastName, Company: 'Acme' })),
  );
  orgClock.advance(2_000);
  assert.deepEqual(await client.delete('Lead', [gone]), [{ success: true, id: gone, created: false }]);
  const changes = (await collect(source.changes('Lead', first?.cursor))).flatMap((page) => page.changes);
  assert.deepEqual(
    changes.map(({ id, deleted }) => [id, deleted]),
    [
      [kept, false],
      [gone, true],
    ],
  );
  const shape = { object: 'Lead', fields: ['LastName', 'Owner.Email'], include: "LastName = 'Else'" };
  const { absent } = await source.hydrate(shape, [gone, kept, '00Q000000000999AAA']);
  assert.deepEqual([...absent.values()], ['deleted', 'excluded', 'unreadable']);
});

test('wrong names, lost places and ended sessions are told apart in the local org', async () => {
  const { insert, source, org, client } = local({ pageRecords: 2 });
  insert(
    'Lead',
    [1, 2, 3].map((number) => ({ LastName: `L${number}`, Company: 'Acme' })),
  );
  const shape = { object: 'Lead', fields: ['LastName'], include: 'Nonsense__c = 1' };
  await assert.rejects(rowsOf(source.extract(shape, undefined)), SettingsError);
  await assert.rejects(
    source.hydrate({ ...shape, fields: ['Nonsense__c'] }, ['00Q000000000999AAA']),
    /Lead\.Nonsense__c/,
  );
  await assert.rejects(rowsOf(source.extract({ ...shape, include: 'all' }, '750000000000999AAA/2')), PositionLostError);
  assert.ok((source.budget()?.used ?? 0) > 0);
  org.expireSessions();
  await assert.rejects(client.limits(), CredentialsError);
});

test('N-10: what a full read and a hydration cost the local org is what was forecast', async () => {
  const { insert, source, org } = local({ pageRecords: 200 });
  const ids = insert(
    'Lead',
    Array.from({ length: 2_000 }, (_none, number) => ({ LastName: `L${number}`, Company: 'Acme' })),
  );
  const shape = { object: 'Lead', fields: ['LastName', 'Owner.Email'], include: 'all' };
  await source.count(shape);
  await source.describe('Lead', shape.fields);
  for (const forecast of [
    source.forecast({ kind: 'extract', records: 2_000 }),
    source.forecast({ kind: 'hydrate', records: 2_000, shape }),
  ]) {
    const before = org.apiCalls();
    if (forecast > 10) assert.equal((await rowsOf(source.extract(shape, undefined))).length, 2_000);
    else assert.equal((await source.hydrate(shape, ids)).rows.length, 2_000);
    const made = org.apiCalls() - before;
    assert.ok(Math.abs(made - forecast) <= forecast / 10, `${made} calls, forecast ${forecast}`);
  }
});
