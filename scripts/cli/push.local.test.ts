import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { createLocalOrg } from '../../local/org/index.ts';
import { createLocalPendo } from '../../local/systems/pendo/index.ts';
import { activateDraft, applyDraft, askCommand, parseConfiguration } from '../control/index.ts';
import type { CommandKind, FieldsAnswer, KeysAnswer, Transport } from '../engine/index.ts';
import { connectSalesforce, deployFiles, fieldPackage, loginByAccessToken } from '../salesforce/index.ts';
import { openStore } from '../store/index.ts';
import { assignSet } from './assign-set.ts';
import { runParts } from './compose.ts';
import { LeaseGuard } from './lease-guard.ts';
import { systemClock } from './system-clock.ts';

/** A pull, as a push needs one, and a push that tells accounts apart by a field that is to be made. */
const configuration = (mappings: readonly string[]): string => `connections:
  - { name: pendo, system: pendo }
syncs:
  - name: accounts
    connection: pendo
    direction: salesforceToSystem
    salesforceObject: Account
    systemObject: account
    key: { source: Id, target: accountId }
    include: all
    rules: { create: false, update: true, delete: ignore }
    mappings:
      - { source: Name, target: custom.name }
  - name: usage
    connection: pendo
    direction: systemToSalesforce
    salesforceObject: Account
    systemObject: account-report/r1
    key: { source: accountId, target: Pendo_AccountId__c }
    include: all
    rules: { create: false, update: true, delete: ignore }
    mappings:
${mappings.join('\n')}
`;

/** A mapping may name a field that is not there yet. */
const first = ['      - { source: clicks, target: Pendo_Clicks_Last30Days__c }'];
const folder = mkdtempSync(join(tmpdir(), 'plumbline-push-'));
after(() => rmSync(folder, { recursive: true }));

