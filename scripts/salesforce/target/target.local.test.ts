import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { createLocalOrg, manualClock } from '../../../local/org/index.ts';
import type { Clock, Delivery, SendResult, SyncConfiguration, TargetRecord, WriteLimits } from '../../engine/index.ts';
import { connectSalesforce, loginByAccessToken } from '../index.ts';

const start = Date.parse('2026-11-21T10:00:00Z');
const blank = createLocalOrg({ clock: manualClock(start) });
deployFields(blank, {
  'Contact.Ext__c': { type: 'Text', length: 40, externalId: true, unique: true, caseSensitive: false },
  'Contact.Region__c': '<type>Picklist</type>' + values({ N: 'North', S: 'South' }),
  'Contact.Topics__c':
    '<type>MultiselectPicklist</type><visibleLines>4</visibleLines>' + values({ A: 'Alpha', B: 'Beta' }),
  'Contact.Score__c': { type: 'Number', precision: 10, scale: 0 },
  'Account.Ext__c': { type: 'Text', length: 40, externalId: true, unique: true, caseSensitive: true },
  'Account.Pendo_Time__c': { type: 'Number', precision: 10, scale: 0 },
  'Account.Pendo_Note__c': { type: 'Text', length: 40 },
});

function values(labels: Readonly<Record<string, string>>): string {
  const entries = Object.entries(labels).map(
    ([name, label]) => `<value><fullName>${name}</fullName><default>false</default><label>${label}</label></value>`,
  );
  return `<valueSet><restricted>true</restricted><valueSetDefinition><sorted>false</sorted>${entries.join('')}</valueSetDefinition></valueSet>`;
}

function deployFields(org: typeof blank, fields: Readonly<Record<string, object | string>>): void {
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-target-'));
  for (const [path, more] of Object.entries(fields)) {
    const [object = '', name = ''] = path.split('.');
    const inner =
      typeof more === 'string'
        ? more
        : Object.entries(more)
            .map(([element, value]) => `<${element}>${value}</${element}>`)
            .join('');
    const file = join(folder, 'main/default/objects', object, 'fields', `${name}.field-meta.xml`);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(
      file,
      `<?xml version="1.0" encoding="UTF-8"?><CustomField xmlns="http://soap.sforce.com/2006/04/metadata"><fullName>${name}</fullName><label>${name}</label>${inner}</CustomField>`,
    );
  }
  assert.deepEqual(org.deployPackage(folder).details.componentFailures, []);
  rmSync(folder, { recursive: true });
}

type Answer = (request: Request, pass: (request: Request) => Promise<Response>) => Promise<Response>;

/** A fork of the org, and a target of it; `between` stands between the two. */
function local(change: Partial<SyncConfiguration> = {}, limits?: WriteLimits, between?: Answer) {
  const orgClock = manualClock(start);
  const org = blank.fork({ clock: orgClock });
  const clock: Clock = {
    now: () => orgClock.now(),
    async sleep(milliseconds) {
      await new Promise((resolve) => setImmediate(resolve));
      orgClock.advance(milliseconds);
    },
  };
  const token = org.issueToken(org.core.adminUserId);
  const written: { readonly method: string; readonly path: string; readonly body: string }[] = [];
  const pass = (request: Request): Promise<Response> => org.fetch(request);
  const transport = async (request: Request): Promise<Response> => {
    const { pathname } = new URL(request.url);
    if (request.method !== 'GET')
      written.push({ method: request.method, path: pathname, body: await request.clone().text() });
    return between ? await between(request, pass) : await pass(request);
  };
  const login = loginByAccessToken({ accessToken: token, instanceUrl: 'http://127.0.0.1' });
  const salesforce = connectSalesforce({ transport, login, clock, random: () => 0 });
  const sync: SyncConfiguration = {
    name: 'in',
    connection: 'pendo',
    direction: 'systemToSalesforce',
    salesforceObject: 'Contact',
    systemObject: 'visitor',
    key: { source: 'id', target: 'Ext__c' },
    include: 'all',
    precedence: 0,
    rules: { create: true, update: true, delete: 'ignore' },
    schedule: { pollSeconds: 60 },
    mappings: [
      'Ext__c',
      'LastName',
      'Score__c',
      'Region__c',
      'Topics__c',
      'Account.Ext__c',
      'AccountId',
      'RecordTypeId',
    ].map((target) => ({ source: target, target, blank: 'keep' })),
    ...change,
  };
  const target = salesforce.targetOf(sync, limits);
  const session = { userId: org.core.adminUserId, token, origin: 'test' };
  const dml = (operation: 'insert' | 'update' | 'delete', object: string, records: readonly object[]): string[] =>
    org.core
      .dml({ operation, object, records: records as Record<string, unknown>[], allOrNone: true, session })
      .map(({ id }) => id ?? '');
  const rows = (soql: string): unknown[][] =>
    org.core
      .prepare(soql, session)
      .run()
      .rows.map((row) => [...row.values.values()]);
  let left = 0;
  const send = async (records: readonly TargetRecord[]): Promise<readonly Delivery[]> => {
    const result: SendResult = await target.send(sync.salesforceObject, records, 'bulk', async () => {
      left += 1;
    });
    assert.equal(result.kind, 'answered', JSON.stringify(result));
    return result.kind === 'answered' ? result.deliveries : [];
  };
  return { org, target, send, rows, dml, written, session, started: () => left };
}

