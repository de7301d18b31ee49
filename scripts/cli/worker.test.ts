import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'plumbline-worker-'));
const store = join(folder, 'store.sqlite');
const running = new Set<ChildProcess>();

interface Started {
  readonly process: ChildProcess;
  readonly answer: Record<string, string>;
  /** What it has said on stderr so far. */
  readonly said: () => string;
}

async function start(words: readonly string[], environment: Readonly<Record<string, string>> = {}): Promise<Started> {
  const child = spawn(process.execPath, words, {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NODE_OPTIONS: '', ...environment },
  });
  running.add(child);
  let heard = '';
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (heard += chunk));
  const said = (): string => heard;
  for await (const line of createInterface(child.stdout)) {
    if (line.startsWith('{')) return { process: child, answer: JSON.parse(line) as Record<string, string>, said };
  }
  throw new Error(`${words.join(' ')} ended without an answer: ${said()}`);
}

async function end({
  process: child,
}: Started): Promise<{ readonly code: number | null; readonly milliseconds: number }> {
  const asked = performance.now();
  if (child.exitCode === null) {
    child.kill('SIGTERM');
    await once(child, 'exit');
  }
  running.delete(child);
  return { code: child.exitCode, milliseconds: performance.now() - asked };
}

let org: Started;
let iterable: Started;
let environment: Readonly<Record<string, string>>;

before(async () => {
  [org, iterable] = await Promise.all([
    start(['local/org/main.ts', '--port', '0', '--json']),
    start(['local/systems/main.ts', 'iterable', '--port', '0', '--json']),
  ]);
  environment = {
    HOME: folder,
    PLUMBLINE_INSTANCE_URL: org.answer['instanceUrl'] ?? '',
    PLUMBLINE_ACCESS_TOKEN: org.answer['accessToken'] ?? '',
    PLUMBLINE_ITERABLE_URL: iterable.answer['baseUrl'] ?? '',
    PLUMBLINE_ITERABLE_KEY: iterable.answer['apiKey'] ?? '',
    PLUMBLINE_SECRETS: join(folder, 'secrets.json'),
  };
});