test('P-41, P-42, P-53, P-60, P-65, P-67: a push from nothing in the local org: fields proposed and made, keys filled, values written and told', async () => {
  const [orgUrl, pendoUrl] = ['http://127.0.0.1:1', 'http://127.0.0.1:2'];
  const org = createLocalOrg({ seed: 21 });
  org.deployPackage('force-app');
  org.assignPermissionSet('Plumbline_Admin', org.core.adminUserId);
  const pendo = createLocalPendo({ keys: { 'the-key': { write: true } } });
  const clock = systemClock();
  const written: { readonly path: string; readonly body: string }[] = [];
  const transport: Transport = async (request) => {
    if (!request.url.startsWith(orgUrl)) return await pendo.fetch(request);
    const { pathname } = new URL(request.url);
    if (request.method !== 'GET' && pathname.includes('/composite/sobjects'))
      written.push({ path: pathname, body: await request.clone().text() });
    return await org.fetch(request);
  };
  const as = (userId: string) =>
    connectSalesforce({
      ...{ transport, clock },
      login: loginByAccessToken({ accessToken: org.issueToken(userId), instanceUrl: orgUrl }),
    });
  const salesforce = as(org.core.adminUserId);
  const { client: records } = salesforce;
  pendo.control.putField({ kind: 'account', group: 'custom', name: 'name', type: 'string' });
  const names = ['Acme', 'Bolt', 'Core'];
  await records.create(
    'Account',
    names.map((Name) => ({ Name })),
  );
  for (const [index, name] of names.entries())
    pendo.control.putAccount(`p${index}`, { metadata: { custom: { name } } });
  const today = new Date(clock.now()).toISOString().slice(0, 10);
  const came = { [today]: { events: 3, minutes: 12, clicks: 0 } };
  pendo.control.putVisitor('v0', { accountIds: ['p0'], usage: came });
  pendo.control.putVisitor('v1', { accountIds: ['p1'], usage: came });
  const column = (name: string, metric: 'numMinutes' | 'numFeatureClicks' | 'lastVisit') => ({
    name,
    label: name,
    from: { metric },
  });
  pendo.control.putReport('r1', {
    ...{ name: 'Usage', kind: 'account', type: 'List', shared: true, segmentId: 'everyone', range: { last: 30 } },
    columns: [
      column('timeOnSite', 'numMinutes'),
      column('clicks', 'numFeatureClicks'),
      column('lastVisit', 'lastVisit'),
      { name: 'name', label: 'Name', from: { kind: 'account', group: 'custom', field: 'name', type: 'string' } },
    ],
  });
  await applyDraft(records, parseConfiguration(configuration(first), 'p.yaml'), { prune: false });
  const draftId = async (): Promise<string> =>
    (await records.queryOne<{ Id: string }>("SELECT Id FROM Plumbline_Sync__c WHERE Unique_Name__c = 'usage'"))?.Id ??
    '';
  const store = await openStore({ file: join(folder, 'store.sqlite'), clock, lives: () => true });
  const stop = new AbortController();
  const running = runParts(
    {
      ...{ owner: 'test', orgId: org.core.id, salesforce, store, transport, clock, random: Math.random },
      ...{ lease: new LeaseGuard(), makeId: () => crypto.randomUUID(), log: () => undefined },
      environment: {
        PLUMBLINE_PENDO_URL: pendoUrl,
        PLUMBLINE_PENDO_INTEGRATION_KEY: 'the-key',
        PLUMBLINE_SECRETS: '/nonexistent',
      },
    },
    stop.signal,
  );
  const ask = async (kind: CommandKind, target: string, more: object = {}): Promise<unknown> => {
    const request = { kind, target, arguments: { ...more }, milliseconds: 300_000 };
    const readAnswer = (command: string): Promise<unknown> => salesforce.readAnswer(command);
    const answer = await (await askCommand({ records, clock, readAnswer }, request)).answer(stop.signal);
    assert.ok(answer.ok, `${kind}: ${JSON.stringify(answer)}`);
    return answer.body;
  };
  try {
    const { plan, user, from, period } = (await ask('fields', 'usage', { draft: await draftId() })) as FieldsAnswer;
    const targets = plan.proposals.flatMap((each) => ('target' in each ? [each.target] : []));
    assert.equal(period, 'Last 30 days');
    assert.deepEqual(targets, [
      'Pendo_AccountId__c',
      'Pendo_TimeOnSite_Last30Days__c',
      'Pendo_Clicks_Last30Days__c',
      'Pendo_LastVisit_Last30Days__c',
      'Pendo_Name_Last30Days__c',
    ]);
    const { files, note, writerSet } = fieldPackage(plan, { user, from: from.label });
    for (const target of targets) assert(note.includes(target));
    await deployFiles(salesforce.channel, clock, files, { checkOnly: false });
    assert.equal(await assignSet(records, writerSet, user), true);
    assert.equal(await assignSet(records, writerSet, user), false, 'once');

    const match = { source: 'name', target: 'Name' };
    const dry = (await ask('keys', 'usage', { draft: await draftId(), match })) as KeysAnswer;
    assert.deepEqual([dry.counts.fill, dry.written], [3, undefined]);
    const wet = (await ask('keys', 'usage', { draft: await draftId(), match, write: true })) as KeysAnswer;
    assert.deepEqual(wet.written, { filled: 3, later: 0, refused: [] });

    const lines = plan.proposals.flatMap((each) =>
      'target' in each && !('isKey' in each.shape) && each.source !== 'name'
        ? [
            `      - { source: ${each.source}, target: ${each.target}, blank: clear${each.transform ? `, transform: ${each.transform}` : ''} }`,
          ]
        : [],
    );
    await applyDraft(records, parseConfiguration(configuration(lines), 'p.yaml'), { prune: false });
    await records.update('Account', [
      {
        Id: (await records.queryOne<{ Id: string }>("SELECT Id FROM Account WHERE Name = 'Core'"))?.Id,
        Pendo_Clicks_Last30Days__c: 8,
      },
    ]);
    await activateDraft(records, { now: clock.now(), id: crypto.randomUUID(), check: () => undefined });
    await records.update('Plumbline_Sync__c', [{ Id: await draftId(), Paused__c: false }]);
    written.length = 0;
    await ask('resume', '*');
    await ask('backfill', 'usage');
    const rows = async (): Promise<readonly unknown[]> => {
      const found: unknown[] = [];
      const query =
        'SELECT Pendo_TimeOnSite_Last30Days__c, Pendo_Clicks_Last30Days__c, Pendo_LastVisit_Last30Days__c FROM Account ORDER BY Name';
      for await (const row of records.query<Record<string, unknown>>(query)) found.push(Object.values(row).slice(1));
      return found;
    };
    const midnight = `${today}T00:00:00.000+0000`;
    const expected = [
      [12, 0, midnight],
      [12, 0, midnight],
      [null, 8, null],
    ];
    await until(
      async () => JSON.stringify(await rows()) === JSON.stringify(expected),
      async () => JSON.stringify(await rows()),
    );
    const told = (): readonly string[] =>
      written.filter(({ body }) => body.includes('Plumbline_Values_Changed__e')).map(({ body }) => body);
    await until(
      async () => told().length > 0,
      async () => 'no event',
    );
    assert.equal(
      told()
        .join('')
        .match(/"System__c":"pendo"/g)?.length,
      2,
      'the two that really changed',
    );
    const business = written.filter(({ body }) => body.includes('"type":"Account"'));
    for (const { body } of business) {
      for (const { attributes: _type, Id: _id, ...fields } of (
        JSON.parse(body) as { records: Record<string, unknown>[] }
      ).records)
        for (const name of Object.keys(fields)) assert.match(name, /^Pendo_[A-Za-z0-9_]+__c$/);
    }
    const before = business.length;
    await ask('run', 'usage');
    await until(
      async () => {
        const run = await records.queryOne<{ Id: string }>(
          "SELECT Id FROM Plumbline_Run__c WHERE Kind__c = 'manual' AND State__c = 'finished'",
        );
        return run !== undefined;
      },
      async () => 'the second run is not finished',
    );
    assert.equal(
      written.filter(({ body }) => body.includes('"type":"Account"')).length,
      before,
      'a no-op run writes nothing',
    );
  } finally {
    stop.abort();
    await running;
    await store.close();
  }
});

async function until(holds: () => Promise<boolean>, what: () => Promise<string>): Promise<void> {
  for (let turn = 0; turn < 600; turn++) {
    if (await holds()) return;
    await new Promise((wake) => setTimeout(wake, 100));
  }
  assert.fail(await what());
}