const record = (key: string, fields: object): TargetRecord => ({
  key,
  action: 'upsert',
  json: JSON.stringify({ Ext__c: key, ...fields }),
});
const many = (count: number, fields: (number: number) => object = () => ({})): TargetRecord[] =>
  Array.from({ length: count }, (_none, number) =>
    record(`k${String(number).padStart(5, '0')}`, { LastName: `L${number}`, ...fields(number) }),
  );
const kinds = (deliveries: readonly Delivery[]): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const each of deliveries) {
    const name = 'reason' in each ? `${each.kind} ${each.reason}` : each.kind;
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
};

test('few records go by collections of 200, an update by the same key changes them, and blanks empty a field', async () => {
  const { send, rows, written, target } = local();
  assert.deepEqual(kinds(await send(many(450, () => ({ Score__c: 1 })))), { delivered: 450 });
  assert.equal(written.filter(({ path }) => path.endsWith('/composite/sobjects/Contact/Ext__c')).length, 3);
  assert.deepEqual(kinds(await send([record('K00001', { LastName: 'Anew', Score__c: null })])), { delivered: 1 });
  assert.deepEqual(rows("SELECT LastName, Score__c FROM Contact WHERE Ext__c = 'k00001'"), [['Anew', null]]);
  assert.deepEqual(rows('SELECT COUNT(Id) FROM Contact'), [[450]]);
  const held = await target.read('Contact', ['k00002', 'none']);
  assert.deepEqual([...held.keys()], ['k00002']);
  assert.equal(held.get('k00002')?.['LastName'], 'L2');
});

test('K-06: many records go by one bulk job, and each row that it refuses is told with its reason', async () => {
  const { send, rows, written, started } = local();
  const records = many(2_500, (number) => (number % 1_000 === 7 ? { LastName: null } : { Topics__c: ['A', 'B'] }));
  const deliveries = await send(records);
  assert.deepEqual(kinds(deliveries), { delivered: 2_497, 'rejected rejected-by-target': 3 });
  assert.deepEqual(deliveries[7], {
    kind: 'rejected',
    reason: 'rejected-by-target',
    detail: 'LastName must not be empty',
  });
  assert.equal(written.filter(({ path }) => path.includes('/composite/')).length, 0);
  assert.equal(started(), 1);
  assert.deepEqual(rows("SELECT COUNT(Id) FROM Contact WHERE Topics__c INCLUDES ('A;B')"), [[2_497]]);
});

