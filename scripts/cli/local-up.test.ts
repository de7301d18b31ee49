import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const bin = fileURLToPath(new URL('./bin.js', import.meta.url));

test('local up brings the local world from any folder, says where it is, and SIGTERM ends all of it', async () => {
  const child = spawn(process.execPath, [bin, 'local', 'up', '--records', '50'], {
    cwd: tmpdir(),
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  const ended = once(child, 'exit');
  try {
    const lines: string[] = [];
    for await (const line of createInterface(child.stdout)) {
      lines.push(line);
      if (line === 'Ctrl-C ends everything.') break;
    }
    const told = lines.join('\n');
    assert.match(told, /^Every record is accounted for\.$/m);
    const places = ['Local Iterable', 'Local org'].map(
      (name) => new RegExp(`^  ${name} +(http://127\\.0\\.0\\.1:\\d+)`, 'm').exec(told)?.[1] ?? assert.fail(told),
    );
    for (const place of places) await fetch(place);
    const asked = performance.now();
    child.kill('SIGTERM');
    await ended;
    assert.ok(performance.now() - asked < 5_000);
    assert.equal(child.exitCode, 0);
    for (const place of places) await assert.rejects(fetch(place), TypeError);
  } finally {
    child.kill('SIGTERM');
  }
});
