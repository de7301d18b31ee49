import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import * as fc from 'fast-check';
import { createLocalOrg, manualClock, type LocalOrg, type ManualClock } from '../../local/org/index.ts';
import {
  LeaseLostError,
  SettingsError,
  noCounts,
  type Clock,
  type IssueChange,
  type RecordClient,
  type RunRow,
} from '../engine/index.ts';
import { connectSalesforce, loginByAccessToken } from '../salesforce/index.ts';
import { drafts, sorted } from './configuration/testing/drafts.ts';
import {
  activateDraft,
  applyDraft,
  createControlPlane,
  differences,
  draftOf,
  formatConfiguration,
  parseConfiguration,
  readActiveVersion,
  readDraftRows,
  setPaused,
  type Draft,
} from './index.ts';

const start = Date.UTC(2026, 0, 5, 10);
const minute = 60_000;
let deployed: LocalOrg;

interface Setting {
  readonly org: LocalOrg;
  readonly orgClock: ManualClock;
  readonly clock: Clock;
  readonly records: RecordClient;
}

before(() => {
  deployed = createLocalOrg({ clock: manualClock(start), seed: 7 });
  const result = deployed.deployPackage(fileURLToPath(new URL('../../force-app', import.meta.url)));
  assert.ok(result.success, JSON.stringify(result.details.componentFailures));
  deployed.assignPermissionSet('Plumbline_Admin', deployed.core.adminUserId);
  deployed.assignPermissionSet('Plumbline_Integration_User', deployed.core.integrationUserId);
});

/** The deployed local org anew, and its records as its administrator sees them, or as the worker's user does. */
function newOrg(who: 'admin' | 'worker' = 'admin'): Setting {
  const orgClock = manualClock(start);
  const org = deployed.fork({ clock: orgClock });
  const clock: Clock = {
    now: () => orgClock.now(),
    sleep: async (milliseconds) => void orgClock.advance(milliseconds),
  };
  const accessToken = org.issueToken(who === 'admin' ? org.core.adminUserId : org.core.integrationUserId);
  const login = loginByAccessToken({ accessToken, instanceUrl: 'http://127.0.0.1:1' });
  const { client } = connectSalesforce({ transport: (request) => org.fetch(request), login, clock });
  return { org, orgClock, clock, records: client };
}

/** Lets a user write an object and all of its fields, as an administrator does by a permission set. */
function grantAll({ dml, schema, adminUserId }: LocalOrg['core'], object: string, userId: string): void {
  const session = { userId: adminUserId, token: '', origin: '' };
  const insert = (into: string, ...rows: readonly Record<string, unknown>[]): string => {
    const [result] = dml({ operation: 'insert', object: into, records: rows, allOrNone: true, session });
    assert.ok(result?.success, JSON.stringify(result));
    return result.id ?? '';
  };
  const ParentId = insert('PermissionSet', { Name: 'Writes_All', Label: 'Writes all' });
  const rights = { PermissionsRead: true, PermissionsEdit: true };
  insert('ObjectPermissions', { ParentId, SobjectType: object, PermissionsCreate: true, ...rights });
  const described = schema.describe(object, session)['fields'] as { name: string; permissionable: boolean }[];
  const fields = described.filter(({ permissionable }) => permissionable).map(({ name }) => `${object}.${name}`);
  insert('FieldPermissions', ...fields.map((Field) => ({ ParentId, SobjectType: object, Field, ...rights })));
  insert('PermissionSetAssignment', { PermissionSetId: ParentId, AssigneeId: userId });
}

const leads: Draft = parseConfiguration(
  `connections:
  - { name: iterable, system: iterable }
syncs:
  - name: leads
    connection: iterable
    direction: salesforceToSystem
    salesforceObject: Lead
    systemObject: user
    key: { source: Email, target: email }
    include: all
    mappings:
      - { source: Email, target: email }
      - { source: LastName, target: dataFields.Name.Last, blank: clear }
`,
  'leads.yaml',
);

const countRecords = async (): Promise<number> => 0;

async function readDraft(records: RecordClient): Promise<Draft> {
  return draftOf(await readDraftRows(records));
}

async function count(records: RecordClient, object: string, where = 'Id != null'): Promise<number> {
  return (await records.queryOne<{ n: number }>(`SELECT COUNT(Id) n FROM ${object} WHERE ${where}`))?.n ?? 0;
}