test('a text that a bulk job would take for a blank goes by collections', async () => {
  const { send, rows } = local();
  const records = many(2_000, (number) => (number === 5 ? { LastName: '#N/A' } : { LastName: 'a, "b"\nc' }));
  assert.deepEqual(kinds(await send(records)), { delivered: 2_000 });
  assert.deepEqual(rows("SELECT Ext__c FROM Contact WHERE LastName = '#N/A'"), [['k00005']]);
  assert.deepEqual(rows("SELECT LastName FROM Contact WHERE Ext__c = 'k00006'"), [['a, "b"\nc']]);
});

test('K-18: children of one parent go together, and locked rows are tried again in smaller and then single requests', async () => {
  const { send, org, dml, written, rows } = local();
  const accounts = dml(
    'insert',
    'Account',
    [1, 2, 3].map((number) => ({ Name: `A${number}` })),
  );
  const records = many(300, (number) => ({ AccountId: accounts[number % 3] }));
  // The rows of one account are held for their first 140 tries: longer than the first two rounds last.
  org.faults.lock({ values: [accounts[1] ?? ''], times: 140 });
  assert.deepEqual(kinds(await send(records)), { delivered: 300 });
  const sizes = written.filter(({ path }) => path.includes('/composite/')).map(({ body }) => parentsIn(body));
  assert.deepEqual(
    sizes.slice(0, 2).map((parents) => new Set(parents).size),
    [2, 1],
    'no parent is in two requests',
  );
  assert.ok(sizes.some((parents) => parents.length === 50) && sizes.some((parents) => parents.length === 10));
  assert.deepEqual(rows('SELECT COUNT(Id) FROM Contact WHERE AccountId != null'), [[300]]);
});

function parentsIn(body: string): readonly string[] {
  return (JSON.parse(body) as { records: { AccountId: string }[] }).records.map(({ AccountId }) => AccountId);
}

test('K-18: rows that stay locked are put off, the others are written', async () => {
  const { send, org, dml } = local();
  const [account = ''] = dml('insert', 'Account', [{ Name: 'Held' }]);
  org.faults.lock({ values: [account] });
  const deliveries = await send(many(20, (number) => (number < 4 ? { AccountId: account } : {})));
  assert.deepEqual(kinds(deliveries), { 'retry passing-fault': 4, delivered: 16 });
});

test('K-19: a transaction that runs out of CPU time is halved until it fits, and the next requests stay as small', async () => {
  const { send, org, written, rows } = local();
  org.faults.overload({ object: 'Contact', mostRecords: 60 });
  assert.deepEqual(kinds(await send(many(200))), { delivered: 200 });
  const before = written.length;
  assert.deepEqual(kinds(await send(many(200, () => ({ Score__c: 2 })))), { delivered: 200 });
  const sizes = written.slice(before).map(({ body }) => (JSON.parse(body) as { records: object[] }).records.length);
  assert.ok(Math.max(...sizes) <= 60, `requests of ${sizes.join(', ')} records`);
  assert.deepEqual(rows('SELECT COUNT(Id) FROM Contact WHERE Score__c = 2'), [[200]]);
  const alone = local();
  alone.org.faults.overload({ object: 'Contact', mostRecords: 0 });
  assert.deepEqual(kinds(await alone.send(many(1))), { 'rejected rejected-by-target': 1 });
});

test('K-27: a child whose parent is not there waits for it, and is written once it is', async () => {
  const { send, dml, rows } = local();
  const child = record('c1', { LastName: 'Child', Account: { Ext__c: 'a1' } });
  assert.deepEqual(await send([child]), [
    { kind: 'retry', reason: 'waiting-for-parent', detail: 'no Account with this Ext__c' },
  ]);
  dml('insert', 'Account', [{ Name: 'Parent', Ext__c: 'a1' }]);
  assert.deepEqual(kinds(await send([child])), { delivered: 1 });
  assert.deepEqual(rows('SELECT Account.Name FROM Contact').length, 1);
});

