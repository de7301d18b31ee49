import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

interface Told {
  readonly pid: number;
  readonly instanceUrl: string;
  readonly accessToken: string;
  readonly username: string;
  readonly orgId: string;
  readonly pubsub: { readonly endpoint: string; readonly caFile: string; readonly instanceUrl: string };
}

async function start(...args: string[]): Promise<{ child: ChildProcess; told: Told }> {
  const main = fileURLToPath(new URL('./main.ts', import.meta.url));
  const child = spawn(process.execPath, [main, '--json', ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  for await (const line of createInterface({ input: child.stdout })) {
    if (line.startsWith('{')) return { child, told: JSON.parse(line) as Told };
  }
  throw new Error(`the local org did not start: ${errors}`);
}

function ended(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => child.once('exit', (code) => resolve(code)));
}

test('the process tells where it is, answers as an org and ends on SIGTERM', async () => {
  const { child, told } = await start('--empty', '--port', '0');
  const exit = ended(child);
  try {
    assert.equal(told.pid, child.pid);
    assert.match(told.instanceUrl, /^http:\/\/127\.0\.0\.1:\d+$/);
    assert.equal(told.username, 'admin@plumbline.local');
    assert.equal(told.orgId.length, 18);
    assert.ok(existsSync(told.pubsub.caFile));
    const known = await fetch(`${told.instanceUrl}/.well-known/plumbline-local-org`);
    assert.deepEqual(await known.json(), { pubsub: told.pubsub });
    const headers = { authorization: `Bearer ${told.accessToken}` };
    const described = await fetch(`${told.instanceUrl}//services/data/v66.0/sobjects/Plumbline_Sync__c`, { headers });
    assert.equal(described.status, 404);
    await fetch(`${told.instanceUrl}/local/faults`, { method: 'POST', body: '{"faults":[{"kind":"cutAfter"}]}' });
    await assert.rejects(fetch(`${told.instanceUrl}/services/data/v66.0/limits`, { headers }), {
      message: 'fetch failed',
    });
  } finally {
    child.kill('SIGTERM');
  }
  assert.equal(await exit, 0);
  assert.equal(existsSync(told.pubsub.caFile), false);
});

test('without --empty the package is there', async () => {
  const { child, told } = await start();
  const exit = ended(child);
  const headers = { authorization: `Bearer ${told.accessToken}` };
  const described = await fetch(`${told.instanceUrl}/services/data/v66.0/sobjects/Plumbline_Sync__c`, { headers });
  child.kill('SIGTERM');
  assert.equal(described.status, 200);
  assert.equal(await exit, 0);
});
