import assert from 'node:assert/strict';
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'plumbline-rights-'));
let org: ChildProcess | undefined;

after(() => {
  org?.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

async function startOrg(): Promise<Readonly<Record<string, string>>> {
  org = spawn(process.execPath, ['local/org/main.ts', '--port', '0', '--json'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  for await (const line of createInterface(org.stdout as NodeJS.ReadableStream)) {
    if (line.startsWith('{')) return JSON.parse(line) as Record<string, string>;
  }
  throw new Error('the local org ended before it was ready');
}

test('N-11: with a right missing nothing is activated; the command names it and makes the permission set', async () => {
  const { instanceUrl = '', accessToken = '' } = await startOrg();
  const made = await fetch(`${instanceUrl}/local/tokens`, {
    method: 'POST',
    body: JSON.stringify({ user: 'integration@plumbline.local' }),
  });
  const { accessToken: userToken } = (await made.json()) as { accessToken: string };
  const plumbline = (...words: readonly string[]) => {
    const { status, stdout } = spawnSync(process.execPath, ['scripts/cli/bin.js', ...words, '--json'], {
      cwd: root,
      encoding: 'utf8',
      env: {
        ...process.env,
        NODE_OPTIONS: '',
        HOME: folder,
        PLUMBLINE_SECRETS: join(folder, 'secrets.json'),
        PLUMBLINE_INSTANCE_URL: instanceUrl,
        PLUMBLINE_ACCESS_TOKEN: accessToken,
        PLUMBLINE_INTEGRATION_USER_TOKEN: userToken,
      },
    });
    return { status, body: JSON.parse(stdout) as Record<string, unknown> };
  };
  const yaml = readFileSync(join(root, 'config/syncs/iterable.yaml'), 'utf8');
  const configuration = join(folder, 'phone.yaml');
  writeFileSync(configuration, yaml.replace(/source: LeadSource/, 'source: Phone'));
  assert.equal(plumbline('config', 'apply', configuration).status, 0);

  const activation = plumbline('sync', 'activate');
  assert.equal(activation.status, 3);
  assert.match(JSON.stringify(activation.body), /may not read the field Phone of Lead \(Lead\.Phone\)/);
  assert.match(JSON.stringify(activation.body), /plumbline check rights/);

  const rights = plumbline('check', 'rights', '--output-dir', join(folder, 'rights'));
  assert.equal(rights.status, 5);
  const set = readFileSync(join(folder, 'rights/permissionsets/Plumbline_Syncs.permissionset'), 'utf8');
  assert.match(set, /<field>Lead\.Phone<\/field>/);
  assert.match(readFileSync(join(folder, 'rights/package.xml'), 'utf8'), /Plumbline_Syncs/);
});