after(() => {
  for (const child of running) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

async function call(method: string, path: string, body?: unknown): Promise<Record<string, unknown>> {
  const headers = { authorization: `Bearer ${org.answer['accessToken']}`, 'content-type': 'application/json' };
  const response = await fetch(`${org.answer['instanceUrl']}/services/data/v66.0/${path}`, {
    method,
    headers,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const content = await response.text();
  assert.ok(response.ok, content);
  return content === '' ? {} : (JSON.parse(content) as Record<string, unknown>);
}

const saveLead = (name: string, email = `${name}@example.com`): Promise<unknown> =>
  call('POST', 'sobjects/Lead', { LastName: name, Company: 'Acme', Email: email });

async function users(): Promise<readonly string[]> {
  const lines = (await (await fetch(`${iterable.answer['controlUrl']}/users`)).text())
    .split('\n')
    .filter((line) => line !== '');
  return lines.map((line) => (JSON.parse(line) as { email: string }).email).toSorted();
}

async function until(look: () => boolean | Promise<boolean>): Promise<void> {
  for (let turn = 0; turn < 400 && !(await look()); turn += 1) await new Promise((wake) => setTimeout(wake, 50));
}

async function untilUsers(expected: readonly string[]): Promise<void> {
  await until(async () => JSON.stringify(await users()) === JSON.stringify(expected));
  assert.deepEqual(await users(), expected);
}

interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

async function plumbline(...words: readonly string[]): Promise<Ran> {
  return await plumblineWith('', ...words);
}

async function plumblineWith(input: string, ...words: readonly string[]): Promise<Ran> {
  const env = { ...process.env, NODE_OPTIONS: '', ...environment };
  const child = spawn(process.execPath, ['scripts/cli/bin.js', ...words], {
    cwd: root,
    stdio: ['pipe', 'pipe', 'pipe'],
    env,
  });
  const ended = once(child, 'exit');
  child.stdin.end(input);
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)]);
  await ended;
  return { code: child.exitCode, out, err };
}

async function asJson(
  ...words: readonly string[]
): Promise<{ readonly code: number | null; readonly body: Record<string, unknown> }> {
  const { code, out, err } = await plumbline(...words, '--json');
  assert.notEqual(out, '', err);
  return { code, body: JSON.parse(out) as Record<string, unknown> };
}

test('K-12: what is applied and activated by hand stays paused until it is resumed', async () => {
  await saveLead('first');
  assert.equal((await asJson('config', 'apply', 'config/syncs/iterable.yaml')).body['created'], 24);
  assert.equal((await asJson('config', 'diff', 'config/syncs/iterable.yaml')).code, 0);
  const activated = await asJson('sync', 'activate');
  assert.equal(activated.body['changed'], true);
  const { body } = await asJson('sync', 'list');
  assert.deepEqual(
    (body['syncs'] as { name: string; paused: boolean; activated: boolean }[]).map(
      ({ name, paused, activated: active }) => [name, paused, active],
    ),
    [
      ['contacts', true, true],
      ['leads', true, true],
    ],
  );
});

test('N-01: a plan with a worker of its own shows the change before anything is written', async () => {
  const { code, body } = await asJson('sync', 'plan', 'leads', '--store', store);
  assert.equal(code, 0, JSON.stringify(body));
  assert.deepEqual(body['counts'], { read: 1, created: 1, updated: 0, unchanged: 0, skipped: 0, held: 0, failed: 0 });
  assert.match(JSON.stringify(body['changes']), /dataFields\.Name\.Last.*first/);
  assert.deepEqual(await users(), []);
});

test('I-17: a backfill is started by hand, with a worker of its own, and followed to its end', async () => {
  for (const name of ['leads', 'contacts']) assert.equal((await asJson('sync', 'resume', name)).body['changed'], 1);
  const { code, body } = await asJson('sync', 'backfill', 'leads', '--store', store);
  assert.equal(code, 0, JSON.stringify(body));
  assert.equal(body['state'], 'finished');
  assert.equal(body['balanced'], true);
  await untilUsers(['first@example.com']);
});

test('Ctrl-C in a backfill finishes what has left, ends with 130, and the same command goes on', async () => {
  const dial = async (body: unknown): Promise<void> => {
    const response = await fetch(`${iterable.answer['controlUrl']}/faults`, {
      method: 'POST',
      body: JSON.stringify(body),
    });
    assert.ok(response.ok, await response.text());
  };
  const requests = async (): Promise<number> =>
    ((await (await fetch(`${iterable.answer['controlUrl']}/stats`)).json()) as { requests: number }).requests;
  await dial({ rates: { slow: { probability: 1, milliseconds: 2_000 } } });
  await saveLead('later', 'first@example.com');
  const before = await requests();
  const child = spawn(process.execPath, ['scripts/cli/bin.js', 'sync', 'backfill', 'leads', '--store', store], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, NODE_OPTIONS: '', ...environment },
  });
  running.add(child);
  const ended = once(child, 'exit');
  const err = text(child.stderr);
  await until(async () => (await requests()) > before);
  child.kill('SIGINT');
  await ended;
  running.delete(child);
  assert.equal(child.exitCode, 130, await err);
  assert.match(await err, /Nothing is lost: the same command goes on/);
  await dial({ rates: {} });
  const { code, body } = await asJson('sync', 'backfill', 'leads', '--store', store);
  assert.equal(code, 0, JSON.stringify(body));
  assert.equal(body['read'], 2);
  assert.equal(body['balanced'], true);
  assert.match(await (await fetch(`${iterable.answer['controlUrl']}/users`)).text(), /"Last":"later"/);
  assert.deepEqual(await users(), ['first@example.com']);
});