test('N-09: any draft is the same from file to org to version and back', async () => {
  const { orgId } = await newOrg().records.identity();
  await fc.assert(
    fc.asyncProperty(drafts, async (draft) => {
      const { records } = newOrg();
      await applyDraft(records, parseConfiguration(formatConfiguration(draft), 'a.yaml'), { prune: true });
      assert.deepEqual(await readDraft(records), sorted(draft));
      await activateDraft(records, { now: start, id: randomUUID() });
      assert.deepEqual((await readActiveVersion(records))?.configuration, { orgId, ...sorted(draft) });
    }),
    { numRuns: 25 },
  );
});

test('N-09: applying any draft over any other leaves no difference, and applying it again writes nothing', async () => {
  await fc.assert(
    fc.asyncProperty(drafts, drafts, async (first, second) => {
      const { records } = newOrg();
      await applyDraft(records, first, { prune: true });
      const merged = {
        connections: second.connections,
        syncs: second.syncs.filter((sync) => !first.syncs.some((each) => each.name === sync.name)),
      };
      await applyDraft(records, merged, { prune: true });
      const names = new Set(merged.connections.map((each) => each.name));
      const present = await readDraft(records);
      const ours = {
        connections: present.connections.filter((each) => names.has(each.name)),
        syncs: present.syncs.filter((each) => names.has(each.connection)),
      };
      assert.deepEqual(differences(ours, merged), []);
      const again = await applyDraft(records, merged, { prune: true });
      assert.deepEqual(again, { created: 0, updated: 0, deleted: 0, newSyncs: [], onlyInOrg: [] });
    }),
    { numRuns: 15 },
  );
});

test('K-12: a new sync starts paused, and stays as it is when it is applied again', async () => {
  const { records, clock } = newOrg();
  assert.deepEqual((await applyDraft(records, leads, { prune: false })).newSyncs, ['leads']);
  const control = createControlPlane({ records, clock, countRecords });
  assert.ok((await control.pauses()).has('leads'));
  await setPaused(records, 'leads', false);
  await applyDraft(
    records,
    { ...leads, syncs: leads.syncs.map((sync) => ({ ...sync, precedence: 5 })) },
    { prune: false },
  );
  await clock.sleep(minute);
  assert.deepEqual([...(await control.pauses())], []);
  await assert.rejects(setPaused(records, 'nobody', true), /no sync and no connection named "nobody"/);
});

test('K-41: what was set up in a sandbox reaches production as a file, to be reviewed as one', async () => {
  const sandbox = newOrg();
  await applyDraft(sandbox.records, leads, { prune: false });
  const [sync] = (await readDraftRows(sandbox.records)).syncs;
  // An admin goes on in the screens of the sandbox.
  await sandbox.records.update('Plumbline_Sync__c', [
    { Id: sync?.Id, Include__c: "LeadSource = 'Web'", Poll_Seconds__c: 15 },
  ]);
  const file = formatConfiguration(draftOf(await readDraftRows(sandbox.records)));
  const production = newOrg();
  await applyDraft(production.records, leads, { prune: false });
  const wanted = parseConfiguration(file, 'iterable.yaml');
  const review = differences(draftOf(await readDraftRows(production.records)), wanted);
  const places = ['sync leads · include', 'sync leads · schedule · pollSeconds'];
  assert.deepEqual(review.map(({ place }) => place).toSorted(), places);
  await applyDraft(production.records, wanted, { prune: false });
  assert.deepEqual(draftOf(await readDraftRows(production.records)), draftOf(await readDraftRows(sandbox.records)));
});

test('K-48: what products keep behind a support ticket is a setting of the sync, edited in the org', async () => {
  const { records, clock } = newOrg();
  await applyDraft(records, leads, { prune: false });
  const rows = await readDraftRows(records);
  const choices = {
    Salesforce_Object__c: 'Account',
    Create_Records__c: false,
    On_Delete__c: 'forget',
    On_Duplicate__c: 'link',
    Direction__c: 'systemToSalesforce',
  };
  await records.update('Plumbline_Sync__c', [{ Id: rows.syncs[0]?.Id, ...choices }]);
  await records.update('Plumbline_Field_Mapping__c', [{ Id: rows.mappings[1]?.Id, Blank__c: 'keep' }]);
  await activateDraft(records, { now: clock.now(), id: randomUUID() });
  const [sync] = (await readActiveVersion(records))?.configuration.syncs ?? [];
  assert.deepEqual(sync?.rules, { create: false, update: true, delete: 'forget', duplicates: 'link' });
  assert.deepEqual([sync?.salesforceObject, sync?.direction], ['Account', 'systemToSalesforce']);
  assert.ok(sync?.mappings.every(({ blank }) => blank === 'keep'));
});

