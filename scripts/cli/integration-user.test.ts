import assert from 'node:assert/strict';
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'plumbline-integration-user-'));
const running: ChildProcess[] = [];

after(() => {
  for (const child of running) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

type Answer = Readonly<Record<string, string>>;

async function start(words: readonly string[], environment: Answer = {}): Promise<Answer> {
  const env = { ...process.env, NODE_OPTIONS: '', ...environment };
  const child = spawn(process.execPath, words, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], env });
  running.push(child);
  let heard = '';
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (heard += chunk));
  for await (const line of createInterface(child.stdout)) if (line.startsWith('{')) return JSON.parse(line) as Answer;
  throw new Error(`${words.join(' ')} ended without an answer: ${heard}`);
}

test('K-08: a worker runs as the integration user, with the permission set of the package alone', async () => {
  const org = await start(['local/org/main.ts', '--port', '0', '--json']);
  const iterable = await start(['local/systems/main.ts', 'iterable', '--port', '0', '--json']);
  const { instanceUrl = '', accessToken = '' } = org;
  const send = async (path: string, token: string, body?: unknown): Promise<Record<string, unknown>> => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const sent = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
    const response = await fetch(`${instanceUrl}${path}`, { headers, ...sent });
    return { status: response.status, body: await response.json() };
  };
  const admin = {
    HOME: folder,
    PLUMBLINE_INSTANCE_URL: instanceUrl,
    PLUMBLINE_ACCESS_TOKEN: accessToken,
    PLUMBLINE_ITERABLE_URL: iterable['baseUrl'] ?? '',
    PLUMBLINE_ITERABLE_KEY: iterable['apiKey'] ?? '',
    PLUMBLINE_SECRETS: join(folder, 'secrets.json'),
  };
  const plumbline = async (...words: readonly string[]): Promise<void> => {
    const env = { ...process.env, NODE_OPTIONS: '', ...admin };
    await promisify(execFile)(process.execPath, ['scripts/cli/bin.js', ...words], { cwd: root, env });
  };
  const lead = { LastName: 'Seen', Company: 'Acme', Email: 'seen@example.com', Phone: '1' };
  assert.equal((await send('/services/data/v66.0/sobjects/Lead', accessToken, lead))['status'], 201);
  await plumbline('config', 'apply', 'config/syncs/iterable.yaml');
  await plumbline('sync', 'activate');
  await plumbline('sync', 'resume', 'leads');

  const made = await send('/local/tokens', '', { user: 'integration@plumbline.local' });
  const token = (made['body'] as Answer)['accessToken'] ?? '';
  // What the package does not ask for, the user has not: the worker below runs under these very rights.
  const query = (soql: string) => send(`/services/data/v66.0/query?q=${encodeURIComponent(soql)}`, token);
  assert.deepEqual(
    ((await query('SELECT Phone FROM Lead'))['body'] as { errorCode: string }[])[0]?.errorCode,
    'INVALID_FIELD',
  );
  assert.equal((await query('SELECT Email FROM Lead'))['status'], 200);
  assert.equal((await send('/services/data/v66.0/sobjects/Case/describe', token))['status'], 404);

  await start(['scripts/cli/worker.ts', '--store', join(folder, 'store.sqlite'), '--json'], {
    ...admin,
    PLUMBLINE_ACCESS_TOKEN: token,
  });
  const arrived = async (email: string): Promise<boolean> => {
    for (let turn = 0; turn < 300; turn += 1) {
      if ((await (await fetch(`${iterable['controlUrl']}/users`)).text()).includes(email)) return true;
      await new Promise((wake) => setTimeout(wake, 50));
    }
    return false;
  };
  await plumbline('sync', 'backfill', 'leads', '--async');
  assert.ok(await arrived('seen@example.com'), 'the backfill of a lead');
  const second = { ...lead, LastName: 'Live', Email: 'live@example.com' };
  await send('/services/data/v66.0/sobjects/Lead', accessToken, second);
  assert.ok(await arrived('live@example.com'), 'a change told by the stream');
  const counted = `/services/data/v66.0/query?q=${encodeURIComponent('SELECT COUNT() FROM Plumbline_Run__c')}`;
  // A record arrives in Iterable before its run is reported: the report follows the commit.
  const reported = async (): Promise<boolean> => {
    for (let turn = 0; turn < 300; turn += 1) {
      const answer = await send(counted, accessToken);
      if ((answer['body'] as { totalSize: number }).totalSize > 0) return true;
      await new Promise((wake) => setTimeout(wake, 50));
    }
    return false;
  };
  assert.ok(await reported(), 'runs are reported into the org');
  const worker = running.at(-1);
  worker?.kill('SIGTERM');
  if (worker !== undefined) assert.deepEqual(await once(worker, 'exit'), [0, null]);
});
