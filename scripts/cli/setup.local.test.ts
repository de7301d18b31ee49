import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { createLocalOrg, type LocalOrg } from '../../local/org/index.ts';
import { createLocalIterable } from '../../local/systems/iterable/index.ts';
import { applyDraft, askCommand, parseConfiguration } from '../control/index.ts';
import type { CommandKind, RecordClient, Transport } from '../engine/index.ts';
import { connectSalesforce, loginByAccessToken } from '../salesforce/index.ts';
import { openStore } from '../store/index.ts';
import { runParts } from './compose.ts';
import { LeaseGuard } from './lease-guard.ts';
import { systemClock } from './system-clock.ts';

const draft = parseConfiguration(
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
      - { source: Email, target: email, transform: lowercase }
      - { source: LastName, target: dataFields.Name.Last }
      - { source: Owner.Name, target: dataFields.Owner.Name }
`,
  'leads.yaml',
);

test('P-46, P-56: a draft is described, matched, previewed and tested in the local org, with no version activated', async () => {
  const org = createLocalOrg({ seed: 11 });
  org.deployPackage('force-app');
  org.assignPermissionSet('Plumbline_Admin', org.core.adminUserId);
  const iterable = createLocalIterable({ apiKeys: ['the-key'] });
  const [orgUrl, iterableUrl] = ['http://127.0.0.1:1', 'http://127.0.0.1:2'];
  const clock = systemClock();
  const transport: Transport = (request) =>
    request.url.startsWith(orgUrl) ? org.fetch(request) : iterable.fetch(request);
  const login = loginByAccessToken({ accessToken: org.issueToken(org.core.adminUserId), instanceUrl: orgUrl });
  const salesforce = connectSalesforce({ transport, login, clock });
  const { client: records } = salesforce;
  await applyDraft(records, draft, { prune: false });
  const id = (await records.queryOne<{ Id: string }>('SELECT Id FROM Plumbline_Sync__c'))?.Id ?? '';
  const made = await records.create(
    'Lead',
    ['Ada@x.example', 'ada@x.example', 'bob@x.example', null].map((Email, index) => ({
      ...{ LastName: `Lead ${index}`, Company: 'Acme' },
      Email,
    })),
  );
  const [, , bob] = made.map((result) => (result.success ? result.id : assert.fail(JSON.stringify(result))));

  // Asked before the worker begins, so that its first look finds all of them.
  const asked = new Map<string, Awaited<ReturnType<typeof askCommand>>>();
  const readAnswer = (command: string): Promise<unknown> => salesforce.readAnswer(command);
  const questions: readonly (readonly [CommandKind, string, object?])[] = [
    ['check', 'leads'],
    ['describe', 'iterable', { object: 'user' }],
    ['match', 'leads', { examples: 5 }],
    ['rights', 'leads'],
    ['preview', `leads/${bob}`],
    ['plan', 'leads', { compare: 5 }],
  ];
  const ask = async (kind: CommandKind, target: string, more?: object): Promise<void> => {
    const request = { kind, target, arguments: { draft: id, ...more }, milliseconds: 300_000 };
    asked.set(kind, await askCommand({ records, clock, readAnswer }, request));
  };
  for (const question of questions) await ask(...question);
  // Reads commands of their own and no lead: what an answer says of one is not for them, by whatever door it is read.
  const operator = connectSalesforce({
    ...{ transport, clock },
    login: loginByAccessToken({ accessToken: org.issueToken(await makeOperator(org, records)), instanceUrl: orgUrl }),
  });
  const askedByOperator = await askCommand(
    { records: operator.client, clock, readAnswer: (command) => operator.readAnswer(command) },
    { kind: 'preview', target: `leads/${bob}`, arguments: { draft: id }, milliseconds: 300_000 },
  );
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-setup-'));
  const store = await openStore({ file: join(folder, 'store.sqlite'), clock, lives: () => true });
  const stop = new AbortController();
  const running = runParts(
    {
      ...{ owner: 'test', orgId: org.core.id, salesforce, store, transport, clock, random: Math.random },
      ...{ lease: new LeaseGuard(), makeId: () => crypto.randomUUID(), log: () => undefined },
      environment: {
        PLUMBLINE_ITERABLE_URL: iterableUrl,
        PLUMBLINE_ITERABLE_API_KEY: 'the-key',
        PLUMBLINE_SECRETS: '/nonexistent',
      },
    },
    stop.signal,
  );
  const body = async (kind: CommandKind): Promise<Record<string, unknown>> => {
    const answer = await asked.get(kind)?.answer(stop.signal);
    assert.ok(answer?.ok, `${kind}: ${JSON.stringify(answer)}`);
    return answer.body as Record<string, unknown>;
  };
  try {
    const check = await body('check');
    assert.ok(
      (check['checks'] as { ok: boolean }[]).every(({ ok }) => ok),
      JSON.stringify(check),
    );
    assert.deepEqual(check['secrets'], [
      { connection: 'iterable', present: true, variable: 'PLUMBLINE_ITERABLE_API_KEY' },
    ]);
    assert.equal((check['org'] as { id: string }).id, org.core.id);
    const described = await body('describe');
    assert.ok((described['fields'] as { path: string }[]).some(({ path }) => path === 'email'));
    assert.ok((described['suggestions'] as { source: string }[]).some(({ source }) => source === 'FirstName'));
    const { examples, ...counts } = await body('match');
    assert.deepEqual(counts, { records: 4, withKey: 3, blank: 1, invalid: 0, duplicates: 2 });
    const [shared] = examples as { kind: string; records: { name: string }[] }[];
    assert.deepEqual([shared?.kind, shared?.records.map(({ name }) => name)], ['duplicate', ['Lead 0', 'Lead 1']]);
    assert.deepEqual((await body('rights'))['missing'], [], 'an administrator lacks nothing');
    assert.equal((await body('preview'))['action'], 'create');
    const forOperator = await askedByOperator.answer(stop.signal);
    assert.ok(forOperator.ok, JSON.stringify(forOperator));
    assert.deepEqual(forOperator.body, { record: bob, hidden: true });
    assert.ok(forOperator.hidden.length > 0, 'what is left out is said');
    const plan = await body('plan');
    assert.ok(
      (plan['changes'] as { record: string }[]).some(({ record }) => record === bob),
      JSON.stringify(plan),
    );
    // Not asked with the others: commands of one second come in no order that could be relied on.
    await ask('test', `leads/${bob}`);
    const tested = await body('test');
    assert.equal(tested['outcome'], 'created');
    assert.ok(
      (tested['fields'] as { same: boolean }[]).every(({ same }) => same),
      JSON.stringify(tested),
    );
    assert.deepEqual(
      [...iterable.control.users()].map(({ email }) => email),
      ['bob@x.example'],
    );
  } finally {
    stop.abort(new Error('done'));
    await running;
    await store.close();
    rmSync(folder, { recursive: true });
  }
});

/** A user with the permission set of an operator, and no right to leads. */
async function makeOperator(org: LocalOrg, records: RecordClient): Promise<string> {
  const profile = await records.queryOne<{ Id: string }>("SELECT Id FROM Profile WHERE Name LIKE 'Minimum Access%'");
  const [made] = await records.create('User', [
    {
      ...{ LastName: 'Operator', Username: 'operator@x.example', Email: 'operator@x.example', Alias: 'operator' },
      ...{ ProfileId: profile?.Id, TimeZoneSidKey: 'GMT', LocaleSidKey: 'en_US' },
      ...{ LanguageLocaleKey: 'en_US', EmailEncodingKey: 'UTF-8' },
    },
  ]);
  assert.ok(made?.success, JSON.stringify(made));
  org.assignPermissionSet('Plumbline_Operator', made.id);
  return made.id;
}