test('I-27: the worker says when it is ready, keeps the org in step, shows its health, and ends on SIGTERM within 5 s', async () => {
  assert.ok(existsSync(store));
  const worker = await start(
    ['scripts/cli/worker.ts', '--store', store, '--apply', 'config/syncs/iterable.yaml', '--json'],
    environment,
  );
  assert.deepEqual(worker.answer, { ready: true, pid: worker.process.pid });
  // Not yet listening: the poll at the opening of the stream finds it.
  await saveLead('second');
  await untilUsers(['first@example.com', 'second@example.com']);
  await asJson('sync', 'pause', 'leads');
  const { code, body } = await asJson('sync', 'status');
  assert.equal((body['worker'] as { alive: boolean }).alive, true);
  assert.equal(body['openIssues'], 0);
  assert.equal(code, 0, JSON.stringify(body));
  const syncs = body['syncs'] as { sync: string; backlog: number }[];
  assert.deepEqual(syncs.map(({ sync }) => sync).toSorted(), ['contacts', 'leads']);
  assert.deepEqual(body['waits'], []);
  await asJson('sync', 'resume', 'leads');
  const { code: exit, milliseconds } = await end(worker);
  assert.equal(exit, 0);
  assert.ok(milliseconds < 5_000, `${milliseconds} ms`);
  const said = worker.said();
  for (const name of ['PLUMBLINE_ACCESS_TOKEN', 'PLUMBLINE_ITERABLE_KEY'])
    assert.ok(!said.includes(environment[name] ?? '?'), said);
  assert.ok(!said.includes('example.com'), said);
});

test('two workers: the second is told who holds the org, and ends with 4', async () => {
  const first = await start(['scripts/cli/worker.ts', '--store', store, '--json'], environment);
  const other = await plumbline('sync', 'explain', 'leads', '00Q', '--store', join(folder, 'other.sqlite'));
  assert.equal(other.code, 4, other.err);
  assert.match(other.err, /This org is held by the worker with store .*, until/);
  assert.equal((await asJson('sync', 'retry', 'leads')).body['queued'], 0);
  await end(first);
});

test('every check holds, and one that does not is told with what to do', async () => {
  const good = await asJson('check');
  assert.equal(good.code, 0, JSON.stringify(good.body));
  const { PLUMBLINE_ITERABLE_KEY: _, ...without } = environment;
  environment = without;
  const bad = await plumbline('check');
  assert.equal(bad.code, 5);
  assert.match(bad.out, /✖ Connection iterable: .*no API key\.\n {4}→ /);
});

test('connecting a system stores its key for this org and connection, and checks it', async () => {
  const { code, out, err } = await plumblineWith(`${iterable.answer['apiKey']}\n`, 'connect', 'iterable', '--json');
  assert.equal(code, 0, err);
  const { orgId, account } = JSON.parse(out) as { orgId: string; account: string };
  assert.match(account, /Iterable/);
  const file = environment['PLUMBLINE_SECRETS'] ?? '';
  assert.equal(statSync(file).mode & 0o777, 0o600);
  const { orgs } = JSON.parse(readFileSync(file, 'utf8')) as { orgs: Record<string, { connections: unknown }> };
  assert.deepEqual(orgs[orgId]?.connections, { iterable: { apiKey: iterable.answer['apiKey'] } });
  assert.ok(!`${out}${err}`.includes(iterable.answer['apiKey'] ?? '?'));
  assert.equal((await asJson('check')).code, 0);
});

test('connecting an org keeps the private key here and writes the app with its certificate for an admin', async () => {
  const app = join(folder, 'app');
  const user = ['--username', 'plumbline@example.com', '--contact-email', 'admin@example.com'];
  const { code, out, err } = await plumbline('connect', ...user, '--output-dir', app, '--json');
  assert.equal(code, 0, err);
  assert.ok(!out.includes('PRIVATE KEY'));
  const { orgId, clientId } = JSON.parse(out) as { orgId: string; clientId: string };
  const secrets = readFileSync(environment['PLUMBLINE_SECRETS'] ?? '', 'utf8');
  const { orgs } = JSON.parse(secrets) as {
    orgs: Record<string, { login: Record<string, string>; connections: object }>;
  };
  assert.equal(orgs[orgId]?.login['clientId'], clientId);
  assert.match(orgs[orgId]?.login['privateKey'] ?? '', /BEGIN PRIVATE KEY/);
  assert.deepEqual(Object.keys(orgs[orgId]?.connections ?? {}), ['iterable']);
  const written = readFileSync(join(app, 'extlClntAppGlobalOauthSets/Plumbline_glbloauth.ecaGlblOauth'), 'utf8');
  assert.match(written, new RegExp(`<consumerKey>${clientId}</consumerKey>`));
});