test('what an admin left unfinished is refused at activation, naming the record and the field', async () => {
  const { records } = newOrg();
  await applyDraft(records, leads, { prune: false });
  const [row] = (await readDraftRows(records)).syncs;
  await records.update('Plumbline_Sync__c', [{ Id: row?.Id, Include__c: null }]);
  await assert.rejects(
    activateDraft(records, { now: start, id: randomUUID() }),
    /syncs\.leads\.include: say which records take part/,
  );
});

test('activating what is active already writes nothing; the newest activation runs', async () => {
  const { records } = newOrg();
  await applyDraft(records, leads, { prune: false });
  const first = await activateDraft(records, { now: start, id: randomUUID() });
  assert.deepEqual(await activateDraft(records, { now: start + minute, id: randomUUID() }), {
    ...first,
    changed: false,
  });
  const [connection] = leads.connections;
  await applyDraft(
    records,
    { ...leads, connections: [{ ...connection, name: 'iterable', system: 'iterable', settings: { region: 'eu' } }] },
    { prune: false },
  );
  const second = await activateDraft(records, { now: start + 2 * minute, id: randomUUID() });
  assert.equal((await readActiveVersion(records))?.id, second.versionId);
  assert.equal(await count(records, 'Plumbline_Version__c', "Status__c = 'Active'"), 1);
});

test('N-15: activation refuses another org than the one that was expected', async () => {
  const { records } = newOrg();
  await applyDraft(records, leads, { prune: false });
  await assert.rejects(
    activateDraft(records, { now: start, id: randomUUID(), expectedOrgId: '00D000000000009EAA' }),
    SettingsError,
  );
  assert.equal(await count(records, 'Plumbline_Version__c'), 0);
});

test('K-12: the worker cannot make a version, whatever door it comes by', async () => {
  const { records } = newOrg('worker');
  await assert.rejects(
    activateDraft(records, { now: start, id: randomUUID() }),
    /entity type cannot be inserted: Plumbline Version/,
  );
  assert.equal(await readActiveVersion(records), undefined);
});

test('K-12: whoever may write versions and not activate is refused, whatever door they come by', async () => {
  const { records, org } = newOrg('worker');
  grantAll(org.core, 'Plumbline_Version__c', org.core.integrationUserId);
  await assert.rejects(activateDraft(records, { now: start, id: randomUUID() }), (error) => {
    assert.ok(error instanceof SettingsError);
    assert.equal(
      error.message,
      'The org did not take the activated version: You may not activate a configuration. Ask for the permission set Plumbline Admin.',
    );
    return true;
  });
  assert.equal(await readActiveVersion(records), undefined);
});

test('a version whose content was edited in the org does not run', async () => {
  const { records, clock } = newOrg();
  await applyDraft(records, leads, { prune: false });
  const { versionId } = await activateDraft(records, { now: start, id: randomUUID() });
  const row = await records.queryOne<{ Content__c: string }>('SELECT Content__c FROM Plumbline_Version__c');
  await records.update('Plumbline_Version__c', [
    { Id: versionId, Content__c: row?.Content__c.replace('"all"', '"Id = null"') },
  ]);
  await assert.rejects(
    createControlPlane({ records, clock, countRecords }).activeVersion(),
    /was altered after its activation/,
  );
});

test('one store holds the org until its lease ends or is given back', async () => {
  const { records, clock } = newOrg();
  const control = createControlPlane({ records, clock, countRecords });
  // The org's own rule looks at the org's clock.
  const beat = async (storeId: string, now: number): Promise<void> => {
    await clock.sleep(now - clock.now());
    await control.beat({ storeId, now, leaseMilliseconds: 3 * minute, backlog: 4, listening: true });
  };
  await beat('a', start);
  await beat('a', start + minute);
  await assert.rejects(
    beat('b', start + 2 * minute),
    (error) => error instanceof LeaseLostError && /store a, until/.test(error.message),
  );
  await beat('b', start + 5 * minute);
  await assert.rejects(beat('a', start + 6 * minute), LeaseLostError);
  await control.leave('a');
  await assert.rejects(beat('a', start + 6 * minute), LeaseLostError);
  await control.leave('b');
  await beat('a', start + 6 * minute);
  assert.equal(await count(records, 'Plumbline_Worker__c'), 1);
});