test('K-28, K-30: a value outside its list, or a label in the place of an API value, never leaves', async () => {
  const { send, written } = local();
  const deliveries = await send([
    record('r1', { LastName: 'A', Region__c: 'N' }),
    record('r2', { LastName: 'B', Region__c: 'North' }),
    record('r3', { LastName: 'C', Region__c: 'West' }),
    record('r4', { LastName: 'D', Topics__c: ['A', 'Gamma'] }),
  ]);
  assert.deepEqual(
    deliveries.map((each) => ('detail' in each ? each.detail : each.kind)),
    [
      'delivered',
      'Region__c got the label of a value, where its API value is needed',
      'Region__c takes the values of its list alone',
      'Topics__c takes the values of its list alone',
    ],
  );
  assert.equal((JSON.parse(written[0]?.body ?? '') as { records: object[] }).records.length, 1);
});

test('K-30: the description shows API values and labels', async () => {
  const { target } = local();
  const { fields, closed } = await target.describe('Contact');
  assert.deepEqual(fields.get('Region__c')?.values, [
    { value: 'N', label: 'North' },
    { value: 'S', label: 'South' },
  ]);
  assert.equal(closed, true);
  assert.equal(fields.get('Account.Ext__c')?.writable, true);
});

const pendo: WriteLimits = { mayWrite: (_object, path) => /(^|\.)Pendo_\w+__c$/.test(path), existingOnly: () => true };
const push: Partial<SyncConfiguration> = {
  salesforceObject: 'Account',
  key: { source: 'id', target: 'Ext__c' },
  rules: { create: false, update: true, delete: 'ignore' },
  mappings: ['Ext__c', 'Pendo_Time__c', 'Name'].map((target) => ({ source: target, target, blank: 'keep' })),
};

test('P-40, P-43, P-44: existing records alone are changed, found by their key, and no request holds another field', async () => {
  const { send, dml, rows, written } = local(push, pendo);
  dml('insert', 'Account', [
    { Name: 'One', Ext__c: 'a' },
    { Name: 'Two', Ext__c: 'B' },
  ]);
  const deliveries = await send([
    record('a', { Pendo_Time__c: 5 }),
    record('b', { Pendo_Time__c: 6 }),
    record('a2', { Pendo_Time__c: 7, Name: 'Stolen' }),
    record('B', { Pendo_Time__c: 8, Name: 'Stolen' }),
  ]);
  assert.deepEqual(kinds(deliveries), { delivered: 1, 'rejected create-not-allowed': 2, 'rejected not-allowed': 1 });
  assert.deepEqual(rows('SELECT Name, Pendo_Time__c FROM Account ORDER BY Name'), [
    ['One', 5],
    ['Two', null],
  ]);
  for (const { body } of written) {
    for (const { attributes: _type, Id: _id, ...fields } of (JSON.parse(body) as { records: Record<string, unknown>[] })
      .records)
      assert.deepEqual(Object.keys(fields), ['Pendo_Time__c']);
  }
});

const times = (count: number, time: (number: number) => unknown): TargetRecord[] =>
  Array.from({ length: count }, (_none, number) => record(`k${number}`, { Pendo_Time__c: time(number) }));

test('P-07: only what differs is written, by few requests or by one bulk job, and the rest is told as unchanged', async () => {
  const { send, dml, rows, written } = local(push, pendo);
  const count = 2_400;
  dml(
    'insert',
    'Account',
    Array.from({ length: count }, (_none, number) => ({ Name: 'N', Ext__c: `k${number}`, Pendo_Time__c: number % 7 })),
  );
  const same = await send(times(count, (number) => number % 7));
  assert.deepEqual(kinds(same), { delivered: count });
  assert(same.every((each) => each.kind === 'delivered' && each.unchanged === true));
  assert.equal(written.length, 0, 'a push of what is there costs no write');
  const few = await send(times(count, (number) => (number < 3 ? 99 : number % 7)));
  const changed = few.flatMap((each) => (each.kind === 'delivered' && each.unchanged !== true ? [each.record] : []));
  assert.equal(new Set(changed).size, 3);
  assert.deepEqual(rows('SELECT COUNT(Id) FROM Account WHERE Pendo_Time__c = 99'), [[3]]);
  assert.deepEqual(
    written.map(({ path }) => path.replace(/v[\d.]+/, 'v')),
    ['/services/data/v/composite/sobjects'],
  );
  written.length = 0;
  assert.deepEqual(kinds(await send(times(count, () => 50))), { delivered: count });
  assert.deepEqual(rows('SELECT COUNT(Id) FROM Account WHERE Pendo_Time__c = 50'), [[count]]);
  assert(
    written.every(({ path }) => path.includes('/jobs/ingest')),
    'many go by one bulk job',
  );
});

