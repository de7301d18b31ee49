import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { balances, outcomes } from '../../engine/index.ts';
import type { Iterable, Org, RunFigures } from '../main-job.ts';
import { create, eventually, heldUser } from './chain.ts';
import { commandLine, startWithNpm, type NpmEntry } from './npm-entry.ts';
import { loginWithSf } from './sf.ts';

const endWithinMilliseconds = 5_000;

const keys = (value: unknown): readonly string[] => Object.keys(value as object).toSorted();

describe('the commands of the project, through npm', { skip: process.platform !== 'linux' && 'reads /proc' }, () => {
  let org: NpmEntry;
  let systems: NpmEntry;
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-contracts-'));

  before(() => {
    org = startWithNpm(['local:org', '--', '--port', '0', '--json']);
    systems = startWithNpm(['local:systems', '--', 'iterable', '--port', '0', '--json']);
  });
  after(() => {
    org[Symbol.dispose]();
    systems[Symbol.dispose]();
    rmSync(folder, { recursive: true, force: true });
  });

  test('local:org answers with where it is, how to log in and where its events come from', async () => {
    const answer = await org.answer;
    assert.deepEqual(keys(answer), ['accessToken', 'instanceUrl', 'orgId', 'pid', 'pubsub', 'username']);
    assert.deepEqual(keys(answer['pubsub']), ['caFile', 'endpoint', 'instanceUrl']);
    assert.match(String(answer['instanceUrl']), /^http:\/\/127\.0\.0\.1:\d+$/);
    assert.ok(org.lines[0]?.startsWith('{'), 'nothing is printed before the answer');
  });

  test('N-08: local:systems answers with its place and key; users, stats and the dial are behind its control URL', async () => {
    const answer = await systems.answer;
    assert.deepEqual(keys(answer), ['apiKey', 'baseUrl', 'controlUrl', 'pid']);
    assert.ok(systems.lines[0]?.startsWith('{'), 'nothing is printed before the answer');
    const { baseUrl, apiKey, controlUrl } = answer as unknown as Iterable;
    for (const email of ['ada@example.com', 'grace@example.com']) {
      const saved = await fetch(`${baseUrl}/api/users/update`, {
        method: 'POST',
        headers: { 'api-key': apiKey, 'content-type': 'application/json' },
        body: JSON.stringify({ email, dataFields: { Name: { First: 'A' } } }),
      });
      assert.ok(saved.ok, await saved.text());
    }
    const lines = (await (await fetch(`${controlUrl}/users`)).text()).trimEnd().split('\n');
    assert.deepEqual(lines.map((line) => (JSON.parse(line) as { email: string }).email).toSorted(), [
      'ada@example.com',
      'grace@example.com',
    ]);
    const stats = async (): Promise<Record<string, unknown>> =>
      (await (await fetch(`${controlUrl}/stats`)).json()) as Record<string, unknown>;
    const { requests, throttled, users } = await stats();
    assert.deepEqual([requests, throttled, users], [2, 0, 2]);
    const dial = async (body: unknown): Promise<Response> =>
      fetch(`${controlUrl}/faults`, { method: 'POST', body: JSON.stringify(body) });
    assert.ok((await dial({ scripted: [{ kind: 'throttle' }] })).ok);
    const throttledCall = await fetch(`${baseUrl}/api/users/update`, {
      method: 'POST',
      headers: { 'api-key': apiKey, 'content-type': 'application/json' },
      body: JSON.stringify({ email: 'ada@example.com' }),
    });
    assert.equal(throttledCall.status, 429);
    assert.equal((await stats())['throttled'], 1);
    assert.equal((await dial({ rates: { cutBeforeAply: 1 } })).status, 400, 'a misspelt fault is refused');
  });

  test('local:systems -- pendo answers with its place and key, which counts there, and ends with npm on SIGTERM', async () => {
    using pendo = startWithNpm(['local:systems', '--', 'pendo', '--port', '0', '--accounts', '3', '--json']);
    const answer = await pendo.answer;
    assert.deepEqual(keys(answer), ['baseUrl', 'controlUrl', 'integrationKey', 'pid']);
    const verified = await fetch(`${String(answer['baseUrl'])}/api/v1/token/verify`, {
      headers: { 'x-pendo-integration-key': String(answer['integrationKey']) },
    });
    assert.deepEqual(await verified.json(), { valid: true, writeAccess: true });
    const { accounts } = (await (await fetch(`${String(answer['controlUrl'])}/stats`)).json()) as { accounts: number };
    assert.equal(accounts, 3);
    pendo.npm.kill('SIGTERM');
    await pendo.gone(endWithinMilliseconds);
  });

  test('I-27: worker applies the default configuration, is ready, keeps the org in step, and ends with npm on SIGTERM', async () => {
    const where = (await org.answer) as unknown as Org;
    const iterable = (await systems.answer) as unknown as Iterable;
    const options = {
      'instance-url': where.instanceUrl,
      'access-token': where.accessToken,
      'iterable-url': iterable.baseUrl,
      'iterable-key': iterable.apiKey,
      store: join(folder, 'store.sqlite'),
      apply: 'config/syncs/iterable.yaml',
    };
    const words = Object.entries(options).flatMap(([name, value]) => [`--${name}`, value]);
    await create(where, 'Lead', { LastName: 'Before', Company: 'Acme', Email: 'before@example.com' });
    using worker = startWithNpm(['worker', '--', ...words, '--json']);
    const answer = await worker.answer;
    assert.deepEqual(keys(answer), ['pid', 'ready']);
    assert.equal(answer['ready'], true);
    assert.ok(worker.running().includes(Number(answer['pid'])));
    await eventually(30, async () => {
      assert.equal((await heldUser(iterable, 'before@example.com'))?.dataFields.Name?.Last, 'Before');
    });
    worker.npm.kill('SIGTERM');
    await worker.gone(endWithinMilliseconds);
  });

  test('sf apex run test runs every test of the package in the local org: all pass, and cover 90% or more', async () => {
    const home = join(folder, 'tester');
    mkdirSync(home);
    const sf = await loginWithSf((await org.answer) as unknown as Org, home, '.');
    const words = ['apex', 'run', 'test', '--code-coverage', '--test-level', 'RunLocalTests', '--wait', '10'];
    const { summary } = await sf<{ summary: Readonly<Record<string, string | number>> }>(words);
    assert.equal(summary['outcome'], 'Passed');
    assert.ok(Number(summary['testsRan']) > 80, `${summary['testsRan']} tests ran`);
    assert.ok(
      Number.parseInt(String(summary['orgWideCoverage']), 10) >= 90,
      `${summary['orgWideCoverage']} is covered`,
    );
  });

  test('SIGTERM to its pid ends local:org, SIGTERM to npm ends local:systems, with every child', async () => {
    const { pid } = await org.answer;
    assert.ok(org.running().includes(Number(pid)));
    process.kill(Number(pid), 'SIGTERM');
    await org.gone(endWithinMilliseconds);
    systems.npm.kill('SIGTERM');
    await systems.gone(endWithinMilliseconds);
  });

  test('N-05: start --once --json gives the figures of the main job in one line, which balance, and leaves nothing running', async () => {
    using job = startWithNpm(['start', '--', '--once', '--json', '--records', '2000']);
    assert.equal(await job.ended, 0);
    assert.equal(job.lines.length, 1);
    const answer = await job.answer;
    assert.deepEqual(keys(answer), ['backfill', 'iterable', 'live', 'salesforce', 'secondRun']);
    for (const run of [answer['backfill'], answer['secondRun']] as RunFigures[]) {
      assert.deepEqual(keys(run), [...outcomes, 'read', 'reasons', 'seconds'].toSorted());
      assert.equal(run.read, 2_000);
      assert.ok(balances(run));
    }
    const { created, skipped, reasons } = answer['backfill'] as RunFigures;
    assert.equal(created, 1_961);
    assert.deepEqual([skipped, reasons], [39, { 'no-key': 20, 'another-record-owns-key': 19 }]);
    const again = answer['secondRun'] as RunFigures;
    assert.deepEqual([again.created, again.updated, again.unchanged], [0, 0, 1_961]);
    const iterable = answer['iterable'] as { requests: number; throttled: number; users: number };
    assert.deepEqual(keys(iterable), ['requests', 'throttled', 'users']);
    assert.deepEqual([iterable.throttled, iterable.users], [0, 1_961]);
    assert.ok((answer['live'] as { latencyMs: number }).latencyMs < 5 * 1_000);
    assert.ok((answer['salesforce'] as { apiCalls: number }).apiCalls > 0);
    await job.gone(endWithinMilliseconds);
  });

  test('SIGTERM to npm in the middle of the main job ends the org, Iterable and worker that it started', async () => {
    using job = startWithNpm(['start', '--', '--once', '--json', '--records', '40000']);
    const workerRuns = (): boolean => job.running().some((pid) => commandLine(pid).includes('scripts/cli/worker.ts'));
    await eventually(60, async () => {
      assert.ok(workerRuns());
    });
    job.npm.kill('SIGTERM');
    await job.gone(endWithinMilliseconds);
    assert.deepEqual(job.lines, []);
  });
});