async function command(records: RecordClient, fields: Readonly<Record<string, unknown>>): Promise<string> {
  const expires = new Date(start + 10 * minute).toISOString();
  const [result] = await records.create('Plumbline_Command__c', [
    { Kind__c: 'status', Status__c: 'New', Expires_At__c: expires, ...fields },
  ]);
  assert.ok(result?.success);
  return result.id;
}

test('a command is claimed by one worker, and answered', async () => {
  const { records, clock } = newOrg();
  const [one, other] = [
    createControlPlane({ records, clock, countRecords }),
    createControlPlane({ records, clock, countRecords }),
  ];
  const id = await command(records, { Kind__c: 'plan', Target__c: 'leads', Arguments__c: '{"sample":3}' });
  const claimed = await one.claim('a', start);
  assert.deepEqual(claimed, [{ id, kind: 'plan', target: 'leads', arguments: { sample: 3 } }]);
  assert.deepEqual(await other.claim('b', start), []);
  assert.deepEqual(await one.claim('a', start), []);
  const [first] = claimed;
  assert.ok(first);
  await one.answer(first, { ok: true, body: { counts: 1 } });
  const row = await records.queryOne<{ Status__c: string; Answer__c: string }>(
    'SELECT Status__c, Answer__c FROM Plumbline_Command__c',
  );
  assert.equal(row?.Status__c, 'Done');
  assert.deepEqual(JSON.parse(row.Answer__c), { ok: true, body: { counts: 1 } });
});

test('a command that a killed worker left unanswered is handed out again to the same store alone', async () => {
  const { records, clock } = newOrg();
  await command(records, {});
  assert.equal((await createControlPlane({ records, clock, countRecords }).claim('a', start)).length, 1);
  assert.equal((await createControlPlane({ records, clock, countRecords }).claim('b', start)).length, 0);
  assert.equal((await createControlPlane({ records, clock, countRecords }).claim('a', start)).length, 1);
});

test('an expired command never runs, and one that cannot be read is answered with what to do', async () => {
  const { records, clock } = newOrg();
  const control = createControlPlane({ records, clock, countRecords });
  await command(records, { Expires_At__c: new Date(start - 1_000).toISOString() });
  await command(records, { Arguments__c: '[1' });
  assert.deepEqual(await control.claim('a', start), []);
  assert.equal(await count(records, 'Plumbline_Command__c', "Status__c = 'Expired'"), 1);
  assert.equal(await count(records, 'Plumbline_Command__c', "Status__c = 'Failed'"), 1);
});

function run(id: string, change: Partial<RunRow> = {}): RunRow {
  const counts = { ...noCounts, read: 10, created: 7, skipped: 2, failed: 1 };
  return {
    id,
    sync: 'leads',
    kind: 'backfill',
    state: 'running',
    startedAt: start,
    counts,
    reasons: { 'no-key': 2 },
    pagesDone: false,
    sourceCalls: 3,
    targetCalls: 1,
    lookUpCalls: 0,
    tellCalls: 0,
    reportCalls: 0,
    ...change,
  };
}

test('N-05: a run shows its counts in the org, once, however often it is reported', async () => {
  const { records, clock, org } = newOrg();
  await applyDraft(records, leads, { prune: false });
  const control = createControlPlane({ records, clock, countRecords });
  await control.reportRuns([run('r-1')]);
  const calls = org.apiCalls();
  await control.reportRuns([run('r-1')]);
  assert.equal(org.apiCalls(), calls, 'nothing new costs no call');
  await control.reportRuns([run('r-1', { state: 'finished', finishedAt: start + minute })]);
  const rows = [];
  for await (const row of records.query<Record<string, unknown>>(
    'SELECT Run_Id__c, Sync__r.Unique_Name__c, State__c, Read__c, Created__c, Skipped__c, Failed__c, Reasons__c, Finished_At__c FROM Plumbline_Run__c',
  )) {
    rows.push(row);
  }
  assert.equal(rows.length, 1);
  assert.deepEqual(
    { ...rows[0], attributes: 0, Sync__r: 0 },
    {
      attributes: 0,
      Run_Id__c: 'r-1',
      Sync__r: 0,
      State__c: 'finished',
      Read__c: 10,
      Created__c: 7,
      Skipped__c: 2,
      Failed__c: 1,
      Reasons__c: '{"no-key":2}',
      Finished_At__c: '2026-01-05T10:01:00.000+0000',
    },
  );
});

test('an hour of live work in which nothing happened is not reported', async () => {
  const { records, clock, org } = newOrg();
  await createControlPlane({ records, clock, countRecords }).reportRuns([
    run('r-1', { kind: 'live', counts: noCounts }),
  ]);
  assert.equal(await count(records, 'Plumbline_Run__c'), 0);
  assert.ok(org.apiCalls() <= 2);
});