test('P-34, P-48: a value that would be rounded, cut or turned into another type is refused by its field’s name', async () => {
  const { send, dml, rows, written } = local(
    {
      ...push,
      mappings: ['Pendo_Time__c', 'Pendo_Note__c'].map((target) => ({ source: target, target, blank: 'keep' })),
    },
    pendo,
  );
  dml('insert', 'Account', [{ Name: 'One', Ext__c: 'a', Pendo_Time__c: 4 }]);
  const reasons = async (fields: object): Promise<unknown> => {
    const [delivery] = await send([{ key: 'a', action: 'upsert', json: JSON.stringify(fields) }]);
    return delivery && 'reason' in delivery ? [delivery.reason, delivery.detail] : delivery?.kind;
  };
  assert.deepEqual(await reasons({ Pendo_Time__c: 1.5 }), [
    'value-not-allowed',
    'the number for Pendo_Time__c has more decimals, and the field keeps whole numbers; have the mapping round it',
  ]);
  assert.deepEqual(await reasons({ Pendo_Time__c: 12_345_678_901 }), [
    'value-not-allowed',
    'the number for Pendo_Time__c has more than the 10 digits that the field keeps',
  ]);
  assert.deepEqual(await reasons({ Pendo_Time__c: '7' }), [
    'rejected-type-mismatch',
    'Pendo_Time__c takes a number, and would get a text',
  ]);
  assert.deepEqual(await reasons({ Pendo_Note__c: 7 }), [
    'rejected-type-mismatch',
    'Pendo_Note__c takes a text, and would get a number',
  ]);
  assert.deepEqual(await reasons({ Pendo_Note__c: 'x'.repeat(41) }), [
    'value-not-allowed',
    'the text for Pendo_Note__c has more than its 40 characters',
  ]);
  assert.equal(written.length, 0);
  assert.equal(await reasons({ Pendo_Note__c: 'x'.repeat(40), Pendo_Time__c: 0 }), 'delivered');
  assert.deepEqual(rows('SELECT Pendo_Time__c FROM Account'), [[0]], 'a measured zero is a value');
});

test('a key that several records have is a conflict, and a key that makes records is an external ID', async () => {
  const { send, dml } = local({ ...push, key: { source: 'id', target: 'Name' } });
  dml('insert', 'Account', [{ Name: 'Same' }, { Name: 'Same' }]);
  const same: TargetRecord = { key: 'same', action: 'upsert', json: '{"Name":"Same","Pendo_Time__c":1}' };
  assert.deepEqual(kinds(await send([same])), { 'rejected rejected-conflict': 1 });
  const { target } = local({ salesforceObject: 'Account', key: { source: 'id', target: 'Name' } });
  const refused = await target.send('Account', [same], 'live', async () => undefined);
  assert.match(refused.kind === 'refused' ? refused.error.message : refused.kind, /Account\.Name is no external ID/);
});

test('K-26: what was merged is written to the record that is left; what was deleted is told', async () => {
  const { send, org, dml, rows, session } = local({ ...push, key: { source: 'id', target: 'Id' } });
  const [left = '', merged = '', gone = ''] = dml(
    'insert',
    'Account',
    ['A', 'B', 'C'].map((Name) => ({ Name })),
  );
  org.core.mergeRecords(session, [{ object: 'Account', masterId: left, values: {}, recordToMergeIds: [merged] }]);
  dml('delete', 'Account', [{ Id: gone }]);
  const at = (id: string, time: number): TargetRecord => ({
    key: id,
    action: 'upsert',
    json: JSON.stringify({ Pendo_Time__c: time }),
  });
  assert.deepEqual(kinds(await send([at(merged, 9), at(gone, 1)])), { delivered: 1, 'rejected rejected-not-found': 1 });
  assert.deepEqual(rows(`SELECT Pendo_Time__c FROM Account WHERE Id = '${left}'`), [[9]]);
});

