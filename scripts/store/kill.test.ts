import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { openStore } from './index.ts';
import { newFolder } from './testing/index.ts';

const worker = join(import.meta.dirname, 'testing', 'commit-for-ever.ts');
const sources = Array.from({ length: 200 }, (_, index) => String(index));

/** Lets a worker commit until it has said `commits` more numbers, kills it at once, tells the last number it said. */
async function killAfter(file: string, commits: number): Promise<number> {
  const child = spawn(process.execPath, [worker, file], { stdio: ['ignore', 'pipe', 'inherit'] });
  let last = 0;
  let said = 0;
  for await (const line of createInterface(child.stdout)) {
    last = Number(line);
    if (++said === commits) child.kill('SIGKILL');
  }
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  assert.equal(child.signalCode, 'SIGKILL');
  return last;
}

test('N-06: a store whose worker was killed in the middle of commits holds whole commits only, and all that were told', async () => {
  const file = join(newFolder(), 'store.db');
  for (const commits of [1, 3, 17, 40, 8]) {
    const told = await killAfter(file, commits);
    const store = await openStore({ file });
    const n = Number(await store.cursor('n'));
    assert.ok(n === told || n === told + 1, `commit ${told} was told, commit ${n} is stored`);
    const rows = await store.rows('leads', sources);
    assert.deepEqual(new Set([...rows.values()].map((each) => each.hash)), new Set([String(n)]));
    assert.equal(rows.size, sources.length);
    assert.equal((await store.run('run'))?.counts.read, n * sources.length);
    assert.equal(await store.pending('run'), n);
    const keysOf = (commit: number): string[] => sources.map((source) => `${source}-${commit}`);
    assert.equal((await store.topClaims('main/user', keysOf(n))).size, sources.length);
    assert.equal((await store.topClaims('main/user', [...keysOf(n - 1), ...keysOf(n + 1)])).size, 0);
    const unanswered = await store.unanswered(0);
    assert.ok(
      unanswered.every((each) => each.batch === String(n + 1)),
      JSON.stringify(unanswered),
    );
    await store.close();
  }
});