test('progress is told at most once in five seconds', async () => {
  const { records, clock, org } = newOrg();
  let published = 0;
  org.core.onCommit((transaction) => (published += transaction.events.length));
  const control = createControlPlane({ records, clock, countRecords });
  for (let second = 0; second < 12; second += 1) {
    await control.progress(run('r-1'));
    await clock.sleep(1_000);
  }
  assert.equal(published, 3);
});

const failed = (source: string, change: Partial<IssueChange> = {}): IssueChange => ({
  sync: 'leads',
  source,
  outcome: 'failed',
  reason: 'rejected-type-mismatch',
  run: 'r-1',
  at: start,
  ...change,
});

test('K-07, K-14: an issue says its reason in words, and closes itself when its record succeeds', async () => {
  const { records, clock, org } = newOrg();
  await applyDraft(records, leads, { prune: false });
  await activateDraft(records, { now: start, id: randomUUID() });
  const control = createControlPlane({ records, clock, countRecords });
  await control.activeVersion();
  await control.reportIssues([failed('00Q1'), failed('00Q2')]);
  const issue = await records.queryOne<Record<string, unknown>>(
    "SELECT Status__c, Object__c, Outcome__c, Reason_Code__c, Reason__c, Next_Step__c FROM Plumbline_Issue__c WHERE Issue_Key__c = 'leads/00Q1'",
  );
  assert.equal(issue?.['Status__c'], 'Open');
  assert.equal(issue['Object__c'], 'Lead');
  for (const field of ['Reason__c', 'Next_Step__c']) assert.match(String(issue[field]), /^[A-Z].* .*\.$/s);
  const writes = await count(records, 'Plumbline_Issue__c');
  const calls = org.apiCalls();
  await control.reportIssues([failed('00Q1'), failed('00Q2')]);
  assert.ok(org.apiCalls() - calls <= 3, 'the same again is only looked up');
  assert.equal(await count(records, 'Plumbline_Issue__c'), writes);
  await control.reportIssues([{ sync: 'leads', source: '00Q1', outcome: 'settled', run: 'r-2', at: start + minute }]);
  assert.equal(await count(records, 'Plumbline_Issue__c', "Status__c = 'Open'"), 1);
  await control.reportIssues([failed('00Q1', { at: start + 2 * minute })]);
  assert.equal(await count(records, 'Plumbline_Issue__c', "Status__c = 'Open'"), 2);
  assert.equal(await count(records, 'Plumbline_Issue__c'), 2);
});

test('K-10: above 1,000 open issues of one sync and reason, one stands for the rest, and closes with the last of them', async () => {
  const { records, clock } = newOrg();
  await applyDraft(records, leads, { prune: false });
  let failing = 1_203;
  const control = createControlPlane({ records, clock, countRecords: async () => failing });
  const all = Array.from({ length: failing }, (_, index) => failed(`00Q${String(index).padStart(6, '0')}`));
  for (let from = 0; from < all.length; from += 500) await control.reportIssues(all.slice(from, from + 500));
  assert.equal(await count(records, 'Plumbline_Issue__c', "Status__c = 'Open' AND Record_Id__c != null"), 1_000);
  const rest = 'SELECT Records__c, Status__c FROM Plumbline_Issue__c WHERE Record_Id__c = null';
  assert.equal((await records.queryOne<{ Records__c: number }>(rest))?.Records__c, 203);
  failing = 0;
  const settled = all.map(
    ({ sync, source }) => ({ sync, source, outcome: 'settled', run: 'r-2', at: start + minute }) as const,
  );
  for (let from = 0; from < settled.length; from += 500) await control.reportIssues(settled.slice(from, from + 500));
  assert.equal(await count(records, 'Plumbline_Issue__c', "Status__c = 'Open'"), 0);
});

test('a record that someone took out is named with its sync', async () => {
  const { records, clock } = newOrg();
  await applyDraft(records, leads, { prune: false });
  const [row] = (await readDraftRows(records)).syncs;
  const exclusion = { Sync__c: row?.Id, Exclusion_Key__c: 'leads/00Q1', Object__c: 'Lead', Record_Id__c: '00Q1' };
  await records.create('Plumbline_Exclusion__c', [exclusion]);
  assert.deepEqual(await createControlPlane({ records, clock, countRecords }).exclusions(), [
    { sync: 'leads', source: '00Q1' },
  ]);
});