test('K-09: a right that the integration user lacks is named', async () => {
  const { org, dml, session } = local();
  const [account = ''] = dml('insert', 'Account', [{ Name: 'A', Ext__c: 'a' }]);
  assert.ok(account && session.userId);
  const clock: Clock = { now: () => start, sleep: async () => undefined };
  const accessToken = org.issueToken(org.core.integrationUserId);
  const login = loginByAccessToken({ accessToken, instanceUrl: 'http://127.0.0.1' });
  const salesforce = connectSalesforce({ transport: (request) => org.fetch(request), login, clock });
  const sync = {
    ...push,
    name: 'in',
    connection: 'p',
    direction: 'systemToSalesforce',
    systemObject: 'a',
  } as SyncConfiguration;
  const target = salesforce.targetOf(sync, pendo);
  const result = await target.send('Account', [record('a', { Pendo_Time__c: 1 })], 'live', async () => undefined);
  assert.match(JSON.stringify(result.kind === 'refused' ? result.error.message : result), /Account|Ext__c/);
});

test('K-20: of a batch that is cut off midway, what left is unanswered, what did not is put off, the rest is delivered', async () => {
  let calls = 0;
  const cut: Answer = async (request, pass) => {
    if (!request.url.includes('/composite/') || ++calls !== 2) return await pass(request);
    await pass(request);
    throw new TypeError('terminated');
  };
  const { send } = local({}, undefined, cut);
  assert.deepEqual(kinds(await send(many(600))), { delivered: 200, unanswered: 200, 'retry passing-fault': 200 });
});

test('one value of a wrong type spoils its record alone, though the org refuses the whole request', async () => {
  const strict: Answer = async (request, pass) => {
    if (!request.url.includes('/composite/')) return await pass(request);
    const bad = (await request.clone().text()).includes('"Score__c":"many"');
    const refused = [{ errorCode: 'JSON_PARSER_ERROR', message: 'Cannot deserialize instance of double' }];
    return bad ? Response.json(refused, { status: 400 }) : await pass(request);
  };
  const { send } = local({}, undefined, strict);
  const deliveries = await send(many(120, (number) => (number === 77 ? { Score__c: 'many' } : {})));
  assert.deepEqual(kinds(deliveries), { delivered: 119, 'rejected rejected-type-mismatch': 1 });
  assert.equal(deliveries[77]?.kind, 'rejected');
});

test('a bulk job whose closing was not answered is looked for, and one of an earlier process is waited for', async () => {
  let cut = true;
  const { send, org, rows, session } = local({}, undefined, async (request, pass) => {
    const answer = await pass(request);
    if (request.method !== 'PATCH' || !cut) return answer;
    cut = false;
    throw new TypeError('terminated');
  });
  const api = async (method: string, path: string, type: string, body: string): Promise<string> => {
    const headers = { authorization: `Bearer ${session.token}`, 'content-type': type };
    const url = `http://127.0.0.1/services/data/v66.0/jobs/ingest${path}`;
    return await (await org.fetch(new Request(url, { method, headers, body }))).text();
  };
  const job = { object: 'Contact', operation: 'upsert', externalIdFieldName: 'Ext__c' };
  const { id } = JSON.parse(await api('POST', '', 'application/json', JSON.stringify(job))) as { id: string };
  await api('PUT', `/${id}/batches`, 'text/csv', 'Ext__c,LastName\nk00000,Old\n');
  await api('PATCH', `/${id}`, 'application/json', '{"state":"UploadComplete"}');
  assert.deepEqual(kinds(await send(many(2_000))), { delivered: 2_000 });
  assert.deepEqual(rows("SELECT LastName FROM Contact WHERE Ext__c = 'k00000'"), [['L0']]);
  assert.deepEqual(rows('SELECT COUNT(Id) FROM Contact'), [[2_000]]);
});
